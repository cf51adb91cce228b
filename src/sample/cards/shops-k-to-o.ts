import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The shops (sklepy detaliczne), by code. */
export const shopsKToO: readonly SampleCard[] = [
  card({
    code: 'KAMASZ-LUB',
    cardType: 'detal',
    shortName: 'Kamasz',
    fullName: 'Kamasz Piotr Zieliński',
    taxId: '7124374011',
    regon: '516641395',
    address: address('ul. Krakowskie Przedmieście 34', '20-002', 'Lublin'),
    phone: '+48 81 787 68 24',
    domain: 'kamasz',
    manager: 'lesniak',
    main: ['1032'],
    contacts: `
      Piotr | Zieliński | właściciel | Zarząd | +48 661 977 972
      Wojciech | Malinowski | kierownik sklepu | Sklep | +48 780 798 995 | +48 81 434 04 54 | inactive`,
    deliveryPlaces: `
      S01 | Sklep Lublin | ul. Krakowskie Przedmieście 34 | 20-002 | Lublin | Marcin Majewski | +48 692 842 370 | pn–sb 10:00–19:00 | tylko przed 9:00 (strefa piesza)`,
  }),
  card({
    code: 'KAPEC-OLS',
    cardType: 'detal',
    shortName: 'Domowe Kapcie',
    fullName: 'Domowe Kapcie Joanna Wiśniewska',
    taxId: '7398283522',
    regon: '480460244',
    address: address('ul. Prosta 8', '10-029', 'Olsztyn'),
    phone: '+48 89 677 13 43',
    mobile: '+48 602 629 204',
    domain: 'domowe-kapcie',
    manager: 'brandt',
    main: ['1041'],
    contacts: `
      Joanna | Wiśniewska | właścicielka | Zarząd | +48 606 310 860`,
  }),
  card({
    code: 'KOZACZEK-SIE',
    cardType: 'detal',
    shortName: 'Kozaczek',
    fullName: 'Kozaczek Monika Górska',
    taxId: '8212216128',
    regon: '212089958',
    address: address('ul. Piłsudskiego 30', '08-110', 'Siedlce'),
    phone: '+48 25 252 85 03',
    mobile: '+48 604 317 986',
    domain: 'kozaczek',
    main: ['1061'],
    contacts: `
      Monika | Górska | właścicielka | Zarząd | +48 602 993 853
      Aleksandra | Zielińska | kierowniczka sklepu | Sklep | +48 780 116 941`,
    deliveryPlaces: `
      S01 | Sklep Siedlce | ul. Piłsudskiego 30 | 08-110 | Siedlce | Zbigniew Jabłoński | +48 692 983 458 | pn–sb 10:00–19:00`,
  }),
  card({
    code: 'LAKIEREK-SZC',
    cardType: 'detal',
    shortName: 'Lakierek',
    fullName: 'Lakierek Agnieszka Król',
    taxId: '8524815287',
    regon: '284250780',
    address: address('al. Wojska Polskiego 55', '70-470', 'Szczecin'),
    phone: '+48 91 578 19 53',
    domain: 'lakierek',
    main: ['1038'],
    contacts: `
      Agnieszka | Król | właścicielka | Zarząd | +48 601 806 958`,
  }),
  card({
    code: 'MALUCH-OPO',
    cardType: 'detal',
    shortName: 'Maluch',
    fullName: 'Maluch Obuwie Teresa Kaczmarek',
    taxId: '7542905965',
    regon: '364111878',
    address: address('ul. Krakowska 25', '45-018', 'Opole'),
    phone: '+48 77 799 95 75',
    domain: 'maluch-obuwie',
    manager: 'zurek',
    main: ['1051'],
    contacts: `
      Teresa | Kaczmarek | właścicielka | Zarząd | +48 605 639 001`,
    deliveryPlaces: `
      S01 | Sklep Opole | ul. Krakowska 25 | 45-018 | Opole | Dariusz Dąbrowski | +48 693 238 914 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00`,
  }),
  card({
    code: 'MODA-KOS',
    cardType: 'detal',
    shortName: 'Moda na Stopach',
    fullName: 'Moda na Stopach Karolina Adamczyk',
    taxId: '6695660198',
    regon: '105228035',
    address: address('ul. Zwycięstwa 46', '75-026', 'Koszalin'),
    phone: '+48 94 419 59 99',
    domain: 'modanastopach',
    manager: 'lesniak',
    main: ['1054'],
    contacts: `
      Karolina | Adamczyk | właścicielka | Zarząd | +48 692 031 900`,
    deliveryPlaces: `
      S01 | Sklep Koszalin | ul. Zwycięstwa 46 | 75-026 | Koszalin | Kamil Ćwikliński | +48 692 665 254 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | tylko przed 9:00 (strefa piesza)`,
  }),
  card({
    code: 'MOKASYN-ELB',
    active: false,
    cardType: 'detal',
    shortName: 'Mokasyn',
    fullName: 'Mokasyn Waldemar Ćwik',
    taxId: '5787233138',
    regon: '173110208',
    address: address('ul. 1 Maja 3', '82-300', 'Elbląg'),
    phone: '+48 55 444 93 18',
    domain: 'mokasyn',
    manager: 'cichon',
    main: ['1063'],
    contacts: `
      Waldemar | Ćwik | właściciel | Zarząd | +48 601 090 557`,
  }),
  card({
    code: 'OBCAS-RZE',
    cardType: 'detal',
    shortName: 'Obcas',
    fullName: 'Obcas Dorota Pietrzak',
    taxId: '8143550604',
    regon: '229862230',
    address: address('ul. 3 Maja 15', '35-030', 'Rzeszów'),
    phone: '+48 17 505 51 40',
    mobile: '+48 780 983 479',
    domain: 'obcas',
    manager: 'wrona',
    main: ['1042'],
    contacts: `
      Dorota | Pietrzak | właścicielka | Zarząd | +48 608 491 772
      Michał | Sadowski | kierownik sklepu | Sklep | +48 604 489 808 | +48 17 705 98 86
      Kamil | Stępień | księgowy | Księgowość | +48 693 141 661 | +48 17 404 63 64`,
  }),
  card({
    code: 'OBUWIE-ZAK',
    cardType: 'detal',
    shortName: 'Obuwie pod Giewontem',
    fullName: 'Obuwie pod Giewontem Stanisław Gąsienica-Byrcyn',
    taxId: '7362150436',
    regon: '226409814',
    address: address('ul. Krupówki 40', '34-500', 'Zakopane'),
    phone: '+48 18 501 26 72',
    mobile: '+48 780 509 369',
    domain: 'pod-giewontem',
    manager: 'lesniak',
    main: ['1028'],
    contacts: `
      Stanisław | Gąsienica-Byrcyn | właściciel | Zarząd | +48 693 098 512`,
  }),
  card({
    code: 'OBUWIE-ZAM',
    cardType: 'detal',
    shortName: 'Obuwie Renesans',
    fullName: 'Obuwie Renesans Henryk Źrebiec',
    taxId: '9229842641',
    regon: '174771751',
    address: address('ul. Grodzka 2', '22-400', 'Zamość'),
    phone: '+48 84 478 30 71',
    domain: 'obuwie-renesans',
    manager: 'lesniak',
    export: ['PL-00012'],
    contacts: `
      Henryk | Źrebiec | właściciel | Zarząd | +48 606 469 616
      Zbigniew | Świątek | kierownik sklepu | Sklep |  | +48 84 782 36 52`,
    deliveryPlaces: `
      S01 | Sklep Zamość | ul. Grodzka 2 | 22-400 | Zamość | Danuta Ćwiklińska | +48 601 795 427 | pn–pt 9:00–18:00, sb 9:00–14:00 | brak rampy: auto z windą`,
  }),
];
