/**
 * A report on a company's SQL Server. Decimals travel as text and become variables of their type in the same batch, as the driver
 * would take them through doubles. Moments have no zone there: they are told as they stand, 'YYYY-MM-DDTHH:MM:SS.fff', and a parameter's
 * instant becomes the company's local time before it is compared.
 */
import { InputRejected } from '../../../errors.ts';
import type { Company } from '../../../erp/companies.ts';
import { ErpContract } from '../../../erp/erp-errors.ts';
import type { SqlType, SqlValue, Statement, StatementParameter } from '../../../erp/statement.ts';
import type { ReportValueType } from '../../report.ts';
import { bindReportSql, type ParameterValues } from '../sql-text/bind.ts';
import { judgeColumns } from './columns.ts';
import { localMoment } from './local-moment.ts';
import { cellsOf, foundColumn } from './sql-server-cells.ts';
import type { OpenReport } from './limited-rows.ts';
import type { RunParameter } from './value-forms.ts';

interface Question {
  readonly sql: string;
  readonly parameters: readonly RunParameter[];
  readonly values: ParameterValues;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What the server takes of parameters, less what is its own. */
const mostPlaces = 2_090;

export async function openSqlServer(company: Company, question: Question): Promise<OpenReport> {
  const statement = statementOf(company, question);
  const stream = await company
    .stream(statement, question.signal, question.timeoutMs)
    .catch((fault: unknown) => {
      throw told(company, fault);
    });
  const { columns, problems } = judgeColumns(stream.columns.map(foundColumn));
  const [wrong] = problems;
  if (wrong) {
    await stream.close();
    throw new ErpContract(company.key, {}, wrong.message);
  }
  const cells = cellsOf(stream.columns);
  return {
    columns,
    close: () => stream.close(),
    async next() {
      try {
        return (await stream.next())?.map(cells);
      } catch (fault) {
        throw told(company, fault);
      }
    },
  };
}

/** The door takes what the server cannot read for a fault of this service: here it is the report's. */
function told(company: Company, fault: unknown): unknown {
  const number = serverNumber(fault);
  return number === undefined ? fault : new ErpContract(company.key, {}, `SQL error ${number}`, fault);
}

/** Of an error as SQL Server tells it, and the door lets through. */
export function serverNumber(fault: unknown): number | undefined {
  if (!(fault instanceof Error) || !('number' in fault)) return undefined;
  return typeof fault.number === 'number' ? fault.number : undefined;
}

function statementOf(company: Company, { sql, parameters, values }: Question): Statement {
  const { text, places } = bindReportSql(sql, 'SQL_SERVER', parameters, values);
  if (places.length > mostPlaces) {
    const message = `these are ${places.length} values together, and SQL Server takes ${mostPlaces} at most`;
    throw new InputRejected([{ path: 'parameters', code: 'TOO_MANY_VALUES', message }]);
  }
  const types = new Map(parameters.map(({ name, type }) => [name, type]));
  const taken = new Set(places.map(({ bound }) => bound.toLowerCase()));
  const declared: string[] = [];
  const sent = places.map(({ bound, name, place }): StatementParameter => {
    const type = types.get(name) ?? 'TEXT';
    const value = values.get(name)?.[place] ?? null;
    if (type !== 'DECIMAL')
      return { name: bound, type: sentTypes[type], value: sentValue(type, value, company.timeZone) };
    const asText = freeName(bound, taken);
    declared.push(
      `DECLARE @${bound} ${declaredTypes.DECIMAL} = CAST(@${asText} AS ${declaredTypes.DECIMAL});`,
    );
    return { name: asText, type: { name: 'varchar', length: 60 }, value };
  });
  return { shape: 'report', text: [...declared, text].join('\n'), parameters: sent };
}

function freeName(bound: string, taken: Set<string>): string {
  let name = `${bound}_text`;
  while (taken.has(name.toLowerCase())) name += '_';
  taken.add(name.toLowerCase());
  return name;
}

const sentTypes: Readonly<Record<Exclude<ReportValueType, 'DECIMAL'>, SqlType>> = {
  TEXT: { name: 'nvarchar', length: 4_000 },
  INTEGER: { name: 'bigint' },
  BOOLEAN: { name: 'bit' },
  DATE: { name: 'date' },
  DATETIME: { name: 'datetime2' },
};

/** The same as the server writes them. */
export const declaredTypes: Readonly<Record<ReportValueType, string>> = {
  TEXT: 'nvarchar(4000)',
  INTEGER: 'bigint',
  DECIMAL: 'decimal(38, 10)',
  BOOLEAN: 'bit',
  DATE: 'date',
  DATETIME: 'datetime2(3)',
};

function sentValue(type: ReportValueType, value: string | null, timeZone: string): SqlValue {
  if (value === null) return null;
  if (type === 'BOOLEAN') return value === 'true' ? 1 : 0;
  return type === 'DATETIME' ? localMoment(value, timeZone) : value;
}
