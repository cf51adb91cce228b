/** What made-up clients are called and where they are. The first of each list are the common ones. */

const split = (words: string): string[] => words.trim().split(/\s+/u);

const commonSurnames = split(`
  Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur
  Kwiatkowski Krawczyk Piotrowski Grabowski Nowakowski Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowicki Majewski
  Stępień Olszewski Jaworski Malinowski Dudek Adamczyk Górski Pawlak Sikora Witkowski Rutkowski Walczak Baran Michalak Szewczyk
  Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski Marciniak Jasiński Zawadzki Bąk Sadowski Duda Jakubowski Wilk Chmielewski
  Borkowski Włodarczyk Sokołowski Szczepański Sawicki Kucharski Kubiak Lis Maciejewski Kalinowski Wysocki Kołodziej Mazurek
  Wasilewski Czarnecki Sobczak Kaźmierczak Głowacki Krajewski Zakrzewski Brzeziński Cieślak Urbański Mróz Szulc Laskowski`);

const stems = split(`
  Bor Brzoz Buk Chmiel Cis Czar Dęb Dob Gaj Gol Gór Gra Groch Jan Jar Jas Jaw Jeż Kal Kar Klim Kos Koz Krzem Kuch Lasz Lip Łaz Łuk Mal
  Mier Mok Nied Olsz Osin Pień Pios Pod Pol Rad Rog Rud Sar Sier Skal Skrzyp Sob Stan Stoj Szcz Ślaz Świd Tar Trzeb Wal Wierz Wit Woj
  Wron Zab Zar Zwol Źdz Żar Żyw`);
const endings = split(`
  owski ewski iński icki ecki czyk czak ik ak ek iak arz ara osz owicz ewicz ulski alski elski ucki yński ota ejko uk iuk`);
const rareSurnames = stems.flatMap((stem) => endings.map((ending) => stem + ending));

const syllables = split(`
  But Obuw Skór Sand Krok Stop Marsz Trek Pol Eko Inter Euro Max Prim Nova Alfa Best Glob Tex Mod Styl Lux Kar Mar Zen Bos Del Fen Gal
  Har Jol Kam Lid Mon Nor Oli Per Ras Sol`);
const tails = split(`
  mar pol ex land bis net max tex plus tom bud trans far gum lex ma tel rex nox dan vit sport mix hurt tar bar kor lin mer nik pak rol`);
const brands = syllables.flatMap((syllable) => tails.map((tail) => syllable + tail));

export const seedWords = {
  surnames: [...commonSurnames, ...rareSurnames],
  brands,
  firstNames: split(`
    Anna Piotr Maria Krzysztof Katarzyna Andrzej Małgorzata Tomasz Agnieszka Jan Barbara Paweł Ewa Michał Krystyna Marcin Magdalena
    Stanisław Elżbieta Jakub Joanna Adam Aleksandra Łukasz Zofia Marek Monika Grzegorz Teresa Wojciech Danuta Mateusz Natalia Zbigniew
    Karolina Jerzy Marta Mariusz Beata Dariusz Dorota Rafał Janina Robert Alicja Kamil Jadwiga Jacek Halina Maciej Irena Szymon Grażyna
    Kacper Łucja Żaneta Ślawomir Zdzisława Bożena Józef`),
  kinds: [
    'Sklep obuwniczy',
    'PHU',
    'FHU',
    'Hurtownia',
    'Przedsiębiorstwo Handlowe',
    'Salon obuwia',
    'P.P.H.U.',
    'Zakład szewski',
    'Galeria butów',
    'Dom handlowy',
    'Centrum sportu',
    'Outlet',
    'Zakłady Obuwnicze',
    'Spółdzielnia Rzemieślnicza',
  ],
  forms: ['sp. z o.o.', '', '', 's.c.', 'sp.j.', 'S.A.', 'sp. k.', 'Spółka z ograniczoną odpowiedzialnością'],
  towns: [
    ...split(`
      Warszawa Kraków Łódź Wrocław Poznań Gdańsk Szczecin Bydgoszcz Lublin Białystok Katowice Gdynia Częstochowa Radom Toruń Sosnowiec
      Rzeszów Kielce Gliwice Olsztyn Zabrze Bytom Rybnik Opole Tychy Elbląg Płock Wałbrzych Włocławek Tarnów Chorzów Koszalin Kalisz
      Legnica Grudziądz Jaworzno Słupsk Nysa Konin Piła Lubin Inowrocław Mielec Gniezno Stargard Głogów Siedlce Pabianice Leszno Zamość
      Żory Pruszków Łomża Ełk Chełm Mysłowice Przemyśl Tczew Świdnica Będzin Zgierz Żyrardów Kutno Sieradz Świnoujście Sopot Zakopane
      Cieszyn Żary Suwałki Augustów Kłodzko Oława Brzeg Jasło Krosno Sanok Dębica Nidzica Giżycko Kętrzyn Mrągowo Ostróda Iława Malbork
      Kwidzyn Chojnice Żnin Wągrowiec Września Kępno Wieluń Opoczno Skierniewice Łowicz Ćmielów Busko Pińczów Jędrzejów Miechów Olkusz`),
    'Zielona Góra',
    'Ruda Śląska',
    'Bielsko-Biała',
    'Gorzów Wielkopolski',
    'Nowy Sącz',
    'Jelenia Góra',
    'Stalowa Wola',
    'Ostrowiec Świętokrzyski',
    'Starachowice',
    'Skarżysko-Kamienna',
  ],
  streets: split(
    `Długa Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Łąkowa Brzozowa Kwiatowa Kościelna Sosnowa Zielona Parkowa Akacjowa Kolejowa Rynek`,
  ),
  positions: ['kupiec', 'księgowa', 'właściciel', 'magazynier', 'dyrektor handlowy', 'asystentka'],
  countries: ['DE', 'CZ', 'SK', 'LT', 'UA', 'AT', 'NL', 'IT'],
} as const satisfies Record<string, readonly string[]>;
