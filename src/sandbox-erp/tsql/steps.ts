import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import type { Token } from './lexer.ts';
import { textOf, tokenise } from './lexer.ts';
import { checkOption } from './options.ts';
import { checkStart, isStarter, statementEnd } from './statement-end.ts';
import { readType, refuse } from './types.ts';

/**
 * A batch as its steps. Statements need no semicolon between them, so they are told apart by the words that can start
 * one; what steers a session (SET, DECLARE, IF, BEGIN TRANSACTION …) is read here, the rest is left for the parser.
 */
export type Step = { readonly line: number } & (
  | { readonly kind: 'sql'; readonly tokens: readonly Token[] }
  | { readonly kind: 'option'; readonly name: string; readonly value: string }
  | { readonly kind: 'declare'; readonly name: string; readonly type: SqlType }
  | { readonly kind: 'assign'; readonly name: string; readonly tokens: readonly Token[] }
  | { readonly kind: 'begin' | 'commit' | 'rollback' }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'wait'; readonly seconds: number }
  | {
      readonly kind: 'if';
      readonly condition: readonly Token[];
      readonly then: readonly Step[];
      readonly otherwise: readonly Step[];
    }
);

export function readSteps(text: string): Step[] {
  return new StepReader(text, tokenise(text)).all();
}

class StepReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  all(): Step[] {
    const steps: Step[] = [];
    while (this.skipSemicolons()) steps.push(...this.statement());
    return steps;
  }

  private skipSemicolons(): boolean {
    while (this.tokens[this.at]?.value === ';' && this.tokens[this.at]?.kind === 'symbol') this.at += 1;
    return this.at < this.tokens.length;
  }

  private peek(ahead = 0): string {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'word' || token?.kind === 'symbol' ? token.value : '';
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (token === undefined)
      throw new SqlServerError(102, `Incorrect syntax near '${this.tokens.at(-1)?.value ?? ''}'.`, 15);
    this.at += 1;
    return token;
  }

  private accept(word: string): boolean {
    if (this.peek() !== word) return false;
    this.at += 1;
    return true;
  }

  private expect(word: string): void {
    const token = this.next();
    if (token.value.toUpperCase() !== word)
      throw new SqlServerError(102, `Incorrect syntax near '${token.value}'.`, 15, 1, token.line);
  }

  /** Everything up to where the next statement starts. */
  private rest(): readonly Token[] {
    const start = this.at;
    this.at = statementEnd(this.tokens, start);
    return this.tokens.slice(start, this.at);
  }

  private statement(): Step[] {
    const line = this.tokens[this.at]?.line ?? 1;
    switch (this.peek()) {
      case 'SET':
        return this.set(line);
      case 'DECLARE':
        return this.declare(line);
      case 'BEGIN':
        return this.begin(line);
      case 'COMMIT':
      case 'ROLLBACK':
        return [{ kind: this.transactionEnd(), line }];
      case 'USE':
        this.at += 1;
        return [{ kind: 'use', database: this.next().value, line }];
      case 'PRINT':
        this.rest();
        return [];
      case 'WAITFOR':
        return [this.wait(line)];
      case 'IF':
        return [this.condition(line)];
      default: {
        const [first] = this.tokens.slice(this.at);
        if (first !== undefined && !isStarter(first) && first.value !== '(') throw this.unknownStart(first);
        checkStart(this.peek(), this.peek(1));
        return [{ kind: 'sql', tokens: this.rest(), line }];
      }
    }
  }

  private unknownStart(token: Token): SqlServerError {
    const written = textOf(this.text, [token]);
    return new SqlServerError(102, `Incorrect syntax near '${written}'.`, 15, 1, token.line);
  }

  private set(line: number): Step[] {
    this.at += 1;
    const first = this.next();
    if (first.kind === 'variable') {
      this.expect('=');
      return [{ kind: 'assign', name: first.value.toLowerCase(), tokens: this.rest(), line }];
    }
    if (first.value === 'TRANSACTION') return [this.isolation(line)];
    const names = [first.value];
    while (this.accept(',')) names.push(this.next().value);
    if (first.value === 'IDENTITY_INSERT') while (this.peek(1) === '.' || this.peek(0) === '.') this.at += 1;
    if (first.value === 'IDENTITY_INSERT') this.at += 1;
    const sign = this.accept('-') ? '-' : '';
    const value = `${sign}${this.next().value}`.toUpperCase();
    return names.map((name) => ({ kind: 'option', name, value: checkOption(name, value), line }));
  }

  private isolation(line: number): Step {
    this.expect('ISOLATION');
    this.expect('LEVEL');
    const first = this.next().value.toUpperCase();
    const value =
      first === 'READ' || first === 'REPEATABLE' ? `${first} ${this.next().value.toUpperCase()}` : first;
    return { kind: 'option', name: 'ISOLATION', value: checkOption('ISOLATION', value), line };
  }

  private declare(line: number): Step[] {
    this.at += 1;
    const steps: Step[] = [];
    do {
      const token = this.next();
      if (token.kind !== 'variable') throw this.unknownStart(token);
      const name = token.value.toLowerCase();
      this.accept('AS');
      if (this.peek() === 'TABLE' || this.peek() === 'CURSOR')
        throw refuse(`a variable of type ${this.peek()}`);
      steps.push({ kind: 'declare', name, type: this.type(), line });
      if (this.accept('=')) steps.push({ kind: 'assign', name, tokens: this.untilComma(), line });
    } while (this.accept(','));
    return steps;
  }

  private type(): SqlType {
    const start = this.at;
    this.at += 1;
    if (this.peek() === '(') while (this.next().value !== ')');
    return readType(textOf(this.text, this.tokens.slice(start, this.at)), 1);
  }

  private untilComma(): readonly Token[] {
    const start = this.at;
    const all = this.rest();
    let depth = 0;
    const comma = all.findIndex((token) => {
      if (token.kind !== 'symbol') return false;
      if (token.value === '(') depth += 1;
      if (token.value === ')') depth -= 1;
      return token.value === ',' && depth === 0;
    });
    if (comma < 0) return all;
    this.at = start + comma;
    return all.slice(0, comma);
  }

  private begin(line: number): Step[] {
    this.at += 1;
    if (this.accept('TRAN') || this.accept('TRANSACTION')) {
      if (this.tokens[this.at]?.kind === 'variable') throw refuse('a transaction named by a variable');
      this.transactionName();
      return [{ kind: 'begin', line }];
    }
    if (['TRY', 'CATCH', 'DISTRIBUTED'].includes(this.peek())) throw refuse(`BEGIN ${this.peek()}`);
    const steps: Step[] = [];
    while (this.skipSemicolons() && this.peek() !== 'END') steps.push(...this.statement());
    this.expect('END');
    return steps;
  }

  /** A name after BEGIN TRANSACTION tells nothing here: only ROLLBACK to a savepoint would need it. */
  private transactionName(): void {
    const token = this.tokens[this.at];
    if (
      token?.kind === 'name' ||
      (token?.kind === 'word' && !isStarter(token) && token.value !== 'END' && token.value !== 'ELSE')
    )
      this.at += 1;
  }

  private transactionEnd(): 'commit' | 'rollback' {
    const kind = this.next().value === 'COMMIT' ? 'commit' : 'rollback';
    const spelt = this.accept('TRAN') || this.accept('TRANSACTION') || this.accept('WORK');
    if (spelt) {
      const before = this.at;
      this.transactionName();
      if (this.at > before && kind === 'rollback') throw refuse('ROLLBACK to a name');
    }
    return kind;
  }

  private wait(line: number): Step {
    this.at += 1;
    if (this.peek() !== 'DELAY') throw refuse('WAITFOR other than DELAY');
    this.at += 1;
    const token = this.next();
    const parts = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d{1,3})?))?$/u.exec(token.value);
    if (token.kind !== 'text' || parts === null)
      throw refuse('a WAITFOR DELAY that is not written as a time');
    const [hours, minutes, seconds] = [parts[1], parts[2], parts[3]].map((part) => Number(part ?? 0));
    return { kind: 'wait', seconds: (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0), line };
  }

  private condition(line: number): Step {
    this.at += 1;
    const condition = this.rest();
    const then = this.branch();
    this.skipSemicolons();
    const otherwise = this.accept('ELSE') ? this.branch() : [];
    return { kind: 'if', condition, then, otherwise, line };
  }

  private branch(): Step[] {
    if (!this.skipSemicolons()) throw new SqlServerError(102, "Incorrect syntax near 'IF'.", 15);
    return this.statement();
  }
}
