import { SqlServerError } from '../engine.ts';
import type { Batch } from '../engine.ts';
import { ProtocolViolation } from './bytes.ts';
import type { ByteReader } from './bytes.ts';
import { bind, parseDeclarations } from './declarations.ts';
import type { Argument, Declaration } from './declarations.ts';
import { readTypedValue } from './parameter-reading.ts';

/** A procedure called by name or by one of the numbers that TDS gives to a few of them. */
export interface Call {
  readonly procedure: string;
  readonly values: readonly Argument[];
}

const BY_NUMBER = 0xffff;
const procedureNames = [
  'sp_cursor',
  'sp_cursoropen',
  'sp_cursorprepare',
  'sp_cursorexecute',
  'sp_cursorprepexec',
  'sp_cursorunprepare',
  'sp_cursorfetch',
  'sp_cursoroption',
  'sp_cursorclose',
  'sp_executesql',
  'sp_prepare',
  'sp_execute',
  'sp_prepexec',
  'sp_prepexecrpc',
  'sp_unprepare',
];

const SEPARATORS: ReadonlySet<number> = new Set([0x80, 0xff]);
const SEPARATOR_WITHOUT_EXECUTION = 0xfe;
const Flag = { output: 0x01, omitted: 0x02 } as const;

/** Skips what TDS puts before every request: transaction and tracing, of which a single connection needs nothing. */
export const skipHeaders = (reader: ByteReader): void => {
  const length = reader.uint32();
  if (length < 4) throw new ProtocolViolation('headers shorter than their own length');
  reader.take(length - 4);
};

const readProcedure = (reader: ByteReader): string => {
  const length = reader.uint16();
  if (length !== BY_NUMBER) return reader.characters(length);
  const number = reader.uint16();
  return procedureNames[number - 1] ?? `procedure ${number}`;
};

const readArgument = (reader: ByteReader): Argument => {
  const name = reader.characters(reader.uint8());
  const flags = reader.uint8();
  return {
    name,
    output: (flags & Flag.output) !== 0,
    omitted: (flags & Flag.omitted) !== 0,
    ...readTypedValue(reader),
  };
};

const readCall = (reader: ByteReader): Call => {
  const procedure = readProcedure(reader);
  reader.uint16();
  const values: Argument[] = [];
  while (reader.remaining > 0 && !SEPARATORS.has(reader.peek())) {
    if (reader.peek() === SEPARATOR_WITHOUT_EXECUTION) {
      throw new SqlServerError(40000, 'The sandbox does not take calls without execution.');
    }
    values.push(readArgument(reader));
  }
  return { procedure, values };
};

export const readCalls = (reader: ByteReader): readonly Call[] => {
  skipHeaders(reader);
  const calls = [readCall(reader)];
  while (reader.remaining > 0) {
    reader.uint8();
    if (reader.remaining > 0) calls.push(readCall(reader));
  }
  return calls;
};

/** '[sys].[sp_executesql]' → 'sp_executesql'. */
const bareName = (procedure: string): string =>
  (procedure.split('.').at(-1) ?? '').replace(/^\[(.*)\]$/, '$1').toLowerCase();

const textOf = (values: readonly Argument[], index: number, what: string): string => {
  const type = values[index]?.type;
  const value = values[index]?.value;
  if (type?.name !== 'nvarchar' && type?.name !== 'nchar') {
    throw new SqlServerError(214, `Procedure expects parameter '${what}' of type 'ntext/nchar/nvarchar'.`);
  }
  return value ?? '';
};

interface PreparedStatement {
  readonly text: string;
  readonly declarations: readonly Declaration[];
}

const MOST_PREPARED = 10_000;

/** Statements kept under a handle until the client gives it back, its connection is reset or closes. */
export class PreparedStatements {
  readonly #statements = new Map<number, PreparedStatement>();
  #lastHandle = 0;

  add(text: string, declarations: readonly Declaration[]): number {
    if (this.#statements.size >= MOST_PREPARED) {
      throw new SqlServerError(40000, `The sandbox keeps ${MOST_PREPARED} prepared statements at most.`);
    }
    this.#lastHandle += 1;
    this.#statements.set(this.#lastHandle, { text, declarations });
    return this.#lastHandle;
  }

  get(handle: string | null | undefined): PreparedStatement {
    const statement = this.#statements.get(Number(handle));
    if (statement === undefined) {
      throw new SqlServerError(8179, `Could not find prepared statement with handle ${handle ?? 'NULL'}.`);
    }
    return statement;
  }

  remove(handle: string | null | undefined): void {
    this.get(handle);
    this.#statements.delete(Number(handle));
  }

  clear(): void {
    this.#statements.clear();
  }
}

/** What a call comes to: a batch to run, a handle to give back, or the session to reset. */
export type Meaning =
  | { readonly kind: 'execute'; readonly batch: Batch; readonly handle: number | null }
  | { readonly kind: 'prepare'; readonly text: string; readonly handle: number }
  | { readonly kind: 'unprepare' }
  | { readonly kind: 'reset' };

const prepare = (
  values: readonly Argument[],
  prepared: PreparedStatements,
): PreparedStatement & { handle: number } => {
  const declarations = values[1]?.value == null ? [] : parseDeclarations(textOf(values, 1, '@params'));
  const text = textOf(values, 2, '@stmt');
  return { text, declarations, handle: prepared.add(text, declarations) };
};

export const meaningOf = ({ procedure, values }: Call, prepared: PreparedStatements): Meaning => {
  switch (bareName(procedure)) {
    case 'sp_executesql': {
      const text = textOf(values, 0, '@statement');
      const declarations = values.length > 1 ? parseDeclarations(textOf(values, 1, '@params')) : [];
      return {
        kind: 'execute',
        batch: { text, parameters: bind(declarations, values.slice(2)) },
        handle: null,
      };
    }
    case 'sp_prepare': {
      const { text, handle } = prepare(values, prepared);
      return { kind: 'prepare', text, handle };
    }
    case 'sp_prepexec': {
      const { text, declarations, handle } = prepare(values, prepared);
      return { kind: 'execute', batch: { text, parameters: bind(declarations, values.slice(3)) }, handle };
    }
    case 'sp_execute': {
      const { text, declarations } = prepared.get(values[0]?.value);
      return {
        kind: 'execute',
        batch: { text, parameters: bind(declarations, values.slice(1)) },
        handle: null,
      };
    }
    case 'sp_unprepare':
      prepared.remove(values[0]?.value);
      return { kind: 'unprepare' };
    case 'sp_reset_connection':
      return { kind: 'reset' };
    default:
      throw new SqlServerError(2812, `Could not find stored procedure '${procedure}'.`, 16, 62);
  }
};
