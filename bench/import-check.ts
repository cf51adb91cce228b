/**
 * A file of clients of any size is imported in the same memory, every row once. Run as a program, with the number of rows, it prints
 * what it found as JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { residentBytes } from './resident-memory.ts';
import { databaseUrl, makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { ask } from './uploads.ts';
import { inWorkplace, type Workplace } from './workplace.ts';

const packageRoot = resolve(import.meta.dirname, '..');
const megabyte = 1_048_576;
const promisedGrowth = 64;

interface ImportFinding {
  readonly rows: number;
  readonly seconds: number;
  /** How many megabytes more the command had at the most in its second half than in the first, its start left out. */
  readonly grown: number;
  readonly faults: readonly string[];
}

export const importCheck: SoakCheck = {
  name: 'import',
  what: `clients of a CSV file become cards, each row once, and the command's memory grows by less than ${promisedGrowth} MB between the first half and the second`,
  unit: 'rows',
  count: 100_000,
  run: async (count, workplace) => {
    const { seconds, grown, faults } = await importRows(count, workplace);
    const found = `${Math.round(count / seconds)} rows a second, memory grew by ${grown} MB`;
    return { passed: faults.length === 0, found: [found, ...faults].join('; ') };
  },
};

function* fileOf(rows: number): Iterable<string> {
  yield 'kod;typ;nazwa;miejscowość;telefon;e-mail\n';
  for (let row = 0; row < rows; row += 1)
    yield `IMP-${row};soak-import;Firma numer ${row} sp. z o.o.;Łódź;60${String(row % 10_000_000).padStart(7, '0')};biuro${row}@firma.example\n`;
}

async function sizesWhile(pid: number, ended: Promise<unknown>): Promise<number[]> {
  const sizes: number[] = [];
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    // It may end between the question and the answer.
    const size = await residentBytes(pid).catch(() => undefined);
    if (size !== undefined) sizes.push(size);
    await delay(50);
  }
  return sizes;
}

async function importRows(rows: number, workplace: Workplace): Promise<ImportFinding> {
  const dataDir = await makeDataDir(workplace);
  const service = await startService(workplace, { dataDir, settings: { ERP_COMPANIES: '[]' } });
  await ask(service.url, 'mutation ($input: DefineCardTypeInput!) { defineCardType(input: $input) { id } }', {
    input: { key: 'soak-import', name: 'Import' },
  });
  const file = join(await workplace.folder(), 'klienci.csv');
  await pipeline(Readable.from(fileOf(rows)), createWriteStream(file));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'dist', 'server', 'import-clients.js'), file, '--commit'],
    {
      env: { PATH: process.env['PATH'], TZ: 'UTC', DATABASE_URL: await databaseUrl(service) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  workplace.onLeaving(() => Promise.resolve(void child.kill('SIGKILL')));
  let [out, errors] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out = (out + part.toString()).slice(-2_000)));
  child.stderr.on('data', (part: Buffer) => (errors = (errors + part.toString()).slice(-2_000)));
  const ended = once(child, 'close');
  const sizes = await sizesWhile(child.pid ?? 0, ended);
  const [code] = (await ended) as [number | null];
  const seconds = (performance.now() - began) / 1_000;
  const { clients } = await ask<{ clients: { totalCount: number } }>(
    service.url,
    '{ clients { totalCount } }',
    {},
  );
  await service.stop();
  const most = (from: number, to: number) =>
    Math.max(...sizes.slice(Math.floor(sizes.length * from), Math.ceil(sizes.length * to)));
  const grown = Math.round((most(0.5, 1) - most(0.1, 0.5)) / megabyte);
  const faults = [
    ...(code === 0 ? [] : [`the command ended with ${code}: ${out}${errors}`]),
    ...(clients.totalCount === rows ? [] : [`${clients.totalCount} cards are there`]),
    ...(grown < promisedGrowth ? [] : ['the memory grew with the file']),
  ];
  return { rows, seconds, grown, faults };
}

const [, program, rows] = process.argv;
if (program === import.meta.filename) {
  const finding = await inWorkplace((workplace) => importRows(Number(rows), workplace));
  process.stdout.write(`${JSON.stringify(finding)}\n`);
}
