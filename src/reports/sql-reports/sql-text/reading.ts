import { Frames } from './frames.ts';
import type { Frame } from './frames.ts';
import { isAliasList, isCommonTable, isGrammar, markUnit, readName, refuseKeyword } from './names-in-text.ts';
import type { Outline } from './outline.ts';
import { readFor, readOption, readWithParentheses } from './sql-server-clauses.ts';
import { readType, typeEnd } from './types-in-text.ts';

const ends = new Set('WHERE HAVING ORDER WINDOW LIMIT OFFSET FETCH FOR UNION INTERSECT EXCEPT'.split(' '));
const setOperators = ['UNION', 'ALL', 'DISTINCT', 'INTERSECT', 'EXCEPT'];

/** Reads the tokens from left to right and fills the outline. Knows of a query's grammar only what tells names apart. */
export class Reading {
  private readonly frames = new Frames();
  /** Parentheses that hold FOR XML. */
  private readonly xml = new Set<number>();
  private at = 0;

  constructor(private readonly outline: Outline) {}

  read(): void {
    for (this.at = 0; this.at < this.outline.tokens.length; this.at += 1) this.readToken();
  }

  private get frame(): Frame {
    return this.frames.top;
  }

  private readToken(): void {
    const { outline, at } = this;
    const token = outline.tokens[at];
    switch (token?.kind) {
      case 'symbol':
        return this.readSymbol(token.value);
      case 'parameter':
        return this.readParameter();
      case 'name':
        return this.readNamed();
      case 'word':
        return this.readWord(token.value);
      case 'text':
        if (outline.roles[at - 1] === 'name' || outline.tokens[at - 1]?.kind === 'text')
          outline.refuse(
            at,
            'FORBIDDEN_CONSTRUCT',
            'a text follows a name or a text: a new name needs AS, a type must be a known one',
          );
        return;
      case 'number':
      case 'dollar':
      case undefined:
        return;
    }
  }

  private readSymbol(symbol: string): void {
    const { outline, at, frame } = this;
    if (!outline.dialect.operators.has(symbol))
      outline.refuse(at, 'FORBIDDEN_CONSTRUCT', `the operator ${symbol} is not taken`);
    if (symbol === ':' && frame.after !== '[')
      outline.refuse(
        at,
        'FORBIDDEN_CONSTRUCT',
        'a colon stands before the name of a parameter or in a slice',
      );
    if (symbol === '(' || symbol === '[')
      this.frames.push(symbol === '(' ? (this.wordBefore() ?? '') : '[', at);
    if (symbol === ')' || symbol === ']') this.frames.pop();
    if (symbol === ',' && frame.clause === 'from') frame.expects = true;
    if (symbol === '::') this.at = Math.max(readType(outline, at + 1) - 1, at);
    if (symbol === '.' && outline.isSymbol(at - 1, ')')) this.readMember();
  }

  private wordBefore(): string | null {
    const before = this.outline.tokens[this.at - 1];
    if (this.outline.isWord(this.at - 1, 'LATERAL', 'ONLY')) return null;
    return before?.kind === 'name' || (before?.kind === 'word' && !this.isRelationWord(before.value))
      ? before.value
      : null;
  }

  private isRelationWord(word: string): boolean {
    return word === 'FROM' || word === 'JOIN' || word === 'APPLY';
  }

  /** `(…).name`: a part of a row, or a method. */
  private readMember(): void {
    const { outline, at } = this;
    if (outline.tokens[at + 1]?.kind !== 'word' && outline.tokens[at + 1]?.kind !== 'name') return;
    const open = outline.partner[at - 1] ?? -1;
    const isMethod = outline.isSymbol(at + 2, '(');
    const isValue = this.xml.has(open) && outline.written(at + 1) === 'value';
    if (isMethod && !isValue)
      outline.refuse(
        at + 1,
        'FORBIDDEN_FUNCTION',
        `the method ${outline.written(at + 1)} is not among those that a report may call`,
      );
    outline.roles[at + 1] = 'name';
    refuseKeyword(outline, at + 1);
    this.at = at + 1;
  }

  private readParameter(): void {
    const { outline, at, frame } = this;
    const isPart =
      outline.isSymbol(at - 1, '.') || outline.isSymbol(at + 1, '.') || outline.isSymbol(at + 1, '(');
    if (frame.expects || isPart || outline.isWord(at - 1, 'AS'))
      outline.refuse(
        at,
        'PARAMETER_PLACE',
        `the parameter ${outline.written(at)} stands where a name is due: a parameter is a value`,
      );
    frame.expects = false;
    if (this.frames.isGrouped(outline.dialect.functions.aggregates)) outline.inGroups.add(at);
  }

