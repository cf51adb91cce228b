import type { Token } from './lexer.ts';
import { tokenise } from './lexer.ts';
import type { Query } from './syntax.ts';
import { refuse } from './types.ts';

/**
 * Reads the parser's tree against an allow-list, and keeps the books: the parser is known to drop and to garble things in
 * silence, so every node is opened with the fields it may have, and every word of the source must be accounted for by
 * something that was read. What is left over on either side is refused by name.
 */
export class Reader {
  private readonly owed = new Map<string, number>();

  constructor(
    tokens: readonly Token[],
    readonly query: (reader: Reader, node: unknown) => Query,
  ) {
    for (const token of tokens) {
      const entry = entryOf(token);
      if (entry !== null) this.owed.set(entry, (this.owed.get(entry) ?? 0) + 1);
    }
  }

  /** Accounts for keywords, operators and the like, parted by blanks. */
  saw(words: string): void {
    for (const word of words.split(' ')) this.owed.set(word, (this.owed.get(word) ?? 0) - 1);
  }

  /** Accounts for a name, however it was quoted: an alias may even stand as a text. */
  sawName(name: string): string {
    const upper = name.toUpperCase();
    const entry = (this.owed.get(upper) ?? 0) > 0 ? upper : `'${name}`;
    this.owed.set(entry, (this.owed.get(entry) ?? 0) - 1);
    return name;
  }

  sawText(value: string, national: boolean): void {
    const entry = `${national ? 'N' : ''}'${value}`;
    this.owed.set(entry, (this.owed.get(entry) ?? 0) - 1);
  }

  /** Accounts for words that came back as one text, such as the name of a type. */
  sawWritten(written: string): void {
    for (const token of tokenise(written)) {
      const entry = entryOf(token);
      if (entry !== null) this.owed.set(entry, (this.owed.get(entry) ?? 0) - 1);
    }
  }

  /** Puts a word on the books that the parser was given beside the source. */
  owe(word: string): void {
    this.owed.set(word, (this.owed.get(word) ?? 0) + 1);
  }

  settle(): void {
    for (const [entry, count] of this.owed)
      if (count !== 0) throw refuse(`${entry.replace(/^'/u, "the text '")} where it stands`);
  }
}

const noise = new Set('( ) , ; . AS ASC OUTER INNER INTO ROWS ROW ONLY NEXT FIRST'.split(' '));
const oneForAnother: Readonly<Record<string, string>> = {
  NUMERIC: 'DECIMAL',
  DEC: 'DECIMAL',
  INTEGER: 'INT',
  '!=': '<>',
};

function entryOf(token: Token): string | null {
  switch (token.kind) {
    case 'word':
    case 'symbol':
      return noise.has(token.value) ? null : (oneForAnother[token.value] ?? token.value);
    case 'name':
      return noise.has(token.value.toUpperCase()) ? null : token.value.toUpperCase();
    case 'text':
      return `${token.national ? 'N' : ''}'${token.value}`;
    case 'binary':
      return `0x${token.value}`;
    case 'number':
      return token.value.toLowerCase();
    case 'variable':
      return token.value;
  }
}

type Raw = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Spelling, not meaning: what these fields tell is told by other fields too, or counted on the tokens. */
const spelling = new Set(
  `span leading_comments trailing_comments pre_alias_comments post_select_comments comments operator_comments
  left_comments inferred_type original_name alias_explicit_as alias_keyword quoted parenthesized columns_parenthesized
  nesting_group use_inner_keyword use_outer_keyword explicit_asc alias_first join_mark rows kind_text start_side_text
  end_side_text integer_spelling constraint_order has_constraint_keyword no_parens use_bracket_syntax
  numeric_spelling dec_spelling ordinal sql_standard_syntax`.split(/\s+/u),
);

/** One node of the parser's tree. Fields are taken one by one; `done` refuses a node that still has something to say. */
export class Node {
  private readonly taken = new Set<string>();

  private constructor(
    readonly kind: string,
    private readonly fields: Raw,
  ) {}

  /** Opens `{ kind: { … } }`. */
  static open(value: unknown): Node {
    if (!isRecord(value)) throw refuse('this syntax');
    const [kind, ...more] = Object.keys(value);
    if (kind === undefined || more.length > 0) throw refuse('this syntax');
    const fields = value[kind];
    return new Node(kind, isRecord(fields) ? fields : { '': fields });
  }

  /** Opens a record that says no kind of its own. */
  static plain(kind: string, value: unknown): Node {
    if (!isRecord(value)) throw refuse(`this ${kind}`);
    return new Node(kind, value);
  }

  static items(value: unknown): readonly unknown[] {
    if (!Array.isArray(value)) throw refuse('a list of this form');
    return value;
  }

  take(name: string): unknown {
    this.taken.add(name);
    return this.fields[name] ?? null;
  }

  list(name: string): readonly unknown[] {
    const value = this.take(name);
    return value === null ? [] : Node.items(value);
  }

  text(name: string): string {
    const value = this.take(name);
    if (typeof value !== 'string') throw refuse(`${name} of ${this.kind}`);
    return value;
  }

  flag(name: string): boolean {
    return this.take(name) === true;
  }

  /** The name in an identifier field, or null where the field is empty. */
  name(name: string): string | null {
    const value = this.take(name);
    return value === null ? null : nameIn(value);
  }

  names(name: string): string[] {
    return this.list(name).map(nameIn);
  }

  done(): void {
    for (const [name, value] of Object.entries(this.fields)) {
      const empty =
        value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
      if (!empty && !this.taken.has(name) && !spelling.has(name)) throw refuse(`${name} in ${this.kind}`);
    }
  }
}

function nameIn(value: unknown): string {
  if (isRecord(value) && typeof value.name === 'string') return value.name;
  throw refuse('a name of this form');
}
