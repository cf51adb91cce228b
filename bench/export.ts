/**
 * What an export costs: the clients, in rows per second beside COPY's own bytes passed through node:http, over the same database and
 * in turn; and how much more memory the service has while it exports them, and while it exports the invoices of two ledgers.
 */
import type { ExportFigure, Figure } from './figures.ts';
import { seed } from './growth.ts';
import { startHelper } from './helper-process.ts';
import { installLedgers, keepDatabases } from './installation.ts';
import type { BenchOptions } from './options.ts';
import type { ReferenceExportWish } from './reference-export.ts';
import { growthDuring } from './resident-memory.ts';
import { makeDataDir, startService, type Service } from './service.ts';
import { ratioOf, spreadOf } from './spreads.ts';
import type { Workplace } from './workplace.ts';

const aimRatio = 0.6;
const aimGrowthMiB = 100;
const mebibyte = 1_048_576;
const newline = 10;

interface Taken {
  readonly rows: number;
  readonly perSecond: number;
}

/** Takes it as it comes and counts its lines; the first of a CSV names columns. */
async function take(url: string): Promise<Taken> {
  const began = performance.now();
  const response = await fetch(url);
  if (response.status !== 200 || response.body === null)
    throw new Error(`${url} was answered ${response.status}: ${await response.text()}`);
  let lines = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>)
    for (let at = part.indexOf(newline); at >= 0; at = part.indexOf(newline, at + 1)) lines += 1;
  const rows = url.endsWith('.csv') ? lines - 1 : lines;
  return { rows, perSecond: (rows * 1_000) / (performance.now() - began) };
}

interface Sides {
  readonly service: Service;
  readonly referenceUrl: string;
}

async function besideCopy(form: 'csv' | 'ndjson', { service, referenceUrl }: Sides, rounds: number) {
  const ours: Taken[] = [];
  const theirs: Taken[] = [];
  const growths: number[] = [];
  const url = new URL(`/export/clients.${form}`, service.url).href;
  // The first of each finds the table in memory no more than the last.
  for (let round = -1; round < rounds; round += 1) {
    const reference = await take(`${referenceUrl}/clients.${form}`);
    let own: Taken | undefined;
    const growth = await growthDuring(service.pid, async () => void (own = await take(url)));
    if (own?.rows !== reference.rows)
      throw new Error(`the service told ${own?.rows} rows, the reference ${reference.rows}`);
    if (round < 0) continue;
    ours.push(own);
    theirs.push(reference);
    growths.push(growth);
  }
  return exportFigure(`clients.${form}`, ours, theirs, growths);
}

async function alone(name: string, { service }: Sides, rounds: number) {
  const taken: Taken[] = [];
  const growths: number[] = [];
  const url = new URL(`/export/${name}`, service.url).href;
  for (let round = 0; round < rounds; round += 1)
    growths.push(await growthDuring(service.pid, async () => void taken.push(await take(url))));
  return exportFigure(name, taken, undefined, growths);
}

function exportFigure(
  name: string,
  ours: readonly Taken[],
  theirs: readonly Taken[] | undefined,
  growths: readonly number[],
): ExportFigure {
  const rate = ({ perSecond }: Taken) => perSecond;
  const ratio = theirs ? ratioOf(ours.map(rate), theirs.map(rate)) : null;
  const growthMiB = Math.max(...growths) / mebibyte;
  return {
    kind: 'export',
    name,
    rows: ours[0]?.rows ?? 0,
    rowsPerSecond: spreadOf(ours.map(rate)),
    reference: theirs ? spreadOf(theirs.map(rate)) : null,
    ratio,
    aimRatio: ratio ? aimRatio : null,
    growthMiB,
    aimGrowthMiB,
    met: growthMiB <= aimGrowthMiB && (ratio === null || ratio.median >= aimRatio),
  };
}

/** What a whole run has time for. */
const clientsUnasked = 50_000;

/** Asked for by name: as many clients as are wished, and the invoices of two ledgers. Otherwise fewer clients, and no ledgers. */
export async function measureExport(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const sides = options.named
    ? await installWithLedgers(workplace, options.clients.at(-1) ?? clientsUnasked)
    : await install(workplace);
  const figures = [
    await besideCopy('csv', sides, options.rounds),
    await besideCopy('ndjson', sides, options.rounds),
  ];
  if (!options.named) return figures;
  // Minutes each, through a stand-in for SQL Server.
  for (const name of ['invoices.csv', 'invoices.ndjson']) figures.push(await alone(name, sides, 1));
  return figures;
}

async function installWithLedgers(workplace: Workplace, clients: number): Promise<Sides> {
  const { service, databaseUrl } = await installLedgers(workplace, { fill: (url) => seed(url, clients) });
  return { service, referenceUrl: await startReference(workplace, databaseUrl) };
}

async function install(workplace: Workplace): Promise<Sides> {
  const { databaseUrl, settings } = await keepDatabases(workplace);
  await seed(databaseUrl, clientsUnasked);
  const service = await startService(workplace, { dataDir: await makeDataDir(workplace), settings });
  return { service, referenceUrl: await startReference(workplace, databaseUrl) };
}

async function startReference(workplace: Workplace, databaseUrl: string): Promise<string> {
  const reference = await startHelper<ReferenceExportWish, { readonly port: number }>(
    workplace,
    new URL('./reference-export.ts', import.meta.url),
  );
  const { port } = await reference.ask({ databaseUrl });
  return `http://127.0.0.1:${port}`;
}
