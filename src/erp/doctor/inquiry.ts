/**
 * The doctor's way of asking: one statement after the other, each within the limit, through the company's own door. What a
 * check may not see or has no time for is its own answer, never the end of the examination.
 */
import { DomainError } from '../../errors.ts';
import type { Company } from '../companies.ts';
import { ErpTimeout, ErpUnavailable } from '../erp-errors.ts';
import { driverFault } from '../pool-errors.ts';
import { bracketed, type RawRow, type StatementParameter } from '../statement.ts';

/** A check that takes longer says that it is at work. */
const silentMs = 3_000;

export class Inquiry {
  constructor(
    readonly company: Company,
    private readonly limitMs: number,
    private readonly progress: (text: string) => void,
    /** How many times as long as usual a read may take before it is called slow. */
    readonly patience = 1,
  ) {}

  /** A view's name as statements have it. */
  table(view: string): string {
    return `${bracketed(this.company.schema)}.${bracketed(view)}`;
  }

  rows(
    shape: string,
    text: string,
    parameters: readonly StatementParameter[] = [],
  ): Promise<readonly RawRow[]> {
    return this.within(shape, async (signal) => {
      const { rows } = await this.company.ask({ shape: `doctor: ${shape}`, text, parameters }, signal);
      return rows;
    });
  }

  /** For what the readers ask by themselves. */
  async within<Value>(shape: string, ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const working = setTimeout(() => this.progress(`${this.company.key}: ${shape} …`), silentMs);
    try {
      return await ask(AbortSignal.timeout(this.limitMs));
    } finally {
      clearTimeout(working);
    }
  }

  async timed(
    shape: string,
    ask: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<{ readonly ms: number; readonly fault?: unknown }> {
    const began = performance.now();
    try {
      await this.within(shape, ask);
      return { ms: Math.round(performance.now() - began) };
    } catch (fault) {
      if (!isTold(fault)) throw fault;
      return { ms: Math.round(performance.now() - began), fault };
    }
  }

  /** What `ask` gives, or in words why it gives nothing. Throws only where the company is not there any more. */
  async tried<Value>(
    ask: () => Promise<Value>,
  ): Promise<{ readonly value: Value } | { readonly untold: string }> {
    try {
      return { value: await ask() };
    } catch (fault) {
      if (!isTold(fault)) throw fault;
      return { untold: this.reason(fault) };
    }
  }

  /** Numbers and words of our own: a server's message may hold values. */
  reason(fault: unknown): string {
    if (fault instanceof ErpTimeout) {
      const number = driverFault(fault.cause).number;
      return number === undefined
        ? `took too long: more than ${this.limitMs / 1000} s`
        : 'waited too long for a lock';
    }
    const number = numberOf(fault);
    if (number === undefined) return fault instanceof Error ? fault.message : String(fault);
    const meaning = meanings[number];
    return `SQL error ${number}${meaning === undefined ? '' : `, ${meaning}`}`;
  }
}

/** A key that was just read finds no row. */
export class NothingFound extends Error {
  override readonly message = 'the key of a row finds no row: it is not the same each time';
}

/** What a check may end in; everything else is the doctor's own fault, or the company is not there any more. */
export const isTold = (fault: unknown): boolean =>
  !(fault instanceof ErpUnavailable) &&
  (fault instanceof DomainError || fault instanceof NothingFound || numberOf(fault) !== undefined);

const numberOf = (fault: unknown): number | undefined =>
  driverFault(fault).number ?? (fault instanceof Error ? driverFault(fault.cause).number : undefined);

const meanings: Readonly<Record<number, string>> = {
  208: 'there is no such table or view',
  207: 'there is no such column',
  229: 'the login lacks a permission on what the view reads',
  297: 'the login may not see this',
  300: 'the login may not see this',
  468: 'texts of two collations are compared',
  916: 'the login may not enter that database',
  245: 'a value cannot be converted',
  8114: 'a value cannot be converted',
  8115: 'a value is too big',
  40000: 'the sandbox does not know this',
};