  private readWord(word: string): void {
    const { outline, at, frame } = this;
    if (outline.roles[at] === 'unit') return;
    const refusal = outline.dialect.refused.get(word);
    if (refusal !== undefined)
      outline.refuse(at, refusal.code, `${outline.written(at)} is not taken: ${refusal.reason}`);
    const isCall = outline.isSymbol(at + 1, '(') && outline.dialect.functions.allowed.has(word);
    if (outline.dialect.syntax.has(word) && !isCall) return this.readSyntax(word);
    if (word === 'APPLY' && outline.isWord(at - 1, 'CROSS', 'OUTER')) {
      outline.roles[at] = 'syntax';
      frame.expects = true;
      return;
    }
    if (
      !frame.expects &&
      !outline.isSymbol(at + 1, '.') &&
      isGrammar(outline, at, frame.clause === 'group')
    ) {
      outline.roles[at] = 'either';
      return;
    }
    if (frame.expects && word === 'ONLY') {
      outline.roles[at] = 'either';
      return;
    }
    if (!this.readTyped(word)) this.readNamed();
  }

  /** `date '2024-12-31'`. */
  private readTyped(word: string): boolean {
    const { outline, at } = this;
    if (outline.dialect.engine !== 'POSTGRESQL' || !outline.dialect.types.has(word)) return false;
    const end = typeEnd(outline, at);
    if (outline.tokens[end]?.kind !== 'text') return false;
    this.at = readType(outline, at) - 1;
    return true;
  }

  private readNamed(): void {
    const { outline, frame } = this;
    const start = this.at;
    const named = readName(outline, start);
    this.at = named.at;
    if (!outline.isSymbol(named.at + 1, '(')) {
      if (frame.expects) outline.relations.push(named);
      frame.expects = false;
      return;
    }
    const isList =
      named.parts.length === 1 &&
      ((frame.clause === 'from' && !frame.expects && isAliasList(outline, start)) ||
        (frame.clause === 'none' && isCommonTable(outline, start)));
    if (isList) return;
    outline.roles[named.at] = 'call';
    outline.calls.push(named);
    const name = outline.word(named.at) ?? '';
    markUnit(outline, name, named.at + 1);
    if (/^(?:TRY_)?CONVERT$/u.test(name)) {
      this.frames.push(name, named.at + 1);
      this.at = readType(outline, named.at + 2) - 1;
    }
  }

  private readSyntax(word: string): void {
    const { outline, at, frame } = this;
    outline.roles[at] = 'syntax';
    if (word === 'SELECT') return this.readSelect();
    if (word === 'FROM') return this.readFrom();
    if (word === 'JOIN') frame.expects = true;
    if (word === 'VALUES' || word === 'WITH') this.leaveRelations();
    if (word === 'GROUP' && !outline.isWord(at - 1, 'WITHIN')) frame.clause = 'group';
    if (ends.has(word)) frame.clause = 'other';
    if (word === 'CASE') frame.cases += 1;
    if (word === 'END') this.readEnd();
    if (word === 'AS' && /^(?:TRY_)?CAST$/u.test(frame.after)) this.at = readType(outline, at + 1) - 1;
    if (word === 'FETCH' && !outline.isWord(at + 1, 'NEXT', 'FIRST'))
      outline.refuse(at, 'FORBIDDEN_CONSTRUCT', 'FETCH is taken only as FETCH NEXT … ROWS ONLY');
    if (outline.dialect.engine === 'SQL_SERVER') this.readSqlServer(word);
  }

  private readSqlServer(word: string): void {
    const { outline, at, frame } = this;
    const isPivot = frame.after === 'PIVOT' || frame.after === 'UNPIVOT';
    if (word === 'WITH' && outline.isSymbol(at + 1, '(')) this.at = readWithParentheses(outline, at + 1);
    if (word === 'OPTION') this.at = readOption(outline, at);
    if (word !== 'FOR' || isPivot) return;
    this.at = readFor(outline, at);
    this.xml.add(frame.open);
  }

  /** What is due in these parentheses is not a relation after all, but a query. */
  private leaveRelations(): void {
    if (this.frame.expects) this.frame.clause = 'none';
    this.frame.expects = false;
  }

  private readEnd(): void {
    this.frame.cases -= 1;
    if (this.frame.cases < 0) this.outline.refuse(this.at, 'FORBIDDEN_CONSTRUCT', 'this END ends no CASE');
  }

  private readSelect(): void {
    const { outline, at, frame } = this;
    outline.selects += 1;
    const isFirst = at === frame.open + 1;
    const follows = outline.isWord(at - 1, ...setOperators);
    const isBody =
      outline.isWord(frame.open + 1, 'WITH') && frame.selects === 0 && outline.isSymbol(at - 1, ')');
    if (!isFirst && !follows && !isBody)
      outline.refuse(at, 'NOT_ONE_STATEMENT', 'a second SELECT begins here: a report is one statement');
    frame.clause = 'select';
    frame.expects = false;
    frame.selects += 1;
  }

  private readFrom(): void {
    const { outline, at, frame } = this;
    const isComparison =
      outline.isWord(at - 1, 'DISTINCT') &&
      (outline.isWord(at - 2, 'IS') || (outline.isWord(at - 2, 'NOT') && outline.isWord(at - 3, 'IS')));
    if (isComparison || frame.clause !== 'select') return;
    frame.clause = 'from';
    frame.expects = true;
  }
}
