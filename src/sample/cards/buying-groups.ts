import type { SampleCard } from '../card.type.ts';
import { address, card } from '../card-notation.ts';

/** The buying groups (grupy zakupowe): they pay, their members receive the goods. */
export const buyingGroups: readonly SampleCard[] = [
  card({
    code: 'GRUPA-RAZEM',
    cardType: 'grupa',
    shortName: 'Razem Obuwie',
    fullName: 'Grupa Zakupowa „Razem Obuwie” Sp. z o.o.',
    taxId: '7791159484',
    regon: '296916896',
    address: address('ul. Głogowska 216', '60-104', 'Poznań'),
    phone: '+48 61 431 56 57',
    mobile: '+48 608 079 352',
    domain: 'razem-obuwie',
    manager: 'lesniak',
    main: ['1006'],
    contacts: `
      Mateusz | Zalewski | kierownik zaopatrzenia | Zaopatrzenie | +48 780 417 748
      Jerzy | Piotrowski | specjalista ds. zakupów | Zakupy | +48 693 847 434
      Piotr | Stępień | główny księgowy | Księgowość | +48 606 895 803 | +48 61 345 91 74
      Adam | Grabowski | kierownik magazynu | Magazyn | +48 693 667 715 | +48 61 596 67 18
      Magdalena | Zając | dyrektorka handlowa | Handel |  | +48 61 360 20 08`,
    deliveryPlaces: `
      M01 | Magazyn grupy Poznań | ul. Głogowska 216 | 60-104 | Poznań | Agnieszka Wróbel | +48 693 150 470 | pn–pt 9:00–17:00, sb 9:00–13:00 | awizować dzień wcześniej
      M02 | Punkt przeładunkowy Toruń | ul. Grudziądzka 122 | 87-100 | Toruń | Zbigniew Kowalski | +48 501 266 322 | pn–pt 10:00–18:00, sb 10:00–14:00 | tylko przed 9:00 (strefa piesza)
      M03 | Punkt przeładunkowy Koszalin | ul. Bohaterów Warszawy 30 | 75-211 | Koszalin | Beata Nowak | +48 602 088 527 | pn–pt 10:00–18:00, sb 10:00–14:00 | wjazd od tyłu budynku, dzwonek „magazyn”`,
    recipients: `
      R01 | Salon Elegancja | 7781708044 | ul. Święty Marcin 47 | 61-806 | Poznań | Ewa Nowak | +48 61 208 08 82 | biuro@salon-elegancja.example | SALON-POZ | M01
      R02 | Elegant | 9296373464 | al. Niepodległości 11 | 65-048 | Zielona Góra |  | +48 68 294 05 63 | biuro@elegant-zg.example | ELEGANT-ZGO | M01
      R03 | Botek | 8798640914 | ul. Szeroka 22 | 87-100 | Toruń |  | +48 56 593 75 82 | biuro@botek.example | BOTEK-TOR | M02
      R04 | Sandał | 9537532037 | ul. Gdańska 41 | 85-005 | Bydgoszcz | Zbigniew Jankowski | +48 52 608 85 39 | biuro@sandal-sklep.example | SANDAL-BYD | M02
      R05 | Moda na Stopach | 6695660198 | ul. Zwycięstwa 46 | 75-026 | Koszalin | Karolina Adamczyk | +48 94 419 59 99 | biuro@modanastopach.example | MODA-KOS | M03
      R06 | Pantofel | 8399943458 | ul. Wojska Polskiego 5 | 76-200 | Słupsk | Halina Dudek | +48 59 770 43 74 | biuro@pantofel.example | PANTOFEL-SLU | M03
      R07 | Maluch | 7542905965 | ul. Krakowska 25 | 45-018 | Opole | Teresa Kaczmarek | +48 77 799 95 75 | biuro@maluch-obuwie.example | MALUCH-OPO
      R08 | Fason | 5994986926 | ul. Sikorskiego 107 | 66-400 | Gorzów Wielkopolski | Beata Stępień | +48 95 533 97 49 | biuro@fason.example | FASON-GOR |  | inactive
      R09 | Obuwie Gniezno Danuta Cieślak | 7841229756 | ul. Chrobrego 22 | 62-200 | Gniezno | Elżbieta Kowalska | +48 61 436 50 21 |  |  | M01
      R10 | Buty Konin s.c. P. Sikora, D. Sikora | 6656485839 | ul. Dworcowa 7 | 62-510 | Konin | Joanna Jaworska | +48 63 376 96 83 |  |  | M01
      R11 | Obuwie na Śródmiejskiej Tadeusz Baran | 7643000208 | ul. Śródmiejska 14 | 64-920 | Piła | Małgorzata Zając | +48 67 696 97 55 |  |  | M01
      R12 | Sklep Obuwniczy Śrem Violetta Rutkowska | 7854957506 | ul. Mickiewicza 18 | 63-100 | Śrem |  | +48 61 302 53 33
      R13 | Kujawski But Roman Sobczak | 8881424370 | ul. 3 Maja 26 | 87-800 | Włocławek | Karolina Pawłowska | +48 54 299 44 31 |  |  | M02
      R14 | But Grudziądzki Sp. z o.o. | 8761579845 | ul. Długa 12 | 86-300 | Grudziądz | Małgorzata Grabowska | +48 56 423 28 14 |  |  | M02`,
  }),
  card({
    code: 'GRUPA-WSCHOD',
    cardType: 'grupa',
    shortName: 'Wschodnia Grupa Obuwnicza',
    fullName: 'Wschodnia Grupa Obuwnicza Spółdzielnia Handlowa',
    taxId: '9462283592',
    regon: '389794560',
    address: address('ul. Mełgiewska 11', '20-209', 'Lublin'),
    phone: '+48 81 616 13 10',
    fax: '+48 81 260 34 66',
    domain: 'wgo',
    manager: 'zurek',
    main: ['1007'],
    contacts: `
      Katarzyna | Ćwiklińska | kierowniczka zaopatrzenia | Zaopatrzenie | +48 693 812 399 | +48 81 299 39 55
      Łukasz | Nowak | specjalista ds. zakupów | Zakupy | +48 603 925 311
      Dariusz | Gołąb | główny księgowy | Księgowość | +48 502 644 198`,
    deliveryPlaces: `
      M01 | Magazyn spółdzielni | ul. Mełgiewska 11 | 20-209 | Lublin | Michał Pietrzak | +48 502 806 441 | pn–pt 7:00–15:00
      M02 | Skład Białystok | ul. Produkcyjna 84 | 15-680 | Białystok | Ewa Szymańska | +48 606 835 264 | pn–pt 7:00–15:00 | brak rampy: auto z windą`,
    recipients: `
      R01 | Kamasz | 7124374011 | ul. Krakowskie Przedmieście 34 | 20-002 | Lublin | Piotr Zieliński | +48 81 787 68 24 | biuro@kamasz.example | KAMASZ-LUB | M01
      R02 | Chodak | 5428307204 | ul. Lipowa 14 | 15-427 | Białystok | Irena Sawicka | +48 85 469 41 27 | biuro@chodak.example | CHODAK-BIA | M02
      R03 | Kozaczek | 8212216128 | ul. Piłsudskiego 30 | 08-110 | Siedlce | Monika Górska | +48 25 252 85 03 | biuro@kozaczek.example | KOZACZEK-SIE
      R04 | Obuwie Chełm Lucyna Brzozowska | 5631299488 | ul. Lwowska 24 | 22-100 | Chełm | Małgorzata Lewandowska | +48 82 375 26 95 |  |  | M01
      R05 | Bialski But Mariusz Szymański | 5378777332 | ul. Brzeska 31 | 21-500 | Biała Podlaska | Grzegorz Majewski | +48 83 607 94 83`,
  }),
];
