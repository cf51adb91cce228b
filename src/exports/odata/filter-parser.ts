/**
 * Filters as trees, by OData's own order of operators: `not` before comparisons, those before `and`, and that before `or`. What the words mean,
 * and whether there are such properties, filter-meaning.ts says. Written by hand because no parser of OData's filters is kept up
 * (docs/decisions/odata.md).
 */
import { rejectedAt, shown, Unsupported } from './faults.ts';
import { tokensOf, type Token } from './filter-tokens.ts';

const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

type LiteralType = 'null' | 'text' | 'number' | 'boolean' | 'date' | 'instant';

interface Placed {
  readonly at: number;
}
export interface LiteralNode extends Placed {
  readonly node: 'literal';
  readonly type: LiteralType;
  readonly value: string;
}
export type FilterNode =
  | (Placed & { readonly node: 'and' | 'or'; readonly parts: readonly FilterNode[] })
  | (Placed & { readonly node: 'not'; readonly of: FilterNode })
  | (Placed & {
      readonly node: 'compare';
      readonly operator: Comparison;
      readonly left: FilterNode;
      readonly right: FilterNode;
    })
  | (Placed & { readonly node: 'in'; readonly of: FilterNode; readonly list: readonly LiteralNode[] })
  | (Placed & { readonly node: 'call'; readonly name: string; readonly given: readonly FilterNode[] })
  | (Placed & { readonly node: 'property'; readonly name: string })
  | LiteralNode;

const deepest = 40;
const mostInList = 1_000;

const isComparison = (text: string): text is Comparison => comparisons.some((one) => one === text);
const arithmetic = ['add', 'sub', 'mul', 'div', 'divby', 'mod', 'has'];

class Parser {
  private place = 0;
  private depth = 0;

  constructor(
    private readonly option: string,
    private readonly tokens: readonly Token[],
  ) {}

  whole(): FilterNode {
    const node = this.either();
    if (this.next.kind !== 'end') throw this.unexpected('and, or, a comparison or the end');
    return node;
  }

  private get next(): Token {
    const token = this.tokens[this.place];
    if (!token) throw new Error('a filter was read beyond its end');
    return token;
  }

  private take(): Token {
    const token = this.next;
    this.place += 1;
    return token;
  }

  private isNext(kind: Token['kind'], text: string): boolean {
    return this.next.kind === kind && this.next.text === text;
  }

  private expect(sign: string): void {
    if (!this.isNext('sign', sign)) throw this.unexpected(shown(sign));
    this.place += 1;
  }

  private unexpected(wanted: string): Error {
    const { kind, text, at } = this.next;
    const found = kind === 'end' ? 'it ends' : `${shown(text)} stands`;
    return rejectedAt(this.option, at, 'SYNTAX', `${found} where ${wanted} is expected`);
  }

  private unsupported(what: string, at: number): Error {
    return new Unsupported(this.option, `${what} is not supported, at character ${at}`);
  }

  private joined(word: 'and' | 'or', part: () => FilterNode): FilterNode {
    const first = part();
    const parts = [first];
    while (this.isNext('name', word)) {
      this.place += 1;
      parts.push(part());
    }
    return parts.length === 1 ? first : { node: word, parts, at: first.at };
  }

  private either(): FilterNode {
    return this.joined('or', () => this.joined('and', () => this.equal()));
  }

  private equal(): FilterNode {
    return this.compared(['eq', 'ne'], () => this.compared(['gt', 'ge', 'lt', 'le'], () => this.listed()));
  }

  private compared(operators: readonly Comparison[], part: () => FilterNode): FilterNode {
    let left = part();
    for (;;) {
      const { kind, text, at } = this.next;
      if (kind !== 'name' || !isComparison(text) || !operators.includes(text)) return left;
      this.place += 1;
      left = { node: 'compare', operator: text, left, right: part(), at };
    }
  }

  private listed(): FilterNode {
    const left = this.single();
    const { kind, text, at } = this.next;
    if (kind !== 'name') return left;
    if (arithmetic.includes(text)) throw this.unsupported(`the operator ${text}`, at);
    if (text !== 'in') return left;
    this.place += 1;
    this.expect('(');
    const list = this.parted(() => this.literalOnly());
    if (list.length > mostInList)
      throw rejectedAt(this.option, at, 'TOO_MANY', `a list may have ${mostInList} values`);
    return { node: 'in', of: left, list, at };
  }

  private literalOnly(): LiteralNode {
    const node = this.single();
    if (node.node === 'literal') return node;
    throw rejectedAt(this.option, node.at, 'SYNTAX', 'a list holds values only');
  }

  /** Up to the closing bracket, which it takes. */
  private parted<Part>(part: () => Part): Part[] {
    const parts = [part()];
    while (this.isNext('sign', ',')) {
      this.place += 1;
      parts.push(part());
    }
    this.expect(')');
    return parts;
  }

  private single(): FilterNode {
    this.depth += 1;
    if (this.depth > deepest)
      throw rejectedAt(this.option, this.next.at, 'TOO_DEEP', `may be nested ${deepest} deep`);
    const node = this.primary();
    this.depth -= 1;
    return node;
  }

  private primary(): FilterNode {
    const { kind, text, at } = this.next;
    switch (kind) {
      case 'name':
        return this.named();
      case 'text':
      case 'number':
      case 'date':
      case 'instant':
        this.place += 1;
        return { node: 'literal', type: kind, value: text, at };
      case 'guid':
        throw rejectedAt(this.option, at, 'TYPE', 'ids are texts: write them between apostrophes');
      case 'sign':
        if (text !== '(') break;
        return this.bracketed();
      case 'end':
        break;
    }
    throw this.unexpected('a property, a value or a function');
  }

  private bracketed(): FilterNode {
    this.place += 1;
    const node = this.either();
    this.expect(')');
    return node;
  }

  private named(): FilterNode {
    const { text, at } = this.take();
    if (text === 'not') return { node: 'not', of: this.single(), at };
    if (text === 'null') return { node: 'literal', type: 'null', value: text, at };
    if (text === 'true' || text === 'false') return { node: 'literal', type: 'boolean', value: text, at };
    if (text.startsWith('$') || text.startsWith('@')) throw this.unsupported(shown(text), at);
    if (this.next.kind === 'text')
      throw rejectedAt(
        this.option,
        at,
        'SYNTAX',
        `OData 4 knows no ${text}'…': days are written 2026-01-31, instants 2026-01-31T08:00:00Z`,
      );
    if (this.isNext('sign', '/') || this.isNext('sign', ':'))
      throw this.unsupported('a path to the properties of another record', at);
    if (!this.isNext('sign', '(')) return { node: 'property', name: text, at };
    this.place += 1;
    if (this.isNext('sign', ')')) {
      this.place += 1;
      return { node: 'call', name: text, given: [], at };
    }
    return { node: 'call', name: text, given: this.parted(() => this.either()), at };
  }
}

/** Throws InputRejected with the place of what is wrong, and Unsupported. */
export const parseFilter = (option: string, text: string): FilterNode =>
  new Parser(option, tokensOf(option, text)).whole();
