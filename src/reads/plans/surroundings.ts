/** The row around a field: what its subselects need of it, and what is known of them because this row is seen. */
import { ownCard } from '../own-cards.ts';
import type { AnyDeclaration, DeclaredType } from './declared-type.ts';
import type { ToldColumns } from './shaping.ts';

/** The column by which others lead to a row. */
export const ownKey = 't.id';

export class Surroundings {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly alias: string,
    readonly declared: DeclaredType,
    private readonly toldColumns: ToldColumns = () => undefined,
  ) {}

  /** What the row around this one tells of its columns. */
  told(column: string): string | undefined {
    return this.toldColumns(column);
  }

  /** How a subselect refers to a column of this row. */
  key(column: string): string {
    const name = this.names.get(column) ?? `k${this.names.size}`;
    this.names.set(column, name);
    return `${this.alias}.${name}`;
  }

  /** Hands on what was asked for. */
  get join(): string {
    if (this.names.size === 0) return '';
    const columns = [...this.names].map(([column, name]) => `${column} AS ${name}`);
    return ` CROSS JOIN LATERAL (SELECT ${columns.join(', ')}) ${this.alias}`;
  }

  /** Whether the column leads to the card that this row belongs to: that is seen, as this row is. */
  isOwnCard({ card }: AnyDeclaration, column: string): boolean {
    return card === ownCard && this.declared.read.card === column;
  }

  /** Whether this row is a card, and what the relation leads to belongs to it: that is seen with it. */
  isOfOwnCard({ card, parents }: AnyDeclaration, parent: string): boolean {
    return this.declared.read.card === ownCard && card !== null && parents[parent] === card;
  }
}
