/** Cells of SQL Server as text: what the driver makes of them, undone without a digit lost, or refused. */
import { InputRejected } from '../../../errors.ts';
import type { StreamedColumn, StreamedRow } from '../../../erp/pool-stream.ts';
import type { ReportValueType } from '../../report.ts';
import type { FoundColumn } from './columns.ts';
import type { Cells } from './limited-rows.ts';
import { decimalText, exactDigits, floatText, realText } from './number-text.ts';

type Known = Exclude<StreamedColumn['type'], undefined>;

const valueTypes: Readonly<Record<Known, ReportValueType>> = {
  bit: 'BOOLEAN',
  int: 'INTEGER',
  bigint: 'INTEGER',
  decimal: 'DECIMAL',
  money: 'DECIMAL',
  float: 'DECIMAL',
  real: 'DECIMAL',
  date: 'DATE',
  time: 'TEXT',
  datetime: 'DATETIME',
  datetimeoffset: 'DATETIME',
  uniqueidentifier: 'TEXT',
  text: 'TEXT',
};

export const foundColumn = ({ name, type }: StreamedColumn): FoundColumn => ({
  name,
  type: type === undefined ? undefined : valueTypes[type],
  called: type ?? 'bytes or a variant',
});

/** Undefined: it cannot be told exactly. */
type Teller = (value: unknown) => string | undefined;

const moneyScale = 4;

function tellerOf({ type, scale }: StreamedColumn): Teller {
  switch (type) {
    case 'decimal':
      return (value) => decimalText(Number(value), scale);
    case 'money':
      return (value) => decimalText(Number(value), moneyScale);
    case 'float':
      return (value) => floatText(Number(value));
    case 'real':
      return (value) => realText(Number(value));
    case 'date':
      return (value) => momentText(value)?.slice(0, 10);
    case 'time':
      return (value) => momentText(value)?.slice(11);
    case 'datetime':
      return momentText;
    case 'datetimeoffset':
      return (value) => momentText(value)?.concat('Z');
    case 'uniqueidentifier':
      return (value) => String(value).toLowerCase();
    case 'bit':
    case 'int':
    case 'bigint':
    case 'text':
    case undefined:
      return String;
  }
}

/** With the digits beyond milliseconds that the driver keeps beside its Date, where there are any. */
function momentText(value: unknown): string | undefined {
  if (!(value instanceof Date)) return undefined;
  const text = value.toISOString().slice(0, -1);
  const beyond: unknown = 'nanosecondsDelta' in value ? value.nanosecondsDelta : 0;
  const tenMillionths = typeof beyond === 'number' ? Math.round(beyond * 10_000_000) : 0;
  return tenMillionths === 0 ? text : text + String(tenMillionths).padStart(4, '0').replace(/0+$/, '');
}

export function cellsOf(columns: readonly StreamedColumn[]): (row: StreamedRow) => Cells {
  const tellers = columns.map((column) => ({ column, tell: tellerOf(column) }));
  return (row) =>
    tellers.map(({ column, tell }, place) => {
      const value = row[place];
      if (value === null || value === undefined) return null;
      const text = tell(value);
      if (text === undefined) throw inexact(column);
      return text;
    });
}

/** Not the ERP's fault, but the text's: it can be written so that nothing is lost. */
const inexact = ({ name }: StreamedColumn): InputRejected =>
  new InputRejected([
    {
      path: 'sql',
      code: 'COLUMN_DIGITS',
      message:
        `${name} holds a number of more than ${exactDigits} digits, which does not come through exactly: ` +
        'let the report CAST it to fewer, as decimal(19, 4), or CONVERT it to varchar',
    },
  ]);
