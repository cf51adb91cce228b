import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';
import { krokusShops } from './krokus-shops.ts';

/** The chains of shops (sieci sklepów); Krokus has a second card for its branch, under the same NIP. */
export const chains: readonly SampleCard[] = [
  card({
    code: 'SIEC-KROKUS',
    cardType: 'siec',
    shortName: 'Krokus Obuwie',
    fullName: 'Krokus Obuwie Sp. z o.o.',
    taxId: '6791483480',
    regon: '376255817',
    address: address('ul. Zabłocie 25', '30-701', 'Kraków'),
    phone: '+48 12 290 85 53',
    mobile: '+48 693 878 994',
    domain: 'krokus-obuwie',
    manager: 'wrona',
    main: ['1001'],
    export: ['PL-00001'],
    contacts: `
      Adam | Grabowski | kierownik zaopatrzenia | Zaopatrzenie | +48 605 856 819
      Danuta | Majewska | specjalistka ds. zakupów | Zakupy | +48 602 986 360 | +48 12 213 88 86
      Zbigniew | Dudek | główny księgowy | Księgowość | +48 603 594 983 | +48 12 201 02 09
      Agnieszka | Górska | kierowniczka magazynu | Magazyn | +48 606 637 564 | +48 12 779 64 68
      Elżbieta | Pawłowska | dyrektorka handlowa | Handel | +48 692 929 539
      Jerzy | Olszewski | referent ds. rozliczeń | Księgowość |  | +48 12 476 96 47`,
    deliveryPlaces: krokusShops,
  }),
  card({
    code: 'KROKUS-ONLINE',
    cardType: 'siec',
    shortName: 'Krokus – sklep internetowy',
    fullName: 'Krokus Obuwie Sp. z o.o. Oddział E-commerce',
    taxId: '6791483480',
    regon: '37625581734798',
    address: address('ul. Energetyków 16', '32-050', 'Skawina'),
    phone: '+48 12 535 92 63',
    fax: '+48 12 648 27 45',
    domain: 'krokus-online',
    manager: 'lesniak',
    main: ['1002'],
    contacts: `
      Piotr | Kamiński | kierownik zaopatrzenia | Zaopatrzenie | +48 780 979 002 | +48 12 633 66 39
      Ewa | Tomaszewska | specjalistka ds. zakupów | Zakupy | +48 780 304 398 | +48 12 342 85 17
      Tomasz | Kowalski | główny księgowy | Księgowość | +48 606 502 912 | +48 12 293 54 16
      Małgorzata | Ćwiklińska | kierowniczka magazynu | Magazyn | +48 780 862 429
      Łukasz | Chmielewski | dyrektor handlowy | Handel`,
    deliveryPlaces: `
      S01 | Sklep Skawina | ul. Energetyków 16 | 32-050 | Skawina | Żaneta Jasińska | +48 606 944 449 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | wjazd od tyłu budynku, dzwonek „magazyn”`,
  }),
  card({
    code: 'SIEC-BALTYK',
    cardType: 'siec',
    shortName: 'Bałtyk Buty',
    fullName: 'Bałtyk Buty Sieć Sklepów Sp. z o.o.',
    taxId: '5866144015',
    regon: '372167513',
    address: address('ul. Hutnicza 3', '81-061', 'Gdynia'),
    phone: '+48 58 699 03 65',
    fax: '+48 58 444 06 28',
    domain: 'baltyk-buty',
    manager: 'zurek',
    main: ['1003'],
    export: ['PL-00003'],
    contacts: `
      Piotr | Olszewski | kierownik zaopatrzenia | Zaopatrzenie | +48 693 374 733 | +48 58 598 25 99
      Kamil | Woźniak | specjalista ds. zakupów | Zakupy | +48 693 887 787
      Beata | Bąk | główna księgowa | Księgowość`,
    deliveryPlaces: `
      S01 | Gdynia Śródmieście | ul. Świętojańska 40 | 81-372 | Gdynia | Grzegorz Duda | +48 602 345 554 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | awizować dzień wcześniej
      S02 | Gdańsk Wrzeszcz | ul. Grunwaldzka 103 | 80-244 | Gdańsk | Renata Kowalska | +48 606 875 274 | pn–sb 9:00–20:00 | tylko przed 9:00 (strefa piesza)
      S03 | Sopot | ul. Bohaterów Monte Cassino 25 | 81-759 | Sopot | Magdalena Piotrowska | +48 693 457 347 | pn–sb 9:00–20:00
      S04 | Wejherowo | ul. Sobieskiego 241 | 84-200 | Wejherowo | Grzegorz Kowalski | +48 606 019 591 | pn–sb 9:00–20:00 | tylko przed 9:00 (strefa piesza)
      S05 | Słupsk | ul. Nowobramska 4 | 76-200 | Słupsk | Natalia Tomaszewska | +48 602 344 337 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00
      S06 | Kołobrzeg | ul. Armii Krajowej 20 | 78-100 | Kołobrzeg | Paweł Krawczyk | +48 602 334 398 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | palety jednorazowe, winda towarowa
      S07 | Tczew | ul. Dąbrowskiego 12 | 83-110 | Tczew | Agnieszka Pawłowska | +48 608 896 543 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | tylko przed 9:00 (strefa piesza)
      S08 | Lębork | ul. Staromiejska 9 | 84-300 | Lębork | Rafał Grabowski | +48 608 900 767 | pn–sb 9:00–20:00 | palety jednorazowe, winda towarowa`,
  }),
  card({
    code: 'SIEC-SLASK',
    cardType: 'siec',
    shortName: 'Śląska Stopa',
    fullName: 'Śląska Stopa S.A.',
    taxId: '9547841811',
    regon: '202335891',
    address: address('al. Roździeńskiego 188', '40-203', 'Katowice'),
    phone: '+48 32 349 87 86',
    domain: 'slaska-stopa',
    manager: 'brandt',
    main: ['1004'],
    contacts: `
      Żaneta | Kowalska | kierowniczka zaopatrzenia | Zaopatrzenie | +48 501 361 641
      Adam | Świątek | specjalista ds. zakupów | Zakupy | +48 601 134 652 | +48 32 437 57 62
      Paweł | Gołąb | główny księgowy | Księgowość |  | +48 32 373 72 14
      Renata | Olszewska | kierowniczka magazynu | Magazyn | +48 692 464 846 | +48 32 459 68 52`,
    deliveryPlaces: `
      S01 | Katowice Stawowa | ul. Stawowa 8 | 40-095 | Katowice | Iwona Majewska | +48 501 628 286 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00
      S02 | Chorzów | ul. Wolności 33 | 41-500 | Chorzów | Piotr Dudek | +48 693 855 085 | pn–pt 9:00–18:00, sb 9:00–14:00 | palety jednorazowe, winda towarowa
      S03 | Zabrze | ul. Wolności 270 | 41-800 | Zabrze | Michał Marciniak | +48 693 221 418 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | tylko przed 9:00 (strefa piesza)
      S04 | Tychy | ul. Grota-Roweckiego 44 | 43-100 | Tychy | Sylwia Zając | +48 661 359 571 | pn–pt 9:00–18:00, sb 9:00–14:00 | wjazd od tyłu budynku, dzwonek „magazyn”
      S05 | Rybnik | ul. Sobieskiego 12 | 44-200 | Rybnik | Beata Żurawska | +48 502 168 927 | pn–sb 10:00–19:00 | palety jednorazowe, winda towarowa
      S06 | Bytom | ul. Dworcowa 14 | 41-902 | Bytom | Małgorzata Gołąb | +48 602 790 571 | pn–pt 9:00–18:00, sb 9:00–14:00 | rampa od podwórza`,
  }),
  card({
    code: 'SIEC-WARMIA',
    cardType: 'siec',
    shortName: 'Obuwie Warmii',
    fullName: 'Obuwie Warmii Sp. j. M. Dąbrowski, T. Żuk',
    taxId: '7394108638',
    regon: '494229760',
    address: address('ul. Lubelska 33', '10-408', 'Olsztyn'),
    phone: '+48 89 422 09 00',
    domain: 'obuwie-warmii',
    manager: 'wrona',
    main: ['1005'],
    contacts: `
      Tomasz | Wójcik | kierownik zaopatrzenia | Zaopatrzenie | +48 780 639 391 | +48 89 389 25 31
      Ewa | Dudek | specjalistka ds. zakupów | Zakupy | +48 780 266 940 | +48 89 795 92 04
      Paweł | Pietrzak | kierownik magazynu | Magazyn`,
    deliveryPlaces: `
      S01 | Olsztyn Centrum | ul. Dąbrowszczaków 18 | 10-540 | Olsztyn | Piotr Baran | +48 693 079 199 | pn–sb 10:00–19:00
      S02 | Ełk | ul. Wojska Polskiego 47 | 19-300 | Ełk | Aleksandra Wiśniewska | +48 604 924 410 | pn–sb 9:00–20:00
      S03 | Ostróda | ul. Czarnieckiego 20 | 14-100 | Ostróda | Adam Krawczyk | +48 605 307 600 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | dostawa od ulicy, do 7,5 t`,
  }),
];
