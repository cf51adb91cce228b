import type { Problem } from '../../../errors.ts';
import type { Dialect } from './dialect.ts';
import { parse } from './parser.ts';
import { problemAt } from './tokens.ts';
import type { Token } from './tokens.ts';
import { aside, treeWords } from './tree-words.ts';

/** What the parser's tree tells of a report, for comparing it with the outline. */
export interface Telling {
  /** Every text and every kind in the tree, in upper case, with its count; kinds begin with `kind `. */
  readonly said: ReadonlyMap<string, number>;
  readonly relations: readonly TreeRelation[];
  readonly selects: number;
  /** Words of the tree that no report may have. */
  readonly strange: readonly string[];
  readonly assigned: readonly string[];
}

interface TreeRelation {
  readonly name: string;
  /** Whether it is a common table of the report, where it stands. */
  readonly isCommon: boolean;
}

type Parsed =
  | { readonly kind: 'tree'; readonly telling: Telling }
  | { readonly kind: 'problem'; readonly problem: Problem };

export function readTree(text: string, tokens: readonly Token[], dialect: Dialect): Parsed {
  const plain = withoutComments(text, tokens);
  const result = parse(plain, dialect.parser);
  if (!result.success) {
    const message = `the parser does not understand the text: ${result.error ?? 'it does not say why'}`;
    const offset = offsetOf(plain, result.errorLine, result.errorColumn);
    return { kind: 'problem', problem: problemAt(text, offset, 'SQL_SYNTAX', message) };
  }
  const statements: unknown = result.ast;
  const [statement, ...more] = Array.isArray(statements) ? (statements as unknown[]) : [];
  if (!isRecord(statement) || more.length > 0)
    return { kind: 'problem', problem: problemAt(text, 0, 'NOT_ONE_STATEMENT', 'a report is one statement') };
  const [kind = ''] = Object.keys(statement);
  if (!/^(?:select|union|intersect|except)$/u.test(kind)) {
    const message = `a report is a SELECT, not ${kind.replaceAll('_', ' ')}`;
    return { kind: 'problem', problem: problemAt(text, 0, 'NOT_A_SELECT', message) };
  }
  const reader = new TreeReader(dialect);
  reader.read(statement, new Set());
  return { kind: 'tree', telling: reader };
}

/** The parser is given the tokens in their places and nothing else, so that it cannot misread a comment. */
function withoutComments(text: string, tokens: readonly Token[]): string {
  let plain = '';
  for (const { start, end } of tokens)
    plain += text.slice(plain.length, start).replace(/[^\n]/gu, ' ') + text.slice(start, end);
  return plain;
}

/** The parser tells the column after what it stumbled over; the line is what helps. */
function offsetOf(text: string, line = 1, column = 1): number {
  const before = text.split('\n').slice(0, Math.max(line - 1, 0));
  const begin = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(begin + Math.max(column - 1, 0), text.length);
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class TreeReader implements Telling {
  readonly said = new Map<string, number>();
  readonly relations: TreeRelation[] = [];
  readonly strange: string[] = [];
  readonly assigned: string[] = [];
  selects = 0;

  constructor(private readonly dialect: Dialect) {}

  read(value: unknown, common: ReadonlySet<string>): void {
    if (typeof value === 'string') this.say(value);
    if (typeof value === 'number') this.say(String(value));
    if (Array.isArray(value)) for (const item of value) this.read(item, common);
    if (!isRecord(value)) return;
    const scope = isRecord(value.with) ? this.readCommon(value.with, common) : common;
    const isNode = Object.keys(value).length === 1;
    for (const [word, content] of Object.entries(value)) {
      if (aside.has(word) || word === 'with' || (isEmpty(content) && !isNode)) continue;
      if (!treeWords.has(word.toLowerCase())) this.strange.push(word.replaceAll('_', ' '));
      this.say(`kind ${word}`);
      if (word === 'select') this.readSelect(content);
      if (word === 'table' && isNode && isRecord(content)) this.readRelation(content, scope);
      this.read(content, scope);
    }
  }

  private say(text: string): void {
    const key = text.toUpperCase();
    this.said.set(key, (this.said.get(key) ?? 0) + 1);
  }

  private readSelect(content: unknown): void {
    this.selects += 1;
    const items =
      isRecord(content) && Array.isArray(content.expressions) ? (content.expressions as unknown[]) : [];
    for (const item of items) {
      const left = isRecord(item) && isRecord(item.eq) && isRecord(item.eq.left) ? item.eq.left : {};
      const name = isRecord(left.column) && isRecord(left.column.name) ? left.column.name.name : '';
      if (typeof name === 'string' && name.startsWith('@')) this.assigned.push(name);
    }
  }

  /** Reads the common tables, each seeing those before it, and answers what the query itself sees. */
  private readCommon(list: Fields, outer: ReadonlySet<string>): ReadonlySet<string> {
    const tables = Array.isArray(list.ctes) ? (list.ctes as unknown[]) : [];
    let scope = outer;
    for (const table of tables) {
      const name = isRecord(table) ? this.nameIn(table.alias) : '';
      const own = new Set([...scope, this.compared(name)]);
      this.read(table, this.dialect.engine === 'SQL_SERVER' || list.recursive === true ? own : scope);
      scope = own;
    }
    for (const word of Object.keys(list))
      if (!treeWords.has(word) && !aside.has(word) && !isEmpty(list[word])) this.strange.push(word);
    return scope;
  }

  private readRelation(fields: Fields, common: ReadonlySet<string>): void {
    const parts = [fields.catalog, fields.schema, fields.name].filter(
      (part) => part !== null && part !== undefined,
    );
    const name = parts.map((part) => this.nameIn(part)).join('.');
    this.relations.push({ name, isCommon: parts.length === 1 && common.has(this.compared(name)) });
  }

  private nameIn(value: unknown): string {
    if (!isRecord(value) || typeof value.name !== 'string') return '';
    const isFolded = this.dialect.engine === 'POSTGRESQL' && value.quoted !== true;
    return isFolded ? value.name.toLowerCase() : value.name;
  }

  private compared(name: string): string {
    return this.dialect.engine === 'SQL_SERVER' ? name.toLowerCase() : name;
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
}
