/** What SQL Server says of a report's columns, without running it. */
import { InputRejected } from '../../../errors.ts';
import type { Company } from '../../../erp/companies.ts';
import type { RawRow } from '../../../erp/statement.ts';
import type { ReportValueType } from '../../report.ts';
import { bindReportSql } from '../sql-text/bind.ts';
import { judgeColumns, type FoundColumn, type JudgedColumns } from './columns.ts';
import { declaredTypes, serverNumber } from './sql-server-run.ts';
import type { RunParameter } from './value-forms.ts';

interface Question {
  readonly sql: string;
  readonly parameters: readonly RunParameter[];
  readonly signal: AbortSignal;
}

export async function describeSqlServer(company: Company, question: Question): Promise<JudgedColumns> {
  const rows = await rowsOf(company, question);
  const failed = rows.find((row) => row['error_number'] != null);
  if (failed) throw refused(textIn(failed, 'error_message') ?? 'SQL Server cannot describe it');
  return judgeColumns(rows.map(foundColumn));
}

async function rowsOf(company: Company, { sql, parameters, signal }: Question): Promise<readonly RawRow[]> {
  // A list without values would leave its parameter out, and with it what the server has to say of its type.
  const values = new Map(parameters.map(({ name, multiple }) => [name, multiple ? [''] : []]));
  const { text, places } = bindReportSql(sql, 'SQL_SERVER', parameters, values);
  const types = new Map(parameters.map(({ name, type }) => [name, type]));
  const declared = places.map(({ bound, name }) => `@${bound} ${declaredTypes[types.get(name) ?? 'TEXT']}`);
  const statement = [
    'SELECT d.name, d.system_type_name, d.error_number, d.error_message',
    `FROM sys.dm_exec_describe_first_result_set(${literal(text)}, ${literal(declared.join(', '))}, 0) AS d`,
    'ORDER BY d.column_ordinal',
  ].join('\n');
  try {
    return (await company.askNow({ shape: 'report columns', text: statement, parameters: [] }, signal)).rows;
  } catch (fault) {
    const said = serverNumber(fault) === undefined ? (fault as { readonly cause?: unknown }).cause : fault;
    // No values went with it, so the server's words quote nothing but the text.
    throw serverNumber(said) === undefined || !(said instanceof Error) ? fault : refused(said.message);
  }
}

const literal = (text: string): string => `N'${text.replaceAll("'", "''")}'`;

const refused = (message: string): InputRejected =>
  new InputRejected([{ path: 'sql', code: 'SQL_FAILED', message }]);

const textIn = (row: RawRow, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? value : null;
};

const valueTypes = new Map<string, ReportValueType>(
  Object.entries({
    bit: 'BOOLEAN',
    tinyint: 'INTEGER',
    smallint: 'INTEGER',
    int: 'INTEGER',
    bigint: 'INTEGER',
    decimal: 'DECIMAL',
    numeric: 'DECIMAL',
    money: 'DECIMAL',
    smallmoney: 'DECIMAL',
    float: 'DECIMAL',
    real: 'DECIMAL',
    date: 'DATE',
    time: 'TEXT',
    datetime: 'DATETIME',
    smalldatetime: 'DATETIME',
    datetime2: 'DATETIME',
    datetimeoffset: 'DATETIME',
    uniqueidentifier: 'TEXT',
    char: 'TEXT',
    varchar: 'TEXT',
    text: 'TEXT',
    nchar: 'TEXT',
    nvarchar: 'TEXT',
    ntext: 'TEXT',
    xml: 'TEXT',
  }),
);

function foundColumn(row: RawRow): FoundColumn {
  const called = textIn(row, 'system_type_name') ?? 'a type of its own';
  return { name: textIn(row, 'name'), type: valueTypes.get(called.replace(/\(.*$/, '')), called };
}
