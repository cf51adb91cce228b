/**
 * A report on the CRM's PostgreSQL. Parameters of a type are cast to it; texts take the type of what they are compared with, so that ids
 * can be. Cells are PostgreSQL's own text, brought into the form of report.ts.
 */
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import type { ReportDatabase } from '../../../crm-database/report-database.ts';
import type { CursorColumn } from '../../../crm-database/report-stream.ts';
import { InputRejected } from '../../../errors.ts';
import type { ReportValueType } from '../../report.ts';
import { bindReportSql, type ParameterValues } from '../sql-text/bind.ts';
import { judgeColumns, type FoundColumn, type JudgedColumns } from './columns.ts';
import { tellerOf, typeOf } from './postgresql-cells.ts';
import type { OpenReport } from './limited-rows.ts';
import type { RunParameter } from './value-forms.ts';

interface Question {
  readonly sql: string;
  readonly parameters: readonly RunParameter[];
  readonly values: ParameterValues;
  readonly timeoutMs: number;
  readonly callerId: string;
  readonly signal: AbortSignal;
}

const casts: Readonly<Record<ReportValueType, string | undefined>> = {
  TEXT: undefined,
  INTEGER: 'bigint',
  DECIMAL: 'numeric',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATETIME: 'timestamptz',
};

export async function openPostgresql(database: ReportDatabase, question: Question): Promise<OpenReport> {
  const stream = await cursorOf(database, question);
  const { columns, problems } = judgeColumns(stream.columns.map(foundColumn));
  if (problems.length > 0) {
    await stream.close();
    throw new InputRejected(problems);
  }
  const tellers = stream.columns.map(({ type }) => tellerOf(type));
  return {
    columns,
    close: () => stream.close(),
    async next() {
      try {
        const rows = await stream.next();
        return rows?.map((row) =>
          row.map((cell, place) => (cell === null ? null : (tellers[place]?.(cell) ?? cell))),
        );
      } catch (fault) {
        throw told(fault);
      }
    },
  };
}

/** Its cursor is opened, and nothing fetched. */
export async function describePostgresql(
  database: ReportDatabase,
  question: Omit<Question, 'values' | 'callerId'>,
): Promise<JudgedColumns> {
  const values = new Map(question.parameters.map(({ name, multiple }) => [name, multiple ? [''] : []]));
  // A list without values would leave its parameter out, and with it what the server has to say of its type.
  const stream = await cursorOf(database, { ...question, values, callerId: describing }, () => null);
  try {
    return judgeColumns(stream.columns.map(foundColumn));
  } finally {
    await stream.close();
  }
}

const foundColumn = ({ name, type }: CursorColumn): FoundColumn => ({
  name: name === '?column?' ? null : name,
  type: typeOf(type),
  called: 'bytea',
});

async function cursorOf(
  database: ReportDatabase,
  { sql, parameters, values, timeoutMs, callerId, signal }: Question,
  sent = (value: string | null): string | null => value,
) {
  const typed = parameters.map((parameter) => ({ ...parameter, cast: casts[parameter.type] }));
  const { text, places } = bindReportSql(sql, 'POSTGRESQL', typed, values);
  const given = places.map(({ name, place }) => sent(values.get(name)?.[place] ?? null));
  try {
    return await database.stream({ id: callerId, signal }, { text, values: given, limitMs: timeoutMs });
  } catch (fault) {
    throw callerId === describing ? inItsWords(fault) : told(fault);
  }
}

/** Classes of what is wrong with a query or its values, rather than with the server. */
const ofTheQuery = /^(?:0A|21|22|2F|42|54)/;

const isOfTheQuery = (fault: unknown): fault is pg.DatabaseError =>
  isNativeError(fault) && fault instanceof pg.DatabaseError && ofTheQuery.test(fault.code ?? '');

/** Without PostgreSQL's words: they quote values, of rows that the caller may not see. */
function told(fault: unknown): unknown {
  if (!isOfTheQuery(fault)) return fault;
  const message = `the database refuses the report with these values: SQL error ${fault.code ?? ''}`;
  return new InputRejected([{ path: 'sql', code: 'SQL_FAILED', message }]);
}

/** To whoever defines reports. */
const inItsWords = (fault: unknown): unknown =>
  isOfTheQuery(fault)
    ? new InputRejected([{ path: 'sql', code: 'SQL_FAILED', message: fault.message }])
    : fault;

const describing = 'describing';
