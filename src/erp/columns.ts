/**
 * What a record is made of: each function here declares one value by the view's columns it comes from, how it leaves SQL
 * exactly (amounts and days as text), and how it is read from the row. A value that the contract forbids, NULL where there
 * must be one, is an error that names view and column, never a default.
 */
import { ErpContract } from './erp-errors.ts';
import type { View } from './catalogue.ts';
import { keyText } from './key-types.ts';
import { bracketed, type RawRow } from './statement.ts';

export interface Place {
  readonly company: string;
  readonly view: View;
}

type ColumnKind = 'text' | 'amount' | 'day' | 'instant' | 'whole' | 'bit' | 'key';

export interface ColumnUse {
  readonly column: string;
  readonly kind: ColumnKind;
}

type Read<Value> = (row: RawRow) => Value;

export interface Shape<Value> {
  readonly columns: readonly ColumnUse[];
  /** A reader for the rows of one answer. */
  at(place: Place): Read<Value>;
}

function breach({ company, view }: Place, column: string, problem: string): ErpContract {
  return new ErpContract(company, { view: view.name, column }, `${view.name}.${column} ${problem}`);
}

function column<Value>(
  name: string,
  kind: ColumnKind,
  parse: (value: unknown, place: Place) => Value | undefined,
): Shape<Value> {
  return {
    columns: [{ column: name, kind }],
    at: (place) => (row) => {
      const value = row[name];
      if (value == null) throw breach(place, name, 'is NULL, which the contract forbids');
      const parsed = parse(value, place);
      if (parsed === undefined)
        throw breach(place, name, 'has a value of another type than the contract says');
      return parsed;
    },
  };
}

/** NULL in any of its columns makes it null. */
export function optional<Value>(shape: Shape<Value>): Shape<Value | null> {
  return {
    columns: shape.columns,
    at: (place) => {
      const read = shape.at(place);
      return (row) => (shape.columns.some(({ column: name }) => row[name] == null) ? null : read(row));
    },
  };
}

/** Blanks at the end are a char column's filling: two texts that differ only in them are equal to SQL Server, too. */
export const text = (name: string): Shape<string> =>
  column(name, 'text', (value) => (typeof value === 'string' ? value.trimEnd() : undefined));

/** Row numbers made in a view are bigint, which the driver reads as text. */
export const whole = (name: string): Shape<number> =>
  column(name, 'whole', (value) => {
    const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
  });

export const bit = (name: string): Shape<boolean> =>
  column(name, 'bit', (value) => (typeof value === 'boolean' ? value : undefined));

const amountForm = /^-?\d+\.\d{4}$/;

/** An exact number with four places, as text. */
export const amount = (name: string): Shape<string> =>
  column(name, 'amount', (value) =>
    typeof value === 'string' && amountForm.test(value) ? value : undefined,
  );

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

export const day = (name: string): Shape<string> =>
  column(name, 'day', (value) => (typeof value === 'string' && dayForm.test(value) ? value : undefined));

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?$/;

/** A moment that the ERP keeps in UTC: RFC 3339 with milliseconds. */
export const instant = (name: string): Shape<string> =>
  column(name, 'instant', (value) =>
    typeof value === 'string' && instantForm.test(value) ? new Date(`${value}Z`).toISOString() : undefined,
  );

/** A key's column, in text. */
export const key = (name: string): Shape<string> =>
  column(name, 'key', (value, { view }) => keyText(view.typeOf(name), value));

/** One of the contract's words. */
export function word<Word extends string>(name: string, words: readonly Word[]): Shape<Word> {
  const known = new Map<string, Word>(words.map((one) => [one, one]));
  return column(name, 'text', (value) =>
    typeof value === 'string' ? known.get(value.trimEnd()) : undefined,
  );
}

/** An amount with the currency that stands beside it. */
export const money = (name: string, currency = 'currency') =>
  record({ amount: amount(name), currency: text(currency) });

type Values<Fields> = {
  -readonly [Field in keyof Fields]: Fields[Field] extends Shape<infer Value> ? Value : never;
};

export function record<const Fields extends Readonly<Record<string, Shape<unknown>>>>(
  fields: Fields,
): Shape<Values<Fields>> {
  const shapes = Object.entries(fields);
  return {
    columns: shapes.flatMap(([, shape]) => shape.columns),
    at: (place) => {
      const readers = shapes.map(([name, shape]) => [name, shape.at(place)] as const);
      return (row) => Object.fromEntries(readers.map(([name, read]) => [name, read(row)])) as Values<Fields>;
    },
  };
}

/** The columns once each. */
export function distinctColumns(columns: readonly ColumnUse[]): readonly ColumnUse[] {
  return [...new Map(columns.map((use) => [use.column, use])).values()];
}

/**
 * How the column leaves SQL: the driver reads decimals as floats and days as instants, so neither may reach it. Each is
 * named outright: a server may label a bare column as its table spells it.
 */
export function outputOf({ column: name, kind }: ColumnUse, alias: string, view: View): string {
  return `${leaving(`${alias}.${bracketed(name)}`)} AS ${bracketed(name)}`;

  function leaving(bare: string): string {
    switch (kind) {
      case 'amount':
        return `CONVERT(varchar(40), CAST(${bare} AS decimal(19, 4)))`;
      case 'day':
        return `CONVERT(char(10), ${bare}, 23)`;
      case 'instant':
        return `CONVERT(varchar(33), ${bare}, 126)`;
      case 'key':
        return view.typeOf(name).name === 'decimal' ? `CONVERT(varchar(40), ${bare})` : bare;
      case 'text':
      case 'whole':
      case 'bit':
        return bare;
    }
  }
}
