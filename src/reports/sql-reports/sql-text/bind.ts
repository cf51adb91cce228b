import { InputRejected } from '../../../errors.ts';
import type { Problem } from '../../../errors.ts';
import { listPlace } from './parameters.ts';
import type { SqlParameter } from './parameters.ts';
import { cutIntoTokens } from './tokens.ts';
import type { SqlEngine, Token } from './tokens.ts';

/**
 * A report's text made ready for one run: the parameters' tokens become what the driver binds, and everything else stays
 * as it was written, byte for byte. Values never become part of the text.
 */
export interface BoundSql {
  readonly text: string;
  /** What to bind: for PostgreSQL in the order of $1, $2, …; for SQL Server by name. */
  readonly places: readonly BoundPlace[];
}

interface BoundPlace {
  /** What stands in the text: `name`, `name_0` (SQL Server, without @) or `$1` (PostgreSQL). */
  readonly bound: string;
  readonly name: string;
  /** Which of the parameter's values; null is to be bound where there is none. */
  readonly place: number;
}

export type ParameterValues = ReadonlyMap<string, readonly (string | null)[]>;

/** Lists are padded to these lengths with their last value, so that a server keeps few plans. */
const lengths = [1, 8, 32, 128, 512];
const mostValues = 512;

/** Throws InputRejected where values do not fit their parameters or the text cannot be cut. */
export function bindReportSql(
  text: string,
  engine: SqlEngine,
  parameters: readonly SqlParameter[],
  values: ParameterValues,
): BoundSql {
  const { tokens, problems } = cutIntoTokens(text, engine);
  const wrong = [...problems, ...parameters.flatMap((one) => valuesWrong(one, values.get(one.name) ?? []))];
  if (wrong.length > 0) throw new InputRejected(wrong);
  const binder = new Binder(engine, tokens, values);
  const declared = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  let bound = '';
  let from = 0;
  for (const [at, token] of tokens.entries()) {
    const parameter = token.kind === 'parameter' ? declared.get(token.value) : undefined;
    if (parameter === undefined) {
      if (token.kind === 'parameter') throw undeclared(token);
      continue;
    }
    const change = binder.replace(parameter, token, at);
    bound += text.slice(from, change.start) + change.text;
    from = change.end;
  }
  return { text: bound + text.slice(from), places: binder.places };
}

function valuesWrong({ name, multiple }: SqlParameter, values: readonly (string | null)[]): Problem[] {
  if (!multiple && values.length > 1)
    return [{ path: name, code: 'ONE_VALUE', message: `takes one value, not ${values.length}` }];
  if (values.length > mostValues)
    return [
      {
        path: name,
        code: 'TOO_MANY_VALUES',
        message: `takes ${mostValues} values at most, not ${values.length}`,
      },
    ];
  return [];
}

function undeclared({ value }: Token): InputRejected {
  const message = `the parameter ${value} is not declared`;
  return new InputRejected([{ path: 'sql', code: 'PARAMETER_UNDECLARED', message }]);
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

class Binder {
  private readonly byKey = new Map<string, BoundPlace>();

  constructor(
    private readonly engine: SqlEngine,
    private readonly tokens: readonly Token[],
    private readonly values: ParameterValues,
  ) {}

  get places(): readonly BoundPlace[] {
    return [...this.byKey.values()];
  }

  replace({ name, multiple, cast }: SqlParameter, token: Token, at: number): Change {
    if (!multiple) return { ...token, text: this.bind(name, name, 0, cast) };
    const given = (this.values.get(name) ?? []).flatMap((value, place) => (value === null ? [] : [place]));
    if (given.length === 0) return this.replaceEmpty(name, token, at);
    const length = lengths.find((one) => one >= given.length) ?? given.length;
    const last = given.length - 1;
    const list = Array.from({ length }, (_, index) =>
      this.bind(`${name}_${index}`, name, given[Math.min(index, last)] ?? 0, cast),
    );
    return { ...token, text: list.join(', ') };
  }

  /**
   * A list without values: nothing is in it, and everything is not in it, also under NOT and for NULL. `IN (NULL)` would
   * be neither. SQL Server takes an empty query, typed by the parameter; PostgreSQL would want a type there, which only an
   * array written as a text takes from what it is compared with.
   */
  private replaceEmpty(name: string, token: Token, at: number): Change {
    if (this.engine === 'SQL_SERVER')
      return { ...token, text: `SELECT ${this.bind(`${name}_0`, name, 0)} WHERE 1 = 0` };
    const place = listPlace(this.tokens, at);
    const [first, last] = [this.tokens[place?.first ?? at], this.tokens[place?.last ?? at]];
    const text = place?.isNegated === true ? "<> ALL ('{}')" : "= ANY ('{}')";
    return { start: first?.start ?? token.start, end: last?.end ?? token.end, text };
  }

  private bind(bound: string, name: string, place: number, cast?: string): string {
    const key = `${bound} of ${name}`;
    const isNamed = this.engine === 'SQL_SERVER';
    const known = this.byKey.get(key) ?? { bound: isNamed ? bound : `$${this.byKey.size + 1}`, name, place };
    this.byKey.set(key, known);
    if (isNamed) return `@${known.bound}`;
    return cast === undefined ? known.bound : `CAST(${known.bound} AS ${cast})`;
  }
}
