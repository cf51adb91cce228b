import { amount, type Amount } from './amounts.ts';

export interface Product {
  readonly code: string;
  readonly name: string;
  readonly group: string;
  readonly unit: string;
  /** Net list price in zlotys. */
  readonly price: Amount;
  /** At home; abroad other rates hold. */
  readonly vatRate: '23' | '8' | '5' | 'zw';
  /** A service is sold once per document, goods by the dozen. */
  readonly service: boolean;
}

function goods(
  code: string,
  name: string,
  group: string,
  price: Amount,
  vatRate: Product['vatRate'] = '23',
  unit = 'para',
): Product {
  return { code, name, group, unit, price, vatRate, service: false };
}

/** What both companies sell; group and unit go with the product. */
export const goodsOnSale: readonly [Product, ...Product[]] = [
  goods('BOT-DAM-101', 'Botki damskie skórzane „Wierzba”', 'Obuwie damskie', amount(148, 50)),
  goods('BOT-DAM-102', 'Botki damskie zamszowe „Jarzębina”', 'Obuwie damskie', amount(139, 90)),
  goods('CZO-DAM-110', 'Czółenka lakierowane 7 cm', 'Obuwie damskie', amount(96, 40)),
  goods('CZO-DAM-115', 'Czółenka skórzane na słupku', 'Obuwie damskie', amount(112, 0)),
  goods('KOZ-DAM-120', 'Kozaki damskie ocieplane „Śnieżka”', 'Obuwie damskie', amount(219, 0)),
  goods('SAN-DAM-130', 'Sandały damskie na koturnie', 'Obuwie damskie', amount(84, 90)),
  goods('BAL-DAM-140', 'Baleriny skórzane miękkie', 'Obuwie damskie', amount(68, 75)),
  goods('POL-MES-201', 'Półbuty męskie oksfordy', 'Obuwie męskie', amount(164, 0)),
  goods('POL-MES-205', 'Półbuty męskie derby szerokie H', 'Obuwie męskie', amount(152, 30)),
  goods('MOK-MES-210', 'Mokasyny męskie nubuk', 'Obuwie męskie', amount(129, 0)),
  goods('TRZ-MES-220', 'Trzewiki męskie zimowe „Gróń”', 'Obuwie męskie', amount(198, 50)),
  goods('SPO-UNI-301', 'Buty sportowe siatka „Bieg 3”', 'Obuwie sportowe', amount(118, 0)),
  goods('TRA-UNI-305', 'Trampki płócienne wysokie', 'Obuwie sportowe', amount(47, 20)),
  goods('TRE-UNI-310', 'Buty trekkingowe z membraną', 'Obuwie sportowe', amount(246, 0)),
  goods('DZI-POL-401', 'Półbuty dziecięce na rzep', 'Obuwie dziecięce', amount(62, 35)),
  goods('DZI-SAN-405', 'Sandałki dziecięce profilowane', 'Obuwie dziecięce', amount(58, 80)),
  goods('DZI-KAL-410', 'Kalosze dziecięce „Żabka”', 'Obuwie dziecięce', amount(29, 90)),
  goods('DZI-KAP-415', 'Kapcie przedszkolne bawełniane', 'Obuwie dziecięce', amount(18, 45)),
  goods('KAP-FIL-501', 'Kapcie filcowe góralskie', 'Obuwie domowe', amount(34, 60)),
  goods('KLA-BAS-505', 'Klapki basenowe', 'Obuwie domowe', amount(16, 25)),
  goods('ROB-S1P-601', 'Półbuty robocze S1P', 'Obuwie robocze', amount(87, 0)),
  goods('ROB-S3-605', 'Trzewiki robocze S3 z podnoskiem', 'Obuwie robocze', amount(124, 50)),
  goods('ROB-GUM-610', 'Gumofilce wzmacniane', 'Obuwie robocze', amount(56, 70)),
  goods('WKL-ORT-701', 'Wkładki ortopedyczne', 'Wkładki', amount(41, 20), '8'),
  goods('WKL-FIL-705', 'Wkładki filcowe zimowe', 'Wkładki', 63_850, '23'),
  goods('AKC-SZN-801', 'Sznurowadła bawełniane 90 cm', 'Akcesoria', 11_275),
  goods('AKC-PAS-805', 'Pasta do butów czarna 75 ml', 'Akcesoria', amount(7, 99), '23', 'szt.'),
  goods('AKC-IMP-810', 'Impregnat w aerozolu 250 ml', 'Akcesoria', amount(14, 40), '23', 'szt.'),
  goods('AKC-LYZ-815', 'Łyżka do butów metalowa', 'Akcesoria', amount(9, 10), '23', 'szt.'),
  goods('DRU-KAT-901', 'Katalog „Moda obuwnicza jesień–zima”', 'Wydawnictwa', amount(22, 0), '5', 'szt.'),
];

export const transport: Product = {
  code: 'USL-TRANSPORT',
  name: 'Usługa transportowa',
  group: 'Usługi',
  unit: 'usł.',
  price: amount(85, 0),
  vatRate: '23',
  service: true,
};

export const training: Product = {
  code: 'USL-SZKOLENIE',
  name: 'Szkolenie zawodowe sprzedawców',
  group: 'Usługi',
  unit: 'usł.',
  price: amount(640, 0),
  vatRate: 'zw',
  service: true,
};

export const products: readonly Product[] = [...goodsOnSale, transport, training];
