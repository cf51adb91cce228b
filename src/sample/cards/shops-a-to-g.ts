import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The shops (sklepy detaliczne), by code. */
export const shopsAToG: readonly SampleCard[] = [
  card({
    code: 'BHP-DAB',
    cardType: 'detal',
    shortName: 'But Roboczy',
    fullName: 'But Roboczy BHP Sp. z o.o.',
    taxId: '6294286127',
    regon: '431752551',
    address: address('ul. Królowej Jadwigi 12', '41-300', 'Dąbrowa Górnicza'),
    phone: '+48 32 755 95 62',
    mobile: '+48 606 139 584',
    domain: 'but-roboczy',
    manager: 'brandt',
    main: ['1056'],
    contacts: `
      Żaneta | Gołąb | kierowniczka zaopatrzenia | Zaopatrzenie | +48 602 568 908
      Grzegorz | Zalewski | specjalista ds. zakupów | Zakupy | +48 603 822 141
      Paulina | Król | główna księgowa | Księgowość | +48 608 650 787 | +48 32 751 90 34 | inactive`,
    deliveryPlaces: `
      M01 | Magazyn BHP | ul. Królowej Jadwigi 12 | 41-300 | Dąbrowa Górnicza | Marcin Zieliński | +48 602 318 087 | pn–sb 10:00–19:00 | wjazd od tyłu budynku, dzwonek „magazyn”
      M02 | Brama huty | al. Piłsudskiego 92 | 41-308 | Dąbrowa Górnicza | Grzegorz Grabowski | +48 501 423 149 | pn–sb 10:00–19:00 | palety jednorazowe, winda towarowa`,
  }),
  card({
    code: 'BHP-PLO',
    cardType: 'detal',
    shortName: 'Tumska BHP',
    fullName: 'Tumska BHP Obuwie Ochronne Grzegorz Olszewski',
    taxId: '7741665239',
    regon: '187512551',
    address: address('ul. Tumska 6', '09-402', 'Płock'),
    phone: '+48 24 362 33 11',
    domain: 'tumska-bhp',
    manager: 'wrona',
    main: ['1060'],
    contacts: `
      Grzegorz | Olszewski | właściciel | Zarząd | +48 661 904 257
      Żaneta | Grabowska | kierowniczka sklepu | Sklep | +48 606 010 179 | +48 24 601 17 74`,
  }),
  card({
    code: 'BIEGACZ-GLI',
    cardType: 'detal',
    shortName: 'Biegacz',
    fullName: 'Biegacz Łukasz Żak',
    taxId: '6315970812',
    regon: '140332802',
    address: address('ul. Zwycięstwa 28', '44-100', 'Gliwice'),
    phone: '+48 32 456 47 41',
    mobile: '+48 604 664 312',
    domain: 'biegacz',
    manager: 'brandt',
    main: ['1048'],
    contacts: `
      Łukasz | Żak | właściciel | Zarząd | +48 661 299 997
      Danuta | Dudek | kierowniczka sklepu | Sklep | +48 502 953 738 | +48 32 201 98 92`,
  }),
  card({
    code: 'BOTEK-TOR',
    cardType: 'detal',
    shortName: 'Botek',
    fullName: 'Botek Obuwie Dziecięce Sp. z o.o.',
    taxId: '8798640914',
    regon: '374057823',
    address: address('ul. Szeroka 22', '87-100', 'Toruń'),
    phone: '+48 56 593 75 82',
    mobile: '+48 602 441 297',
    domain: 'botek',
    manager: 'zurek',
    main: ['1040'],
    contacts: `
      Marcin | Pawłowski | kierownik zaopatrzenia | Zaopatrzenie | +48 605 911 671 | +48 56 708 64 43
      Małgorzata | Król | specjalistka ds. zakupów | Zakupy | +48 605 346 702 | +48 56 201 31 43`,
  }),
  card({
    code: 'BUTIK-KRK',
    cardType: 'detal',
    shortName: 'Butik Krakowski',
    fullName: 'Butik Obuwniczy Krakowski Anna Kowalska',
    taxId: '6769169896',
    regon: '419519858',
    address: address('ul. Floriańska 18', '31-021', 'Kraków'),
    phone: '+48 12 721 80 96',
    mobile: '+48 693 893 794',
    domain: 'butik-krakowski',
    manager: 'brandt',
    main: ['1026'],
    contacts: `
      Anna | Kowalska | właścicielka | Zarząd | +48 601 173 888
      Adam | Duda | kierownik sklepu | Sklep | +48 606 294 338
      Natalia | Marciniak | księgowa | Księgowość | +48 693 665 910`,
    deliveryPlaces: `
      M01 | Butik Floriańska | ul. Floriańska 18 | 31-021 | Kraków | Michał Sadowski | +48 603 790 555 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | wjazd od tyłu budynku, dzwonek „magazyn”
      M02 | Zaplecze Kazimierz | ul. Józefa 12 | 31-056 | Kraków | Monika Bąk | +48 692 456 155 | pn–pt 9:00–18:00, sb 9:00–14:00 | rampa od podwórza`,
  }),
  card({
    code: 'BUTY-KOWALSKI',
    cardType: 'detal',
    shortName: 'Obuwie Kowalski',
    fullName: 'Sklep Obuwniczy „Kowalski” Jan Kowalski',
    taxId: '7251221179',
    regon: '236420950',
    address: address('ul. Piotrkowska 112', '90-006', 'Łódź'),
    phone: '+48 42 499 35 22',
    mobile: '+48 693 709 512',
    domain: 'buty-kowalski',
    manager: 'wrona',
    main: ['1027'],
    contacts: `
      Jan | Kowalski | właściciel | Zarząd | +48 604 464 568
      Magdalena | Dąbrowska | kierowniczka sklepu | Sklep
      Paweł | Zając | księgowy | Księgowość | +48 608 848 325 | +48 42 486 41 73`,
    deliveryPlaces: `
      S01 | Sklep Łódź | ul. Piotrkowska 112 | 90-006 | Łódź | Rafał Szymański | +48 502 587 999 | pn–pt 9:00–18:00, sb 9:00–14:00 | wjazd od tyłu budynku, dzwonek „magazyn”`,
  }),
  card({
    code: 'CHODAK-BIA',
    cardType: 'detal',
    shortName: 'Chodak',
    fullName: 'Chodak Obuwie Zdrowotne Irena Sawicka',
    taxId: '5428307204',
    regon: '103088340',
    address: address('ul. Lipowa 14', '15-427', 'Białystok'),
    phone: '+48 85 469 41 27',
    domain: 'chodak',
    manager: 'brandt',
    main: ['1037'],
    contacts: `
      Irena | Sawicka | właścicielka | Zarząd | +48 661 413 246
      Adam | Dudek | kierownik sklepu | Sklep | +48 605 235 418`,
  }),
  card({
    code: 'CZOLENKO-TAR',
    cardType: 'detal',
    shortName: 'Czółenko',
    fullName: 'Czółenko Barbara Ząbek',
    taxId: '8731417078',
    regon: '147494761',
    address: address('ul. Wałowa 16', '33-100', 'Tarnów'),
    phone: '+48 14 655 95 53',
    mobile: '+48 661 731 736',
    domain: 'czolenko',
    manager: 'zurek',
    main: ['1062'],
    contacts: `
      Barbara | Ząbek | właścicielka | Zarząd | +48 603 506 844`,
  }),
  card({
    code: 'ELEGANT-ZGO',
    cardType: 'detal',
    shortName: 'Elegant',
    fullName: 'Elegant Zielona Góra Sp. z o.o.',
    taxId: '9296373464',
    regon: '324129102',
    address: address('al. Niepodległości 11', '65-048', 'Zielona Góra'),
    phone: '+48 68 294 05 63',
    mobile: '+48 604 652 236',
    domain: 'elegant-zg',
    manager: 'brandt',
    main: ['1052'],
    contacts: `
      Renata | Malinowska | kierowniczka zaopatrzenia | Zaopatrzenie | +48 502 476 810 | +48 68 517 25 60
      Danuta | Król | główna księgowa | Księgowość | +48 604 608 031 | +48 68 663 92 61
      Agnieszka | Śliwa | kierowniczka magazynu | Magazyn | +48 601 882 820`,
  }),
  card({
    code: 'FASON-GOR',
    active: false,
    cardType: 'detal',
    shortName: 'Fason',
    fullName: 'Fason Beata Stępień',
    taxId: '5994986926',
    regon: '160582877',
    address: address('ul. Sikorskiego 107', '66-400', 'Gorzów Wielkopolski'),
    phone: '+48 95 533 97 49',
    mobile: '+48 692 895 154',
    domain: 'fason',
    manager: 'cichon',
    main: ['1053'],
    contacts: `
      Beata | Stępień | właścicielka | Zarząd | +48 501 943 119
      Kamil | Śliwa | kierownik sklepu | Sklep | +48 608 038 278 | +48 95 245 26 20
      Katarzyna | Ostrowska | księgowa | Księgowość | +48 693 911 051`,
  }),
  card({
    code: 'GALERIA-LOM',
    cardType: 'detal',
    shortName: 'Galeria Butów',
    fullName: 'Galeria Butów Sylwia Śliwińska',
    taxId: '7184325855',
    regon: '489204940',
    address: address('ul. Długa 11', '18-400', 'Łomża'),
    phone: '+48 86 771 08 03',
    domain: 'galeria-butow',
    manager: 'wrona',
    main: ['1064'],
    contacts: `
      Sylwia | Śliwińska | właścicielka | Zarząd | +48 604 813 200
      Grzegorz | Wiśniewski | kierownik sklepu | Sklep | +48 693 955 095 | +48 86 387 28 72
      Jerzy | Lewandowski | księgowy | Księgowość | +48 604 236 239 | +48 86 482 48 07`,
    deliveryPlaces: `
      S01 | Sklep Łomża | ul. Długa 11 | 18-400 | Łomża | Aleksandra Baran | +48 780 088 923 | pn–sb 9:00–20:00 | brak rampy: auto z windą`,
  }),
  card({
    code: 'GORAL-NTG',
    cardType: 'detal',
    shortName: 'Góral',
    fullName: 'Góral Obuwie Skórzane Andrzej Mrugała',
    taxId: '7352137931',
    regon: '338287468',
    address: address('ul. Szaflarska 60', '34-400', 'Nowy Targ'),
    phone: '+48 18 696 03 44',
    domain: 'goral-obuwie',
    manager: 'wrona',
    main: ['1049'],
    contacts: `
      Andrzej | Mrugała | właściciel | Zarząd | +48 608 002 372
      Sławomir | Zieliński | kierownik sklepu | Sklep |  | +48 18 348 27 07
      Michał | Krawczyk | księgowy | Księgowość | +48 693 019 602 |  | inactive`,
    deliveryPlaces: `
      S01 | Sklep Nowy Targ | ul. Szaflarska 60 | 34-400 | Nowy Targ | Paulina Nowak | +48 501 660 098 | pn–sb 9:00–20:00 | brak rampy: auto z windą`,
  }),
];
