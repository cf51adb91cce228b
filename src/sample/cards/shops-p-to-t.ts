import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The shops (sklepy detaliczne), by code. */
export const shopsPToT: readonly SampleCard[] = [
  card({
    code: 'PANTOFEL-SLU',
    cardType: 'detal',
    shortName: 'Pantofel',
    fullName: 'Pantofel Halina Dudek',
    taxId: '8399943458',
    address: address('ul. Wojska Polskiego 5', '76-200', 'Słupsk'),
    phone: '+48 59 770 43 74',
    domain: 'pantofel',
    manager: 'zurek',
    main: ['1055'],
    contacts: `
      Halina | Dudek | właścicielka | Zarząd | +48 693 430 289
      Ewa | Jabłońska | kierowniczka sklepu | Sklep |  | +48 59 772 17 75`,
    deliveryPlaces: `
      S01 | Sklep Słupsk | ul. Wojska Polskiego 5 | 76-200 | Słupsk | Ewa Gołąb | +48 606 167 825 | pn–sb 10:00–19:00 | palety jednorazowe, winda towarowa`,
  }),
  card({
    code: 'PODESZWA-KIE',
    cardType: 'detal',
    shortName: 'Podeszwa',
    fullName: 'Podeszwa Krzysztof Wróbel',
    taxId: '6572204089',
    regon: '513218495',
    address: address('ul. Sienkiewicza 37', '25-007', 'Kielce'),
    phone: '+48 41 469 26 24',
    domain: 'podeszwa',
    manager: 'lesniak',
    main: ['1043'],
    contacts: `
      Krzysztof | Wróbel | właściciel | Zarząd | +48 608 943 528`,
  }),
  card({
    code: 'SALON-POZ',
    cardType: 'detal',
    shortName: 'Salon Elegancja',
    fullName: 'Salon Obuwia Elegancja s.c. Ewa Nowak, Rafał Nowak',
    taxId: '7781708044',
    regon: '506435539',
    address: address('ul. Święty Marcin 47', '61-806', 'Poznań'),
    phone: '+48 61 208 08 82',
    mobile: '+48 502 689 515',
    domain: 'salon-elegancja',
    manager: 'zurek',
    main: ['1029'],
    contacts: `
      Ewa | Nowak | właścicielka | Zarząd | +48 780 683 707
      Paulina | Piotrowska | kierowniczka sklepu | Sklep | +48 608 205 797
      Monika | Ćwiklińska | księgowa | Księgowość | +48 604 863 125`,
  }),
  card({
    code: 'SANDAL-BYD',
    cardType: 'detal',
    shortName: 'Sandał',
    fullName: 'Sklep „Sandał” Zbigniew Jankowski',
    taxId: '9537532037',
    regon: '100492307',
    address: address('ul. Gdańska 41', '85-005', 'Bydgoszcz'),
    phone: '+48 52 608 85 39',
    mobile: '+48 605 667 142',
    domain: 'sandal-sklep',
    manager: 'lesniak',
    main: ['1039'],
    contacts: `
      Zbigniew | Jankowski | właściciel | Zarząd | +48 603 813 327`,
  }),
  card({
    code: 'SPORT-KAT',
    cardType: 'detal',
    shortName: 'Sport But',
    fullName: 'Sport But Sp. z o.o.',
    taxId: '6341927818',
    regon: '462504010',
    address: address('ul. Mariacka 9', '40-014', 'Katowice'),
    phone: '+48 32 716 97 23',
    mobile: '+48 603 022 696',
    domain: 'sport-but',
    manager: 'zurek',
    main: ['1044'],
    contacts: `
      Danuta | Stępień | kierowniczka zaopatrzenia | Zaopatrzenie | +48 602 906 029`,
    deliveryPlaces: `
      M01 | Sklep Mariacka | ul. Mariacka 9 | 40-014 | Katowice | Dorota Sadowska | +48 661 164 143 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | awizować dzień wcześniej
      M02 | Sklep Bielsko | ul. Barlickiego 6 | 43-300 | Bielsko-Biała | Magdalena Król | +48 604 969 976 | pn–sb 9:00–20:00 | brak rampy: auto z windą`,
  }),
  card({
    code: 'STOPKA-GDA',
    cardType: 'detal',
    shortName: 'Stópka',
    fullName: 'Stópka Obuwie Dziecięce Magdalena Wójcik',
    taxId: '5842687690',
    regon: '423585303',
    address: address('ul. Grunwaldzka 82', '80-244', 'Gdańsk'),
    phone: '+48 58 287 23 59',
    mobile: '+48 502 158 747',
    domain: 'stopka-gdansk',
    manager: 'brandt',
    main: ['1030'],
    contacts: `
      Magdalena | Wójcik | właścicielka | Zarząd | +48 692 939 692
      Robert | Tomaszewski | kierownik sklepu | Sklep
      Ewa | Duda | księgowa | Księgowość | +48 502 296 389`,
  }),
  card({
    code: 'SZPILKA-WAW',
    cardType: 'detal',
    shortName: 'Galeria Szpilka',
    fullName: 'Galeria Obuwia Szpilka Sp. z o.o.',
    taxId: '5257843538',
    regon: '409906882',
    address: address('ul. Chmielna 21', '00-021', 'Warszawa'),
    phone: '+48 22 227 98 24',
    domain: 'galeria-szpilka',
    manager: 'wrona',
    main: ['1031'],
    contacts: `
      Krzysztof | Chmielewski | kierownik zaopatrzenia | Zaopatrzenie | +48 601 068 867`,
    deliveryPlaces: `
      M01 | Salon Chmielna | ul. Chmielna 21 | 00-021 | Warszawa | Łukasz Ostrowski | +48 608 515 364 | pn–sb 9:00–20:00 | palety jednorazowe, winda towarowa
      M02 | Salon Mokotów | ul. Puławska 111 | 02-595 | Warszawa | Ewa Wieczorek | +48 606 743 739 | pn–pt 9:00–18:00, sb 9:00–14:00 | awizować dzień wcześniej`,
  }),
  card({
    code: 'TRAMPEK-WRO',
    cardType: 'detal',
    shortName: 'Trampek',
    fullName: 'Trampek s.c. Marek Lis, Ewelina Lis',
    taxId: '8972979180',
    regon: '144155136',
    address: address('ul. Świdnicka 19', '50-066', 'Wrocław'),
    phone: '+48 71 776 06 96',
    domain: 'trampek',
    manager: 'zurek',
    main: ['1036'],
    contacts: `
      Marek | Lis | właściciel | Zarząd | +48 604 332 616
      Natalia | Gołąb | kierowniczka sklepu | Sklep |  | +48 71 738 26 95
      Zbigniew | Ostrowski | księgowy | Księgowość`,
  }),
  card({
    code: 'TREK-JGO',
    cardType: 'detal',
    shortName: 'Trek',
    fullName: 'Trek Obuwie Górskie s.c. Adam Jurek, Iwona Jurek',
    taxId: '6117451974',
    regon: '263661031',
    address: address('ul. 1 Maja 52', '58-500', 'Jelenia Góra'),
    phone: '+48 75 736 64 79',
    domain: 'trek-obuwie',
    manager: 'lesniak',
    main: ['1050'],
    contacts: `
      Adam | Jurek | właściciel | Zarząd | +48 606 341 837
      Małgorzata | Kwiatkowska | kierowniczka sklepu | Sklep |  | +48 75 328 43 95
      Monika | Wróbel | księgowa | Księgowość | +48 602 607 936`,
  }),
];
