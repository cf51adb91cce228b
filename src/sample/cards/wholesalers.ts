import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The wholesalers (hurtownie), but for Obuwnik. */
export const wholesalers: readonly SampleCard[] = [
  card({
    code: 'HURT-RADOM',
    cardType: 'hurt',
    shortName: 'Radomska Hurtownia Obuwia',
    fullName: 'Radomska Hurtownia Obuwia Paweł Szczepaniak',
    taxId: '7962897623',
    regon: '197800271',
    address: address('ul. Kozienicka 95', '26-600', 'Radom'),
    phone: '+48 48 379 75 67',
    mobile: '+48 603 091 582',
    fax: '+48 48 696 27 99',
    domain: 'rho',
    manager: 'wrona',
    main: ['1013'],
    contacts: `
      Paweł | Szczepaniak | właściciel | Zarząd | +48 692 202 762
      Renata | Pawłowska | kierowniczka zaopatrzenia | Zaopatrzenie | +48 693 346 762 | +48 48 462 65 17
      Andrzej | Pietrzak | specjalista ds. zakupów | Zakupy | +48 502 756 294 | +48 48 787 46 35
      Tomasz | Dudek | główny księgowy | Księgowość | +48 661 935 134`,
    deliveryPlaces: `
      M01 | Magazyn Kozienicka | ul. Kozienicka 95 | 26-600 | Radom | Łukasz Chmielewski | +48 692 694 472 | pn–pt 7:00–15:00 | brak rampy: auto z windą
      M02 | Skład Starachowice | ul. Radomska 31 | 27-200 | Starachowice | Adam Ćwikliński | +48 501 245 326 | pn–sb 9:00–20:00, nd handlowa 10:00–18:00`,
  }),
  card({
    code: 'HURT-WAW',
    cardType: 'hurt',
    shortName: 'Mazowsze Buty',
    fullName: 'Mazowsze Buty Hurt Sp. z o.o.',
    taxId: '5243167317',
    regon: '304573568',
    address: address('ul. Annopol 4A', '03-236', 'Warszawa'),
    phone: '+48 22 320 01 60',
    fax: '+48 22 396 00 28',
    domain: 'mazowsze-buty',
    manager: 'lesniak',
    main: ['1014'],
    contacts: `
      Danuta | Świątek | kierowniczka zaopatrzenia | Zaopatrzenie | +48 693 170 621
      Renata | Olszewska | specjalistka ds. zakupów | Zakupy | +48 502 921 645 | +48 22 773 94 49
      Renata | Chmielewska | główna księgowa | Księgowość | +48 601 820 887
      Aleksandra | Duda | kierowniczka magazynu | Magazyn |  | +48 22 758 99 80
      Adam | Sadowski | dyrektor handlowy | Handel | +48 780 427 777
       | Sekretariat | sekretariat | Zarząd |  | +48 22 516 79 96`,
    deliveryPlaces: `
      M01 | Magazyn Annopol | ul. Annopol 4A | 03-236 | Warszawa | Żaneta Nowak | +48 501 545 175 | pn–pt 10:00–18:00, sb 10:00–14:00 | wjazd od tyłu budynku, dzwonek „magazyn”
      M02 | Magazyn Pruszków | ul. Przejazdowa 18 | 05-800 | Pruszków | Andrzej Michalski | +48 604 562 952 | pn–pt 9:00–17:00, sb 9:00–13:00 | brak rampy: auto z windą`,
  }),
  card({
    code: 'HURT-WRO',
    cardType: 'hurt',
    shortName: 'Odra Obuwie',
    fullName: 'Odra Obuwie Hurt Sp. z o.o.',
    taxId: '8996524019',
    regon: '156987749',
    address: address('ul. Krakowska 141', '50-428', 'Wrocław'),
    phone: '+48 71 417 56 40',
    fax: '+48 71 317 41 38',
    domain: 'odra-obuwie',
    manager: 'zurek',
    main: ['1015'],
    contacts: `
      Magdalena | Mazur | kierowniczka zaopatrzenia | Zaopatrzenie | +48 603 922 505
      Sylwia | Sadowska | specjalistka ds. zakupów | Zakupy | +48 661 222 969 | +48 71 460 40 91
      Magdalena | Wiśniewska | główna księgowa | Księgowość | +48 605 826 908 | +48 71 295 79 27`,
    deliveryPlaces: `
      M01 | Magazyn Wrocław | ul. Krakowska 141 | 50-428 | Wrocław | Magdalena Chmielewska | +48 692 868 985 | pn–pt 10:00–18:00, sb 10:00–14:00 | dostawa od ulicy, do 7,5 t`,
  }),
  card({
    code: 'HURT-RZE',
    cardType: 'hurt',
    shortName: 'Podkarpacki Skład Obuwia',
    fullName: 'Podkarpacki Skład Obuwia s.c. J. Rzepka, K. Mazur',
    taxId: '8132019489',
    regon: '427445645',
    address: address('al. Powstańców Warszawy 26', '35-323', 'Rzeszów'),
    phone: '+48 17 425 49 99',
    mobile: '+48 601 028 981',
    fax: '+48 17 657 45 43',
    domain: 'skladobuwia',
    main: ['1016'],
    contacts: `
      Krzysztof | Sikora | kierownik zaopatrzenia | Zaopatrzenie | +48 608 630 777
      Małgorzata | Wójcik | specjalistka ds. zakupów | Zakupy |  | +48 17 295 55 84
      Sylwia | Pietrzak | główna księgowa | Księgowość | +48 501 457 769 | +48 17 706 72 50
      Monika | Dąbrowska | kierowniczka magazynu | Magazyn | +48 602 501 673 | +48 17 448 93 48 | inactive`,
    deliveryPlaces: `
      M01 | Magazyn Rzeszów | al. Powstańców Warszawy 26 | 35-323 | Rzeszów | Karolina Kamińska | +48 602 949 238 | pn–pt 8:00–16:00`,
  }),
  card({
    code: 'HURT-BIA',
    cardType: 'hurt',
    shortName: 'Podlasie But',
    fullName: 'Podlasie But Tomasz Kondratiuk',
    taxId: '9666197150',
    regon: '491086857',
    address: address('ul. Andersa 38', '15-113', 'Białystok'),
    phone: '+48 85 647 16 85',
    mobile: '+48 608 270 571',
    fax: '+48 85 772 80 81',
    domain: 'podlasie-but',
    manager: 'wrona',
    main: ['1017'],
    contacts: `
      Tomasz | Kondratiuk | właściciel | Zarząd | +48 693 271 303
      Zbigniew | Baran | kierownik zaopatrzenia | Zaopatrzenie | +48 606 713 507 | +48 85 305 84 98
      Jacek | Szymański | specjalista ds. zakupów | Zakupy | +48 605 990 840
      Łukasz | Tomaszewski | główny księgowy | Księgowość | +48 661 615 481 | +48 85 698 39 43
      Sławomir | Górski | kierownik magazynu | Magazyn | +48 692 654 886`,
    deliveryPlaces: `
      M01 | Magazyn Białystok | ul. Andersa 38 | 15-113 | Białystok | Jerzy Sadowski | +48 606 888 915 | pn–pt 6:00–14:00 | dostawa od ulicy, do 7,5 t`,
  }),
  card({
    code: 'HURT-SZC',
    cardType: 'hurt',
    shortName: 'Portowa Hurtownia Obuwia',
    fullName: 'Portowa Hurtownia Obuwia Sp. z o.o.',
    taxId: '9551644577',
    regon: '582235382',
    address: address('ul. Struga 44', '70-784', 'Szczecin'),
    phone: '+48 91 589 01 20',
    domain: 'portowa-hurt',
    manager: 'lesniak',
    main: ['1018'],
    export: ['PL-00007'],
    contacts: `
      Dariusz | Sadowski | kierownik zaopatrzenia | Zaopatrzenie | +48 603 804 360 | +48 91 719 27 49
      Łukasz | Bąk | główny księgowy | Księgowość | +48 605 982 324 | +48 91 587 31 48
      Paweł | Zieliński | kierownik magazynu | Magazyn | +48 603 963 224 | +48 91 715 97 35
      Sławomir | Żurawski | dyrektor handlowy | Handel | +48 661 081 965
      Łukasz | Mazur | referent ds. rozliczeń | Księgowość | +48 605 779 497 | +48 91 362 65 01`,
    deliveryPlaces: `
      M01 | Magazyn Struga | ul. Struga 44 | 70-784 | Szczecin | Renata Marciniak | +48 693 818 534 | pn–pt 9:00–17:00, sb 9:00–13:00 | tylko przed 9:00 (strefa piesza)
      M02 | Magazyn Stargard | ul. Pierwszej Brygady 12 | 73-110 | Stargard | Jacek Michalski | +48 780 601 458 | pn–sb 9:00–20:00, nd handlowa 10:00–18:00`,
  }),
  card({
    code: 'HURT-KIE',
    cardType: 'hurt',
    shortName: 'Świętokrzyska Hurtownia',
    fullName: 'Świętokrzyska Hurtownia Skóry i Obuwia Sp. j.',
    taxId: '9597496109',
    regon: '315337900',
    address: address('ul. Zagnańska 71', '25-528', 'Kielce'),
    phone: '+48 41 354 02 66',
    mobile: '+48 780 060 716',
    fax: '+48 41 272 37 88',
    domain: 'swiethurt',
    manager: 'zurek',
    main: ['1019'],
    contacts: `
      Adam | Bąk | kierownik zaopatrzenia | Zaopatrzenie | +48 692 295 319 | +48 41 739 17 31
      Michał | Jabłoński | specjalista ds. zakupów | Zakupy
      Ewa | Piotrowska | główna księgowa | Księgowość | +48 604 162 824 | +48 41 302 17 29
      Robert | Mazur | kierownik magazynu | Magazyn | +48 602 265 856
      Mateusz | Gołąb | dyrektor handlowy | Handel`,
    deliveryPlaces: `
      M01 | Magazyn Kielce | ul. Zagnańska 71 | 25-528 | Kielce | Joanna Dąbrowska | +48 603 778 473 | pn–pt 7:00–15:00 | rampa od podwórza`,
  }),
  card({
    code: 'HURT-CZE',
    cardType: 'hurt',
    shortName: 'Jurajskie Obuwie',
    fullName: 'Jurajskie Obuwie Grażyna Błaszczyk',
    taxId: '5733517090',
    regon: '144768420',
    address: address('ul. Jagiellońska 59', '42-200', 'Częstochowa'),
    phone: '+48 34 521 21 02',
    mobile: '+48 692 837 867',
    fax: '+48 34 679 28 16',
    domain: 'jurajskie',
    manager: 'brandt',
    main: ['1020'],
    contacts: `
      Grażyna | Błaszczyk | właścicielka | Zarząd | +48 604 122 804
      Monika | Wiśniewska | kierowniczka zaopatrzenia | Zaopatrzenie | +48 601 598 016
      Małgorzata | Kamińska | specjalistka ds. zakupów | Zakupy | +48 606 910 282 | +48 34 773 15 63`,
    deliveryPlaces: `
      M01 | Magazyn Częstochowa | ul. Jagiellońska 59 | 42-200 | Częstochowa | Żaneta Zając | +48 608 480 778 | pn–pt 8:00–16:00 | awizować dzień wcześniej`,
  }),
  card({
    code: 'HURT-BYD',
    cardType: 'hurt',
    shortName: 'Kujawy But Hurt',
    fullName: 'Kujawy But Hurt Sp. z o.o.',
    taxId: '5544044176',
    regon: '299772890',
    address: address('ul. Fordońska 246', '85-766', 'Bydgoszcz'),
    phone: '+48 52 450 39 80',
    domain: 'kujawybut',
    manager: 'wrona',
    main: ['1024'],
    contacts: `
      Grzegorz | Sadowski | kierownik zaopatrzenia | Zaopatrzenie | +48 608 478 639
      Sławomir | Gołąb | specjalista ds. zakupów | Zakupy |  | +48 52 365 76 16
      Karolina | Zielińska | główna księgowa | Księgowość | +48 692 809 760 | +48 52 411 38 95
      Danuta | Mazur | kierowniczka magazynu | Magazyn`,
    deliveryPlaces: `
      M01 | Magazyn Bydgoszcz | ul. Fordońska 246 | 85-766 | Bydgoszcz | Aleksandra Krawczyk | +48 501 252 996 | pn–pt 9:00–17:00, sb 9:00–13:00 | wjazd od tyłu budynku, dzwonek „magazyn”`,
  }),
  card({
    code: 'HURT-NSA',
    cardType: 'hurt',
    shortName: 'Sądecki Hurt Obuwniczy',
    fullName: 'Sądecki Hurt Obuwniczy Józef Pawłowski',
    taxId: '7344707118',
    regon: '376553963',
    address: address('ul. Węgierska 146', '33-300', 'Nowy Sącz'),
    phone: '+48 18 299 68 92',
    mobile: '+48 606 430 232',
    fax: '+48 18 478 57 18',
    domain: 'sadecki-hurt',
    manager: 'lesniak',
    export: ['PL-00009'],
    contacts: `
      Józef | Pawłowski | właściciel | Zarząd | +48 661 690 432
      Joanna | Ćwiklińska | kierowniczka zaopatrzenia | Zaopatrzenie | +48 606 101 129 | +48 18 560 95 37
      Danuta | Sikora | specjalistka ds. zakupów | Zakupy |  | +48 18 555 07 76`,
    deliveryPlaces: `
      M01 | Magazyn Nowy Sącz | ul. Węgierska 146 | 33-300 | Nowy Sącz | Katarzyna Pietrzak | +48 604 620 534 | pn–pt 9:00–17:00, sb 9:00–13:00 | palety jednorazowe, winda towarowa`,
  }),
  card({
    code: 'HURT-KAL',
    active: false,
    cardType: 'hurt',
    shortName: 'Kaliska Hurtownia',
    fullName: 'Kaliska Hurtownia Obuwia Bożena Wierzbicka',
    taxId: '6188686561',
    regon: '139685651',
    address: address('ul. Wrocławska 30', '62-800', 'Kalisz'),
    phone: '+48 62 536 77 64',
    fax: '+48 62 224 31 67',
    domain: 'kaliska-hurt',
    manager: 'cichon',
    main: ['1025'],
    contacts: `
      Bożena | Wierzbicka | właścicielka | Zarząd | +48 780 632 561
      Krzysztof | Wójcik | kierownik zaopatrzenia | Zaopatrzenie | +48 661 524 172
      Justyna | Mazur | specjalistka ds. zakupów | Zakupy`,
    deliveryPlaces: `
      M01 | Magazyn Kalisz | ul. Wrocławska 30 | 62-800 | Kalisz | Robert Szymański | +48 502 663 586 | pn–pt 9:00–17:00, sb 9:00–13:00 | dostawa od ulicy, do 7,5 t`,
  }),
];
