import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The clients abroad (klienci zagraniczni). */
export const foreignClients: readonly SampleCard[] = [
  card({
    code: 'SCHUH-BERLIN',
    cardType: 'zagranica',
    shortName: 'Schuhhaus Lindenblatt',
    fullName: 'Schuhhaus Lindenblatt GmbH',
    taxId: 'DE240063687',
    address: address('Karl-Marx-Straße 84', '12043', 'Berlin', 'DE'),
    phone: '+49 30 364232',
    mobile: '+49 1514 9856632',
    domain: 'lindenblatt',
    manager: 'zurek',
    main: ['1065'],
    export: ['DE-00012'],
    contacts: `
      Jürgen | Köhler | kierownik zakupów | Zakupy | +49 1510 4132993
      Stefan | Becker | kierownik magazynu | Administracja |  | +49 30 318183
      Sabine | Hoffmann | księgowa | Administracja |  | +49 30 672165`,
    deliveryPlaces: `
      M01 | Lager Neukölln | Karl-Marx-Straße 84 | 12043 | Berlin | Ines Krüger | +49 171 96237538 | pn–pt 9:00–17:00, sb 9:00–13:00
      M02 | Filiale Potsdam | Brandenburger Straße 22 | 14467 | Potsdam | Uwe Schäfer | +49 171 14654342 | pn–pt 7:00–15:00 | tylko przed 9:00 (strefa piesza)`,
  }),
  card({
    code: 'SCHUH-LEIPZIG',
    cardType: 'zagranica',
    shortName: 'Sohle & Naht',
    fullName: 'Sohle & Naht Großhandel GmbH & Co. KG',
    taxId: 'DE202411913',
    address: address('Georg-Schwarz-Straße 127', '04179', 'Leipzig', 'DE'),
    phone: '+49 341 466927',
    domain: 'sohle-naht',
    manager: 'brandt',
    main: ['1066'],
    export: ['DE-00014'],
    contacts: `
      Anke | Schröder | kierowniczka zakupów | Zakupy | +49 1517 1557468
      Sabine | Hoffmann | specjalistka ds. importu | Administracja |  | +49 341 286196
      Klaus | Richter | księgowy | Administracja |  | +49 341 245335`,
    deliveryPlaces: `
      M01 | Zentrallager Plagwitz | Georg-Schwarz-Straße 127 | 04179 | Leipzig | Sabine Hoffmann | +49 160 38360421 | pn–pt 10:00–18:00, sb 10:00–14:00 | palety jednorazowe, winda towarowa`,
  }),
  card({
    code: 'SCHUH-DRESDEN',
    cardType: 'zagranica',
    shortName: 'Elbschuh',
    fullName: 'Elbschuh Handels GmbH',
    taxId: 'DE463901586',
    address: address('Königsbrücker Straße 55', '01099', 'Dresden', 'DE'),
    phone: '+49 351 618212',
    mobile: '+49 160 26715026',
    domain: 'elbschuh',
    manager: 'wrona',
    export: ['DE-00017'],
    contacts: `
      Matthias | Groß | kierownik zakupów | Zakupy | +49 160 58486811
      Sabine | Hoffmann | specjalistka ds. importu | Administracja |  | +49 351 521279
      Klaus | Richter | księgowy | Administracja |  | +49 351 709958`,
  }),
  card({
    code: 'SCHUH-HAMBURG',
    cardType: 'zagranica',
    shortName: 'Hafenschuh',
    fullName: 'Hafenschuh Import KG',
    taxId: 'DE308937029',
    address: address('Billstraße 180', '20539', 'Hamburg', 'DE'),
    phone: '+49 40 302411',
    domain: 'hafenschuh',
    manager: 'lesniak',
    export: ['DE-00018'],
    contacts: `
      Birgit | Voß | kierowniczka zakupów | Zakupy | +49 160 17109893
      Sabine | Hoffmann | specjalistka ds. importu | Administracja |  | +49 40 432192
      Klaus | Richter | księgowy | Administracja |  | +49 40 676284`,
  }),
  card({
    code: 'BOTY-BRNO',
    cardType: 'zagranica',
    shortName: 'Boty Svratka',
    fullName: 'Boty Svratka s.r.o.',
    taxId: 'CZ71512683',
    address: address('Křenová 52', '602 00', 'Brno', 'CZ'),
    phone: '+420 543 345 373',
    mobile: '+420 602 719 931',
    domain: 'boty-svratka',
    manager: 'zurek',
    main: ['1067'],
    export: ['CZ-00004'],
    contacts: `
      Jiří | Dvořáček | prokurent | Zakupy | +420 603 456 562`,
    deliveryPlaces: `
      M01 | Sklad Slatina | Tuřanka 115 | 627 00 | Brno | Jana Svobodová | +420 724 108 409 | pn–pt 7:00–15:00 | rampa od podwórza`,
  }),
  card({
    code: 'BOTY-OSTRAVA',
    cardType: 'zagranica',
    shortName: 'Obuv Ostravice',
    fullName: 'Obuv Ostravice a.s.',
    taxId: 'CZ67160468',
    address: address('Nádražní 110', '702 00', 'Ostrava', 'CZ'),
    phone: '+420 596 484 297',
    mobile: '+420 603 257 996',
    domain: 'obuv-ostravice',
    manager: 'brandt',
    export: ['CZ-00007'],
    contacts: `
      Markéta | Šťastná | kierowniczka zakupów | Zakupy | +420 603 940 253
      Petr | Novotný | księgowy | Administracja |  | +420 596 357 463
      Jana | Svobodová | księgowa | Administracja |  | +420 596 216 383`,
  }),
  card({
    code: 'OBUV-BRATISLAVA',
    cardType: 'zagranica',
    shortName: 'Topánka Dunaj',
    fullName: 'Topánka Dunaj s.r.o.',
    taxId: 'SK2026399155',
    address: address('Obchodná 33', '811 06', 'Bratislava', 'SK'),
    phone: '+421 2 513 873 45',
    mobile: '+421 907 374 005',
    domain: 'topanka-dunaj',
    manager: 'wrona',
    main: ['1068'],
    export: ['SK-00004'],
    contacts: `
      Ľubomír | Kováč | kierowniczka zakupów | Zakupy | +421 907 346 588
      Peter | Novák | kierownik magazynu | Administracja |  | +421 2 598 250 51`,
    deliveryPlaces: `
      M01 | Sklad Petržalka | Kopčianska 92 | 851 01 | Bratislava | Mária Baloghová | +421 907 144 226 | pn–sb 9:00–20:00, nd handlowa 10:00–18:00 | brak rampy: auto z windą`,
  }),
  card({
    code: 'OBUV-KOSICE',
    cardType: 'zagranica',
    shortName: 'Hornád Obuv',
    fullName: 'Hornád Obuv spol. s r.o.',
    taxId: 'SK2029819748',
    address: address('Hlavná 71', '040 01', 'Košice', 'SK'),
    phone: '+421 55 781 70 78',
    mobile: '+421 905 387 483',
    fax: '+421 55 291 53 40',
    domain: 'hornad-obuv',
    manager: 'lesniak',
    export: ['SK-00006'],
    contacts: `
      Zuzana | Horváthová | kierowniczka zakupów | Zakupy | +421 905 271 400
      Ján | Tóth | księgowy | Administracja |  | +421 55 535 72 98
      Peter | Novák | księgowy | Administracja |  | +421 55 471 75 20`,
  }),
  card({
    code: 'BATAI-VILNIUS',
    cardType: 'zagranica',
    shortName: 'Baltas Batas',
    fullName: 'UAB Baltas Batas',
    taxId: 'LT058561618',
    address: address('Savanorių pr. 22', '03116', 'Vilnius', 'LT'),
    phone: '+370 5 207 3670',
    domain: 'baltas-batas',
    manager: 'zurek',
    export: ['LT-00004'],
    contacts: `
      Rūta | Žukauskienė | kierowniczka zakupów | Zakupy | +370 682 12764
      Aušra | Jankauskaitė | księgowa | Administracja |  | +370 5 253 9976`,
    deliveryPlaces: `
      M01 | Sandėlis Vilnius | Savanorių pr. 22 | 03116 | Vilnius | Darius Stankevičius | +370 682 64772 | pn–pt 8:00–16:00 | awizować dzień wcześniej`,
  }),
  card({
    code: 'BATAI-KAUNAS',
    active: false,
    cardType: 'zagranica',
    shortName: 'Nemuno Avalynė',
    fullName: 'UAB Nemuno Avalynė',
    taxId: 'LT858290911',
    address: address('Laisvės al. 60', '44249', 'Kaunas', 'LT'),
    phone: '+370 37 781804',
    domain: 'nemuno-avalyne',
    manager: 'cichon',
    export: ['LT-00005'],
    contacts: `
      Tomas | Petrauskas | kierownik zakupów | Zakupy | +370 682 77403`,
    deliveryPlaces: `
      L01 | Magazyn Kaunas | Laisvės al. 60 | 44249 | Kaunas | Jonas Kazlauskas | +370 682 28185 | pn–pt 6:00–14:00 | brak rampy: auto z windą`,
  }),
];
