import type { SqlType } from '../engine.ts';
import { exactFacets } from './types.ts';

/** What sys.columns and sys.types tell of a type, as SQL Server counts it. */
export interface TypeFacets {
  readonly id: number;
  /** In bytes; -1 for (max). */
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
}

export const collationName = 'Polish_CI_AS';

const typeIds: Readonly<Record<SqlType['name'], number>> = {
  uniqueidentifier: 36,
  date: 40,
  time: 41,
  datetime2: 42,
  tinyint: 48,
  smallint: 52,
  int: 56,
  smalldatetime: 58,
  real: 59,
  money: 60,
  datetime: 61,
  float: 62,
  bit: 104,
  decimal: 106,
  bigint: 127,
  varbinary: 165,
  varchar: 167,
  char: 175,
  nvarchar: 231,
  nchar: 239,
};

const bytes = { bit: 1, tinyint: 1, smallint: 2, int: 4, bigint: 8, money: 8 } as const;

const fixed: Readonly<
  Record<
    'date' | 'datetime' | 'smalldatetime' | 'float' | 'real' | 'uniqueidentifier',
    readonly [number, number, number]
  >
> = {
  date: [3, 10, 0],
  datetime: [8, 23, 3],
  smalldatetime: [4, 16, 0],
  float: [8, 53, 0],
  real: [4, 24, 0],
  uniqueidentifier: [16, 0, 0],
};

export function facetsOf(type: SqlType): TypeFacets {
  const [maxLength, precision, scale] = measures(type);
  return { id: typeIds[type.name], maxLength, precision, scale };
}

function measures(type: SqlType): readonly [number, number, number] {
  switch (type.name) {
    case 'decimal':
      return [decimalBytes(type.precision), type.precision, type.scale];
    case 'char':
    case 'varchar':
    case 'varbinary':
      return [type.length, 0, 0];
    case 'nchar':
    case 'nvarchar':
      return [type.length === -1 ? -1 : type.length * 2, 0, 0];
    case 'datetime2':
      return [scaledBytes(type.scale, 6), type.scale === 0 ? 19 : 20 + type.scale, type.scale];
    case 'time':
      return [scaledBytes(type.scale, 3), type.scale === 0 ? 8 : 9 + type.scale, type.scale];
    case 'bit':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'money': {
      const { precision, scale } = exactFacets(type);
      return [bytes[type.name], precision, scale];
    }
    case 'date':
    case 'datetime':
    case 'smalldatetime':
    case 'float':
    case 'real':
    case 'uniqueidentifier':
      return fixed[type.name];
  }
}

function decimalBytes(precision: number): number {
  if (precision <= 9) return 5;
  if (precision <= 19) return 9;
  return precision <= 28 ? 13 : 17;
}

function scaledBytes(scale: number, least: number): number {
  if (scale <= 2) return least;
  return scale <= 4 ? least + 1 : least + 2;
}

/** The rows of sys.types: the types the engine knows, each in its widest form. */
export const knownTypes: readonly SqlType[] = [
  { name: 'uniqueidentifier' },
  { name: 'date' },
  { name: 'time', scale: 7 },
  { name: 'datetime2', scale: 7 },
  { name: 'tinyint' },
  { name: 'smallint' },
  { name: 'int' },
  { name: 'smalldatetime' },
  { name: 'real' },
  { name: 'money' },
  { name: 'datetime' },
  { name: 'float' },
  { name: 'bit' },
  { name: 'decimal', precision: 38, scale: 38 },
  { name: 'bigint' },
  { name: 'varbinary', length: 8000 },
  { name: 'varchar', length: 8000 },
  { name: 'char', length: 8000 },
  { name: 'nvarchar', length: 4000 },
  { name: 'nchar', length: 4000 },
];
