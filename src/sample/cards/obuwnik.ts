import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The wholesaler Obuwnik: the card that has something of everything. */
export const obuwnik: readonly SampleCard[] = [
  card({
    code: 'OBUWNIK-LDZ',
    cardType: 'hurt',
    shortName: 'Obuwnik Łódź',
    fullName: 'Hurtownia Obuwia „Obuwnik” Sp. z o.o. Sp. k.',
    taxId: '7298973894',
    regon: '370298010',
    address: address('ul. Rzgowska 242', '93-316', 'Łódź'),
    phone: '+48 42 664 14 98',
    mobile: '+48 661 586 908',
    fax: '+48 42 319 94 53',
    domain: 'obuwnik',
    manager: 'brandt',
    main: ['1008', '1012'],
    export: ['PL-00006'],
    contacts: `
      Krzysztof | Dudek | kierownik zaopatrzenia | Zaopatrzenie | +48 692 056 254 | +48 42 468 91 62
      Tomasz | Duda | specjalista ds. zakupów | Zakupy | +48 693 974 182 | +48 42 761 45 84
      Paweł | Majewski | główny księgowy | Księgowość | +48 502 757 094 | +48 42 728 17 45
      Żaneta | Sikora | kierowniczka magazynu | Magazyn |  | +48 42 248 86 26
      Magdalena | Baran | dyrektorka handlowa | Handel | +48 601 882 840 | +48 42 331 13 22
      Elżbieta | Ćwiklińska | referentka ds. rozliczeń | Księgowość |  | +48 42 693 73 33`,
    deliveryPlaces: `
      M01 | Magazyn Łódź Rzgowska | ul. Rzgowska 242 | 93-316 | Łódź | Magdalena Sadowska | +48 608 715 925 | pn–pt 10:00–18:00, sb 10:00–14:00
      M02 | Magazyn Pabianice | ul. Partyzancka 56 | 95-200 | Pabianice | Justyna Nowak | +48 608 374 280 | pn–pt 7:00–15:00 | tylko przed 9:00 (strefa piesza)
      M03 | Hala targowa Rzgów | ul. Żeromskiego 8 | 95-030 | Rzgów | Joanna Nowak | +48 608 323 750 | pn–sb 9:00–20:00, nd handlowa 10:00–18:00 | palety jednorazowe, winda towarowa
      M04 | Sklep firmowy Zgierz | ul. Długa 33 | 95-100 | Zgierz | Dorota Wiśniewska | +48 601 264 355 | pn–sb 9:00–20:00, nd handlowa 10:00–18:00 | rampa od podwórza
      M05 | Oddział Piotrków | ul. Wolborska 70 | 97-300 | Piotrków Trybunalski | Beata Zając | +48 661 691 253 | pn–pt 9:00–17:00, sb 9:00–13:00 | dostawa od ulicy, do 7,5 t`,
    recipients: `
      R01 | Obuwie Kowalski | 7251221179 | ul. Piotrkowska 112 | 90-006 | Łódź | Jan Kowalski | +48 42 499 35 22 | biuro@buty-kowalski.example | BUTY-KOWALSKI
      R02 | Obuwnik – sklep firmowy Zgierz |  | ul. Długa 33 | 95-100 | Zgierz | Renata Majewska | +48 42 599 27 96 |  |  | M04
      R03 | Obuwnik – oddział Piotrków |  | ul. Wolborska 70 | 97-300 | Piotrków Trybunalski | Sławomir Bąk | +48 44 526 67 83 |  |  | M05
      R04 | Stoisko Rzgów – hala B, boks 118 |  | ul. Żeromskiego 8 | 95-030 | Rzgów |  |  |  |  | M03`,
  }),
];
