/** The T-SQL engine over the test run's PostgreSQL, with a database of its own per test file. */
import { randomBytes } from 'node:crypto';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import type { Column, EngineSession, Parameter, SqlType, SqlValue } from '../../src/sandbox-erp/engine.ts';
import { createPostgresEngine } from '../../src/sandbox-erp/tsql/engine.ts';
import type { PostgresEngine, PostgresEngineOptions } from '../../src/sandbox-erp/tsql/engine.ts';

export interface ResultSet {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly SqlValue[])[];
}

export interface ArrangedEngine {
  readonly engine: PostgresEngine;
  readonly database: string;
  readonly session: EngineSession;
  open(user?: string): Promise<EngineSession>;
  /** All result sets of one batch. */
  ask(text: string, parameters?: readonly Parameter[]): Promise<ResultSet[]>;
  /** The rows of the only result set. */
  rows(text: string, parameters?: readonly Parameter[]): Promise<ResultSet['rows']>;
  close(): Promise<void>;
}

export function postgresUrl(): string {
  const url = process.env['KARTOTEKA_TEST_POSTGRES'];
  if (url === undefined) throw new Error('The shared test server is not running: run the tests with jest.');
  return url;
}

export async function arrangeEngine(
  options: Omit<PostgresEngineOptions, 'serverUrl'> = {},
): Promise<ArrangedEngine> {
  const engine = createPostgresEngine({ serverUrl: postgresUrl(), databasePrefix: 'tsql_', ...options });
  const database = `Test_${randomBytes(6).toString('hex')}`;
  await engine.createDatabase(database);
  const open = (user = 'sa'): Promise<EngineSession> => engine.open({ user, database });
  const session = await open();
  const ask: ArrangedEngine['ask'] = (text, parameters) => askOf(session, text, parameters);
  return {
    engine,
    database,
    session,
    open,
    ask,
    rows: async (text, parameters) => {
      const answers = await ask(text, parameters);
      const [only, ...more] = answers;
      if (only === undefined || more.length > 0) throw new Error(`${answers.length} result sets`);
      return only.rows;
    },
    close: async () => {
      await engine.close();
      await engine.dropDatabase(database);
    },
  };
}

/** Runs a batch in a session, and gives what it answers. */
export async function askOf(
  session: EngineSession,
  text: string,
  parameters: readonly Parameter[] = [],
  signal: AbortSignal = new AbortController().signal,
): Promise<ResultSet[]> {
  const answers: { columns: readonly Column[]; rows: (readonly SqlValue[])[] }[] = [];
  const sink = {
    columns: (columns: readonly Column[]): void => {
      answers.push({ columns, rows: [] });
    },
    row: (values: readonly SqlValue[]): void => {
      answers.at(-1)?.rows.push(values);
    },
    done: (): undefined => undefined,
  };
  await session.run({ text, parameters }, sink, signal);
  return answers;
}

/** The number of the error that a batch ends in, and its message. */
export async function faultOf(running: Promise<unknown>): Promise<{ number: number; message: string }> {
  try {
    await running;
  } catch (fault) {
    if (fault instanceof SqlServerError) return { number: fault.number, message: fault.message };
    throw fault;
  }
  throw new Error('it did not fail');
}

export function parameter(name: string, type: SqlType, value: SqlValue): Parameter {
  return { name, type, value };
}

export function typeOf({ type }: Column): string {
  if (type.name === 'decimal') return `decimal(${type.precision},${type.scale})`;
  if ('length' in type) return `${type.name}(${type.length === -1 ? 'max' : type.length})`;
  return 'scale' in type ? `${type.name}(${type.scale})` : type.name;
}
