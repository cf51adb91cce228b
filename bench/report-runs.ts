/** Runs SQL reports in a process of its own, whose memory is then theirs. Taken from the built program. */
import type * as DatabaseModule from '../src/crm-database/report-database.ts';
import type * as DoorModule from '../src/erp/guard/erp-door.ts';
import type * as RunnerModule from '../src/reports/sql-reports/running/sql-runner.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { answerMessages } from './helper-process.ts';

export interface ReportWish {
  readonly on: 'ERP' | 'CRM';
  readonly databaseUrl: string;
  readonly company: { readonly key: string; readonly name: string; readonly url: string };
  /** Its first column is a number. */
  readonly sql: string;
}

export interface ReportAnswer {
  readonly rows: number;
  /** Of the first column. */
  readonly sum: string;
}

const built = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../dist/${file}`, import.meta.url).href)) as Module;

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** A reader who rests now and then: the server must wait for him, and not this process's memory. */
const restMs = 20;
const restsEach = 50_000;

answerMessages<ReportWish, ReportAnswer>(async ({ on, databaseUrl, company, sql }) => {
  const { ReportDatabase } = await built<typeof DatabaseModule>('crm-database/report-database.js');
  const { createErpDoor } = await built<typeof DoorModule>('erp/guard/erp-door.js');
  const { SqlReportRunner } = await built<typeof RunnerModule>('reports/sql-reports/running/sql-runner.js');
  const database = new ReportDatabase({ url: databaseUrl, timeoutMs: 60_000, log });
  const config = { ...company, schema: 'kartoteka', timeZone: 'Europe/Warsaw' };
  const door = createErpDoor({ companies: [config], timeoutMs: 60_000, log });
  const runner = new SqlReportRunner(database);
  try {
    const run = await runner.open({
      target: on === 'CRM' ? { on } : { on, company: door.companies.reach(company.key) },
      sql,
      parameters: [],
      values: new Map(),
      maxRows: 10_000_000,
      maxBytes: 10_000_000_000,
      timeoutMs: 900_000,
      callerId: 'soak',
      signal: new AbortController().signal,
    });
    let [rows, sum] = [0, 0n];
    for await (const batch of run.rows) {
      if (Math.floor(rows / restsEach) < Math.floor((rows + batch.length) / restsEach)) await delay(restMs);
      rows += batch.length;
      for (const [cell] of batch) sum += BigInt(cell ?? '0');
    }
    return { rows, sum: String(sum) };
  } finally {
    await runner.close();
    await door.close();
    await database.close();
  }
});
