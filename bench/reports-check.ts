/**
 * A report of any size is read in the same memory, every row once, from PostgreSQL and from the sandbox ERP. Run as a program, with the
 * number of rows, it prints what it found as JSON.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { startHelper } from './helper-process.ts';
import type { ReportAnswer, ReportWish } from './report-runs.ts';
import { residentBytes } from './resident-memory.ts';
import { databaseUrl, makeDataDir, startService, textOf } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { inWorkplace, type Workplace } from './workplace.ts';

const megabyte = 1_048_576;
const promisedGrowth = 64;

interface ReportFinding {
  readonly on: ReportWish['on'];
  readonly seconds: number;
  /** How many megabytes more the process had at the most in the second half than in the first, its start left out. */
  readonly grown: number;
  readonly faults: readonly string[];
}

export const reportsCheck: SoakCheck = {
  name: 'reports',
  what: `a report's rows come once each, from PostgreSQL and from the sandbox ERP, and the memory grows by less than ${promisedGrowth} MB between the first half and the second`,
  unit: 'rows',
  count: 1_000_000,
  run: async (count, workplace) => {
    const findings = await readReports(count, workplace);
    const found = findings.flatMap(({ on, seconds, grown, faults }) => [
      `${on}: ${Math.round(count / seconds)} rows a second, memory grew by ${grown} MB`,
      ...faults,
    ]);
    return { passed: findings.every(({ faults }) => faults.length === 0), found: found.join('; ') };
  },
};

const text = 'Zażółć gęślą jaźń';

const fromPostgresql = (rows: number): string =>
  `SELECT n, n * 1.25 AS amount, '${text}' AS name FROM generate_series(1, ${rows}) AS n`;

/** Of seven digits, so many of which are taken. */
function fromSqlServer(rows: number): string {
  const places = [0, 1, 2, 3, 4, 5, 6];
  const digits = '(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';
  const number = places.map((place) => `d${place}.d * ${10 ** place}`).join(' + ');
  const sources = places.map((place) => `${digits} AS d${place} (d)`).join(' CROSS JOIN ');
  return `SELECT ${number} + 1 AS n, CAST(1.25 AS decimal(19, 4)) AS amount, N'${text}' AS name FROM ${sources} WHERE ${number} < ${rows}`;
}

async function readReports(rows: number, workplace: Workplace): Promise<readonly ReportFinding[]> {
  const service = await startService(workplace, { dataDir: await makeDataDir(workplace) });
  const sandbox = service.event('sandbox ERP started');
  const login = `${textOf(sandbox, 'user')}:${textOf(sandbox, 'password')}`;
  const at = {
    databaseUrl: await databaseUrl(service),
    company: {
      key: 'main',
      name: 'Main',
      url: `mssql://${login}@127.0.0.1:${textOf(sandbox, 'port')}/obuwie?encrypt=false`,
    },
  };
  const findings = [
    await readReport(workplace, rows, { ...at, on: 'CRM', sql: fromPostgresql(rows) }),
    await readReport(workplace, rows, { ...at, on: 'ERP', sql: fromSqlServer(rows) }),
  ];
  await service.stop();
  return findings;
}

async function readReport(workplace: Workplace, rows: number, wish: ReportWish): Promise<ReportFinding> {
  const reader = await startHelper<ReportWish, ReportAnswer>(
    workplace,
    new URL('./report-runs.ts', import.meta.url),
  );
  const began = performance.now();
  const asked = reader.ask(wish);
  const sizes = await sizesWhile(reader.pid, asked);
  const answer = await asked;
  const seconds = (performance.now() - began) / 1_000;
  const most = (from: number, to: number) =>
    Math.max(...sizes.slice(Math.floor(sizes.length * from), Math.ceil(sizes.length * to)));
  const grown = Math.round((most(0.5, 1) - most(0.1, 0.5)) / megabyte);
  const sum = String((BigInt(rows) * (BigInt(rows) + 1n)) / 2n);
  const faults = [
    ...(answer.rows === rows && answer.sum === sum
      ? []
      : [`${wish.on}: ${answer.rows} rows came, with the sum ${answer.sum}`]),
    ...(grown < promisedGrowth ? [] : [`${wish.on}: the memory grew with the rows`]),
  ];
  return { on: wish.on, seconds, grown, faults };
}

async function sizesWhile(pid: number, work: Promise<unknown>): Promise<number[]> {
  const sizes: number[] = [];
  let over = false;
  const end = () => (over = true);
  work.then(end, end);
  while (!over) {
    sizes.push(await residentBytes(pid));
    await delay(50);
  }
  return sizes;
}

const [, program, rows] = process.argv;
if (program === import.meta.filename) {
  const findings = await inWorkplace((workplace) => readReports(Number(rows), workplace));
  process.stdout.write(`${JSON.stringify({ findings })}\n`);
}
