/** The figures for people: one table, and below it what its words mean. What falls short stands there like the rest. */
import type {
  BenchResult,
  ComparisonFigure,
  ContestFigure,
  ExportFigure,
  Figure,
  GrowthFigure,
  LatencyFigure,
  MemoryFigure,
  MissingFigure,
  Side,
  TimeFigure,
} from './figures.ts';
import type { Spread } from './spreads.ts';

type Cells = readonly string[];

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function tableOf(rows: readonly Cells[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: Cells) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const spread = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}..${digits(max)})`;

const sideRow = (contest: string, side: Side): Cells => [
  `${contest}: ${side.name}`,
  spread(side.requestsPerSecond),
  spread(side.p50Ms),
  spread(side.p99Ms),
  side.cpuMsPerRequest === null ? '-' : spread(side.cpuMsPerRequest),
];

const sideRows = ({ name, sides }: ContestFigure): Cells[] => sides.map((side) => sideRow(name, side));

const measureWords = { requests: 'requests/s', processor: 'CPU ms/request' } as const;
const aimWords = { requests: 'at least', processor: 'at most' } as const;

const ratioRows = ({ name, ratios }: ContestFigure): Cells[] =>
  ratios.map(({ of, to, measure, ratio, aim, met }) => [
    `${name}: ${of} to ${to}, ${measureWords[measure]}`,
    ratio === null ? '-' : spread(ratio),
    aim === null ? '-' : `${aimWords[measure]} ${aim}`,
    aim === null ? '' : met ? 'met' : 'MISSED',
  ]);

const timeRow = ({ name, seconds, runs, aimSeconds, met }: TimeFigure): Cells => [
  name,
  spread(seconds),
  String(runs),
  String(aimSeconds),
  met ? 'met' : 'MISSED',
];

/** What is aimed at, and whether it is met; nothing where nothing is promised. */
const aimCells = (aim: number | null, met: boolean | null): Cells =>
  aim === null ? ['-', ''] : [String(aim), met ? 'met' : 'MISSED'];

const comparisonRow = ({ name, manyMs, fewMs, ratio, aimRatio, met }: ComparisonFigure): Cells => [
  name,
  spread(manyMs),
  spread(fewMs),
  spread(ratio),
  ...aimCells(aimRatio, met),
];

const latencyRow = ({ name, medianMs, p95Ms, statements, aimMs, met }: LatencyFigure): Cells => [
  name,
  spread(medianMs),
  spread(p95Ms),
  String(statements),
  ...aimCells(aimMs, met),
];

const ofKind = <Kind extends Figure['kind']>(figures: readonly Figure[], kind: Kind) =>
  figures.filter((figure): figure is Extract<Figure, { kind: Kind }> => figure.kind === kind);

const contestHead = ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms/request'];
const ratioHead = ['', 'ratio', 'aim', ''];
const comparisonHead = ['', 'many, ms', 'few, ms', 'ratio', 'aim', ''];
const latencyHead = ['', 'median, ms', 'p95, ms', 'statements', 'aim', ''];
const timeHead = ['', 'seconds', 'runs', 'aim', ''];

const contestWords = `Each figure: median of the rounds (lowest..highest). CPU: of the answering process alone, without PostgreSQL and without the
sandbox ERP, which all share; where the ERP is asked it, and not the service, is most of the time. limit: hand-written node:http and SQL.
first-stage, ordinary: the service with the later stages of its reading turned off.`;

const ratioWords = 'Within each round, one side to another; the aim is for the median.';

const timeWords =
  'From launching the command to the first answer of a card with its ERP part; the aim is for the median.';

const comparisonWords = `One question to a card with 300,000 invoices and to one with thirty. Each figure: median of the rounds (lowest..highest), of the medians in each round; one request at a time, the two in turn.
ratio: many to few within the round. Where there is no aim the question is about the whole ledger, and stands here for information.`;

const latencyWords = `Sections of one card (orders, invoices with paid and remaining, balances; settlements, payments, sales) while every statement at the
ERP is answered 100 ms later. One request at a time, types and connections known: median of the rounds (lowest..highest) of the median and the 95th of twenty
in each round. statements: at the ERP for one request. The aim is for the median.`;

const stepsText = ({ name, steps }: TimeFigure): string =>
  `  ${name}: ${Object.entries(steps)
    .map(([step, seconds]) => `${step} ${digits(seconds.median)}`)
    .join(', ')}`;

const missingText = ({ name, reason }: MissingFigure): string => `NOT MEASURED ${name}: ${reason}`;

const exportHead = ['', 'rows', 'rows/s', 'COPY rows/s', 'ratio', 'aim', 'memory, MiB', 'aim', ''];

const exportRow = (figure: ExportFigure): Cells => [
  figure.name,
  String(figure.rows),
  spread(figure.rowsPerSecond),
  figure.reference ? spread(figure.reference) : '-',
  figure.ratio ? spread(figure.ratio) : '-',
  figure.aimRatio === null ? '-' : String(figure.aimRatio),
  `+${digits(figure.growthMiB)}`,
  `+${figure.aimGrowthMiB}`,
  figure.met ? 'met' : 'MISSED',
];

const exportWords = `One export at a time, taken by a caller that counts its lines. COPY: the bare columns of the same table passed through node:http, in turn with
the service; ratio: of the rows per second within the round. memory: the most that the service's process had above what it had before the export, the worst round.
Sets of the ERP come through the stand-in for SQL Server, which takes most of the time.`;

const growthHead = ['', 'clients', 'median ms', 'p95 ms', 'worst ms', 'ratio', ''];

const growthRows = ({ name, sizes }: GrowthFigure): Cells[] =>
  sizes.map(({ clients, medianMs, p95Ms, worstMs, ratio, missed }) => [
    name,
    String(clients),
    digits(medianMs),
    digits(p95Ms),
    digits(worstMs),
    digits(ratio),
    missed.length > 0 ? `MISSED: ${missed.join(', ')}` : '',
  ]);

const seedingText = ({ sizes }: GrowthFigure): string =>
  sizes.map(({ clients, seedSeconds }) => `${clients} clients after ${digits(seedSeconds)} s`).join(', ');

const shortfallTexts = ({ name, sizes }: GrowthFigure): string[] =>
  sizes.flatMap(({ clients, shortfalls }) =>
    shortfalls.map(
      ({ question, ms, plan }) => `${name}, ${clients} clients, ${digits(ms)} ms: ${question}\n${plan}`,
    ),
  );

const growthWords = `Each question's median of the rounds, one at a time over HTTP; the figures are over the questions of a group. ratio: the median
to that of the first number of clients.`;

function growthText(figures: readonly GrowthFigure[]): string[] {
  const [first] = figures;
  return first === undefined
    ? []
    : [
        tableOf([growthHead, ...figures.flatMap(growthRows)]),
        `${meanings(figures)}\n${growthWords}\nSeeding: ${seedingText(first)}.`,
        ...figures.flatMap(shortfallTexts),
      ];
}

function contestText(contests: readonly ContestFigure[]): string[] {
  if (contests.length === 0) return [];
  return [
    tableOf([contestHead, ...contests.flatMap(sideRows)]),
    `${meanings(contests)}\n${contestWords}`,
    `${tableOf([ratioHead, ...contests.flatMap(ratioRows)])}\n${ratioWords}`,
  ];
}

const memoryHead = ['', 'MiB', 'aim', ''];

function memoryText(figures: readonly MemoryFigure[]): string[] {
  if (figures.length === 0) return [];
  const rows = figures.map(({ name, mebibytes, aimMebibytes, met }) => [
    name,
    spread(mebibytes),
    ...aimCells(aimMebibytes, met),
  ]);
  return [tableOf([memoryHead, ...rows]), meanings(figures)];
}

const meanings = (figures: readonly (ContestFigure | TimeFigure | GrowthFigure | MemoryFigure)[]): string =>
  figures.map(({ name, what }) => `  ${name}: ${what}`).join('\n');

export function benchText({ date, machine, options, figures }: BenchResult): string {
  const times = ofKind(figures, 'time');
  const comparisons = ofKind(figures, 'comparison');
  const latencies = ofKind(figures, 'latency');
  const missing = ofKind(figures, 'not measured');
  const exports = ofKind(figures, 'export');
  const head = [
    `${date}  ${machine.processors} × ${machine.processor}, ${machine.memoryMiB} MiB, ${machine.system}, Node ${machine.node}`,
    `${options.rounds} rounds of ${options.seconds} s, ${options.connections} connections; load before: ${machine.loadBefore}`,
  ];
  return [
    head.join('\n'),
    ...(times.length > 0
      ? [
          tableOf([timeHead, ...times.map(timeRow)]),
          `${meanings(times)}\n${timeWords}\nSeconds to the events of its log, medians:\n${times.map(stepsText).join('\n')}`,
        ]
      : []),
    ...memoryText(ofKind(figures, 'memory')),
    ...contestText(ofKind(figures, 'contest')),
    ...(comparisons.length > 0
      ? [tableOf([comparisonHead, ...comparisons.map(comparisonRow)]), comparisonWords]
      : []),
    ...(latencies.length > 0 ? [tableOf([latencyHead, ...latencies.map(latencyRow)]), latencyWords] : []),
    ...growthText(ofKind(figures, 'growth')),
    ...(exports.length > 0 ? [tableOf([exportHead, ...exports.map(exportRow)]), exportWords] : []),
    ...missing.map(missingText),
  ].join('\n\n');
}
