/**
 * Everything that hangs on customers, from the first of them to the last and each one's in the order of keys, in portions that do not
 * grow with what a customer has: many customers' first few rows come in one statement, and whoever has more is gone on with alone.
 * Each key tells where to go on.
 */
import { InputRejected } from '../errors.ts';
import type { View } from './catalogue.ts';
import type { Company } from './companies.ts';
import { typedKey, type Key } from './key-list.ts';
import type { Narrow } from './parents.ts';
import { readRelated, type Declaration, type OrderColumn, type RelatedRow } from './related-read.ts';
import { bracketed, type Parameters } from './statement.ts';

/** Of each customer in one statement for several. */
const fewRows = 64;
/** Of one customer in one statement. */
const manyRows = 500;

export interface WalkQuestion {
  readonly customers: readonly string[];
  readonly customerColumn: string;
  readonly narrow: Narrow;
  /** Columns that `narrow` needs the view to have. */
  readonly needs: readonly string[];
  /** Where to begin among the rows of the first customer. */
  readonly from: { readonly key: Key; readonly inclusive: boolean } | undefined;
}

export interface WalkedRow<Fields> {
  readonly customerId: string;
  readonly row: RelatedRow<Fields>;
}

const refused = () =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is not a cursor of this set' }]);

/** `a >= @a AND (a > @a OR (a = @a AND b > @b))`, column by column so that an index serves. Throws InputRejected. */
function beyond(
  { key, inclusive }: NonNullable<WalkQuestion['from']>,
  columns: readonly string[],
  view: View,
  parameters: Parameters,
): string {
  const types = columns.map((name) => view.typeOf(name));
  const values = typedKey(types, key);
  if (!values) throw refused();
  const parts = types.map((type, index) => ({
    column: `v.${bracketed(columns[index] ?? '')}`,
    bound: parameters.bind(type, values[index] ?? null),
  }));
  const alternatives = parts.map((part, index) =>
    [
      ...parts.slice(0, index).map((equal) => `${equal.column} = ${equal.bound}`),
      `${part.column} ${inclusive && index === parts.length - 1 ? '>=' : '>'} ${part.bound}`,
    ].join(' AND '),
  );
  const [first] = parts;
  if (!first) throw refused();
  return `${first.column} >= ${first.bound} AND (${alternatives.map((one) => `(${one})`).join(' OR ')})`;
}

class Walk<Fields> {
  private readonly order: readonly OrderColumn[];

  constructor(
    private readonly company: Company,
    private readonly declaration: Declaration<Fields>,
    private readonly question: WalkQuestion,
    private readonly signal: AbortSignal,
  ) {
    this.order = declaration.key.map((column) => ({ column, direction: 'ASC' }));
  }

  async *all(): AsyncGenerator<readonly WalkedRow<Fields>[]> {
    const { customers, from } = this.question;
    const [first] = customers;
    if (first === undefined) return;
    if (from) yield* this.one(first, from);
    const others = from ? customers.slice(1) : customers;
    if (others.length === 0) return;
    const portions = await this.portions(others, fewRows, undefined);
    let batch: WalkedRow<Fields>[] = [];
    for (const [index, rows] of portions.entries()) {
      const customerId = others[index] ?? '';
      batch.push(...rows.map((row) => ({ customerId, row })));
      const last = rows.at(-1);
      if (!last || rows.length < fewRows) continue;
      yield batch;
      batch = [];
      yield* this.one(customerId, { key: last.key, inclusive: false });
    }
    yield batch;
  }

  private async *one(
    customerId: string,
    begin: NonNullable<WalkQuestion['from']>,
  ): AsyncGenerator<readonly WalkedRow<Fields>[]> {
    let from = begin;
    for (;;) {
      const [rows = []] = await this.portions([customerId], manyRows, from);
      yield rows.map((row) => ({ customerId, row }));
      const last = rows.at(-1);
      if (!last || rows.length < manyRows) return;
      from = { key: last.key, inclusive: false };
    }
  }

  /** A customer that is none of this ERP has nothing in it. Throws the first row's breach of the contract. */
  private async portions(
    customers: readonly string[],
    limit: number,
    from: WalkQuestion['from'],
  ): Promise<readonly (readonly RelatedRow<Fields>[])[]> {
    const { customerColumn, needs } = this.question;
    const narrow: Narrow = (parameters, view) => {
      const { joins, conditions } = this.question.narrow(parameters, view);
      const begun = from ? [beyond(from, this.declaration.key, view, parameters)] : [];
      return { joins, conditions: [...conditions, ...begun] };
    };
    const { rows, faults } = await readRelated(
      this.company,
      this.declaration,
      {
        by: [customerColumn],
        groups: customers.map((customer) => [[customer]]),
        order: this.order,
        limit,
        narrow,
        needs,
      },
      this.signal,
    );
    const [fault] = faults.values();
    if (fault) throw fault;
    const byCustomer = Map.groupBy(rows, ({ parent }) => parent);
    return customers.map((_, place) => byCustomer.get(place) ?? []);
  }
}

/** Batches of rows; an empty one is no end. Throws InputRejected for a key that is none of the view's, or why the company gave no answer. */
export const walkCustomers = <Fields>(
  company: Company,
  declaration: Declaration<Fields>,
  question: WalkQuestion,
  signal: AbortSignal,
): AsyncGenerator<readonly WalkedRow<Fields>[]> => new Walk(company, declaration, question, signal).all();
