import { SqlServerError } from '../engine.ts';
import type { Parameter, SqlType } from '../engine.ts';
import type { TypedValue } from './typed-values.ts';

/** A parameter as the statement's own declaration has it: '@customer int, @since date'. */
export interface Declaration {
  readonly name: string;
  readonly type: SqlType;
}

const DECLARATION =
  /\s*(@[\p{L}\p{N}_@#$]+)\s+(?:as\s+)?\[?(\w+)\]?\s*(?:\(\s*(max|\d+)\s*(?:,\s*(\d+)\s*)?\)\s*)?(output\b|out\b|readonly\b)?\s*(,|$)/iuy;

const stringType = (
  name: 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'varbinary',
  size: string | undefined,
): SqlType => ({
  name,
  length: size?.toLowerCase() === 'max' ? -1 : Number(size ?? 1),
});

const declaredType = (word: string, size: string | undefined, scale: string | undefined): SqlType => {
  const name = word.toLowerCase();
  switch (name) {
    case 'bit':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'real':
    case 'date':
    case 'datetime':
    case 'smalldatetime':
    case 'money':
    case 'uniqueidentifier':
      return { name };
    case 'integer':
      return { name: 'int' };
    case 'smallmoney':
      return { name: 'money' };
    case 'float':
      return { name: Number(size ?? 53) <= 24 ? 'real' : 'float' };
    case 'decimal':
    case 'numeric':
    case 'dec':
      return { name: 'decimal', precision: Number(size ?? 18), scale: Number(scale ?? 0) };
    case 'time':
    case 'datetime2':
      return { name, scale: Number(size ?? 7) };
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'varbinary':
      return stringType(name, size);
    case 'binary':
    case 'image':
      return stringType('varbinary', name === 'image' ? 'max' : size);
    case 'text':
      return stringType('varchar', 'max');
    case 'ntext':
      return stringType('nvarchar', 'max');
    default:
      throw new SqlServerError(40000, `The sandbox does not take parameters of type ${name}.`);
  }
};

export const parseDeclarations = (text: string): readonly Declaration[] => {
  const declarations: Declaration[] = [];
  if (text.trim() === '') return declarations;
  const pattern = new RegExp(DECLARATION);
  for (let more = true; more;) {
    const [, name = '', word = '', size, scale, mark, separator] = pattern.exec(text) ?? [];
    if (name === '')
      throw new SqlServerError(102, `Incorrect syntax near '${text.slice(pattern.lastIndex)}'.`, 15);
    if (mark !== undefined)
      throw new SqlServerError(40000, `The sandbox does not take ${mark} parameters (${name}).`);
    declarations.push({ name, type: declaredType(word, size, scale) });
    more = separator === ',';
  }
  return declarations;
};

const rank = new Map<SqlType['name'], number>([
  ['bit', 0],
  ['tinyint', 1],
  ['smallint', 2],
  ['int', 3],
  ['bigint', 4],
]);

const isText = (type: SqlType): boolean => ['char', 'varchar', 'nchar', 'nvarchar'].includes(type.name);

/** Drivers send what they declare, give or take a length; only conversions that lose nothing are made. */
const convert = (declared: SqlType, sent: TypedValue, name: string): string | null => {
  const { type, value } = sent;
  if (value === null || type === null) return null;
  if (isText(declared) && isText(type) && 'length' in declared) {
    return declared.length === -1 ? value : value.slice(0, declared.length);
  }
  const wider = (rank.get(declared.name) ?? -1) >= (rank.get(type.name) ?? Number.POSITIVE_INFINITY);
  const losesDigits = 'scale' in declared && 'scale' in type && declared.scale < type.scale;
  if (!losesDigits && (wider || declared.name === type.name)) return value;
  throw new SqlServerError(
    206,
    `Operand type clash: ${type.name} is incompatible with ${declared.name} (${name}).`,
  );
};

export interface Argument extends TypedValue {
  /** With its leading @, or '' for one told by its place. */
  readonly name: string;
  readonly output: boolean;
  /** The client sent no value and wants the declared default. */
  readonly omitted: boolean;
}

/** Gives each declared parameter its value, by name where names were sent, else by place. */
export const bind = (
  declarations: readonly Declaration[],
  values: readonly Argument[],
): readonly Parameter[] => {
  if (values.length > declarations.length) {
    throw new SqlServerError(8144, 'Procedure or function has too many arguments specified.');
  }
  const named = new Map(values.map((value) => [value.name.toLowerCase(), value]));
  return declarations.map(({ name, type }, index) => {
    const atPlace = values[index];
    const argument = named.get(name.toLowerCase()) ?? (atPlace?.name === '' ? atPlace : undefined);
    if (argument === undefined || argument.omitted) {
      throw new SqlServerError(
        8178,
        `The parameterized query expects the parameter '${name}', which was not supplied.`,
      );
    }
    if (argument.output)
      throw new SqlServerError(40000, `The sandbox does not take output parameters (${name}).`);
    return { name, type, value: convert(type, argument, name) };
  });
};
