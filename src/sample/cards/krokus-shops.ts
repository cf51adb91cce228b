/** The forty delivery places of the chain Krokus: thirty-nine shops and the central store. */
export const krokusShops = `
  S01 | Krokus Kraków Zabłocie | ul. Zabłocie 39 | 30-701 | Kraków | Beata Dąbrowska | +48 692 584 271 | pn–sb 9:00–20:00 | tylko przed 9:00 (strefa piesza)
  S02 | Krokus Kraków Nowa Huta | os. Centrum B 6 | 31-927 | Kraków | Andrzej Górski | +48 604 800 441 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | wjazd od tyłu budynku, dzwonek „magazyn”
  S03 | Krokus Kraków Podgórze | ul. Kalwaryjska 30 | 30-504 | Kraków | Jacek Jasiński | +48 693 692 701 | pn–sb 10:00–19:00 | dostawa od ulicy, do 7,5 t
  S04 | Krokus Wieliczka | ul. Limanowskiego 11 | 32-020 | Wieliczka | Dorota Wiśniewska | +48 501 518 478 | pn–sb 9:00–20:00
  S05 | Krokus Bochnia | ul. Kazimierza Wielkiego 14 | 32-700 | Bochnia | Sylwia Tomaszewska | +48 606 474 614 | pn–sb 9:00–20:00 | brak rampy: auto z windą
  S06 | Krokus Tarnów | ul. Krakowska 28 | 33-100 | Tarnów | Marcin Kwiatkowski | +48 602 113 891 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | dostawa od ulicy, do 7,5 t
  S07 | Krokus Nowy Sącz | ul. Jagiellońska 35 | 33-300 | Nowy Sącz | Dorota Grabowska | +48 692 173 899 | pn–sb 9:00–20:00 | brak rampy: auto z windą
  S08 | Krokus Gorlice | ul. 3 Maja 9 | 38-300 | Gorlice | Monika Sikora | +48 601 801 137 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | rampa od podwórza
  S09 | Krokus Oświęcim | ul. Dąbrowskiego 22 | 32-600 | Oświęcim | Iwona Świątek | +48 693 205 702 | pn–sb 10:00–19:00
  S10 | Krokus Chrzanów | al. Henryka 40 | 32-500 | Chrzanów | Magdalena Wiśniewska | +48 602 772 611 | pn–sb 10:00–19:00 | rampa od podwórza
  S11 | Krokus Olkusz | ul. Krakowskie Przedmieście 12 | 32-300 | Olkusz | Robert Żurawski | +48 693 526 005 | pn–sb 9:00–20:00 | brak rampy: auto z windą
  S12 | Krokus Katowice | ul. 3 Maja 17 | 40-097 | Katowice | Małgorzata Żurawska | +48 661 196 996 | pn–sb 10:00–19:00 | brak rampy: auto z windą
  S13 | Krokus Sosnowiec | ul. Modrzejowska 21 | 41-200 | Sosnowiec | Małgorzata Malinowska | +48 608 609 275 | pn–sb 10:00–19:00 | palety jednorazowe, winda towarowa
  S14 | Krokus Bielsko-Biała | ul. 11 Listopada 31 | 43-300 | Bielsko-Biała | Grzegorz Lewandowski | +48 693 561 915 | pn–pt 9:00–18:00, sb 9:00–14:00 | rampa od podwórza
  S15 | Krokus Gliwice | ul. Dolnych Wałów 8 | 44-100 | Gliwice | Kamil Jaworski | +48 603 421 149 | pn–pt 9:00–18:00, sb 9:00–14:00 | brak rampy: auto z windą
  S16 | Krokus Częstochowa | al. Najświętszej Maryi Panny 43 | 42-217 | Częstochowa | Monika Lewandowska | +48 604 307 928 | pn–sb 10:00–19:00
  S17 | Krokus Opole | ul. Ozimska 15 | 45-057 | Opole | Grzegorz Stępień | +48 601 444 593 | pn–sb 9:00–20:00 | rampa od podwórza
  S18 | Krokus Wrocław Rynek | ul. Oławska 11 | 50-123 | Wrocław | Małgorzata Chmielewska | +48 605 455 511 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | dostawa od ulicy, do 7,5 t
  S19 | Krokus Wrocław Krzyki | ul. Powstańców Śląskich 95 | 53-332 | Wrocław | Justyna Ostrowska | +48 501 411 037 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | awizować dzień wcześniej
  S20 | Krokus Legnica | ul. Najświętszej Marii Panny 5 | 59-220 | Legnica | Justyna Krawczyk | +48 604 149 381 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | rampa od podwórza
  S21 | Krokus Wałbrzych | ul. Słowackiego 18 | 58-300 | Wałbrzych | Dorota Stępień | +48 502 672 928 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00
  S22 | Krokus Poznań | ul. Półwiejska 26 | 61-888 | Poznań | Mateusz Jasiński | +48 603 397 238 | pn–sb 9:00–20:00 | palety jednorazowe, winda towarowa
  S23 | Krokus Kalisz | ul. Śródmiejska 13 | 62-800 | Kalisz | Marcin Król | +48 608 476 738 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | brak rampy: auto z windą
  S24 | Krokus Leszno | ul. Słowiańska 30 | 64-100 | Leszno | Ewa Duda | +48 661 744 397 | pn–sb 9:00–20:00
  S25 | Krokus Łódź | ul. Piotrkowska 86 | 90-103 | Łódź | Michał Szymański | +48 661 337 896 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00
  S26 | Krokus Piotrków Trybunalski | ul. Słowackiego 24 | 97-300 | Piotrków Trybunalski | Tomasz Woźniak | +48 604 295 984 | pn–pt 9:00–18:00, sb 9:00–14:00 | awizować dzień wcześniej
  S27 | Krokus Kielce | ul. Sienkiewicza 52 | 25-507 | Kielce | Robert Stępień | +48 661 962 730 | pn–sb 9:00–20:00 | dostawa od ulicy, do 7,5 t
  S28 | Krokus Radom | ul. Żeromskiego 41 | 26-600 | Radom | Dorota Kozłowska | +48 780 362 984 | pn–pt 9:00–18:00, sb 9:00–14:00 | wjazd od tyłu budynku, dzwonek „magazyn”
  S29 | Krokus Warszawa Wola | ul. Wolska 66 | 01-134 | Warszawa | Monika Chmielewska | +48 605 315 102 | pn–pt 9:00–18:00, sb 9:00–14:00 | rampa od podwórza
  S30 | Krokus Warszawa Praga | ul. Targowa 35 | 03-728 | Warszawa | Renata Ćwiklińska | +48 602 928 405 | pn–sb 10:00–19:00 | tylko przed 9:00 (strefa piesza)
  S31 | Krokus Płock | ul. Grodzka 7 | 09-400 | Płock | Aleksandra Dąbrowska | +48 605 140 080 | pn–sb 9:00–20:00 | rampa od podwórza
  S32 | Krokus Siedlce | ul. Pułaskiego 16 | 08-110 | Siedlce | Zbigniew Zając | +48 603 738 131 | pn–sb 10:00–19:00 | tylko przed 9:00 (strefa piesza)
  S33 | Krokus Lublin | ul. Królewska 9 | 20-109 | Lublin | Kamil Michalski | +48 501 462 931 | pn–pt 9:00–18:00, sb 9:00–14:00 | dostawa od ulicy, do 7,5 t
  S34 | Krokus Zamość | ul. Partyzantów 13 | 22-400 | Zamość | Robert Dudek | +48 603 847 247 | pn–pt 9:00–18:00, sb 9:00–14:00
  S35 | Krokus Rzeszów | ul. Kościuszki 4 | 35-030 | Rzeszów | Krzysztof Kowalski | +48 692 249 515 | pn–sb 9:00–20:00
  S36 | Krokus Przemyśl | ul. Franciszkańska 23 | 37-700 | Przemyśl | Beata Jaworska | +48 501 406 661 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00
  S37 | Krokus Krosno | ul. Staszica 6 | 38-400 | Krosno | Ewa Pietrzak | +48 603 420 546 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | brak rampy: auto z windą
  S38 | Krokus Mielec | ul. Mickiewicza 19 | 39-300 | Mielec | Kamil Górski | +48 692 202 683 | pn–sb 9:00–21:00, nd handlowa 10:00–20:00 | wjazd od tyłu budynku, dzwonek „magazyn”
  S39 | Krokus Sanok | ul. Jagiellońska 14 | 38-500 | Sanok | Grzegorz Olszewski | +48 603 450 793 | pn–sb 9:00–20:00 | brak rampy: auto z windą
  MAG | Skawina – magazyn centralny | ul. Energetyków 16 | 32-050 | Skawina | Robert Olszewski | +48 661 066 323 | pn–pt 6:00–22:00 | rampy 1–4, awizacja przez biuro@krokus-obuwie.example`;
