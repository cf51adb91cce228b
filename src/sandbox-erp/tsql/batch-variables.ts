import { SqlServerError } from '../engine.ts';
import type { Column, Parameter, SqlType, SqlValue } from '../engine.ts';
import { signatureOf } from './plans.ts';
import { sessionValueTypes } from './system-functions.ts';
import { sentValue } from './values.ts';

/** The variables of one batch: its parameters, and what it declares. They end with it. */
const mostParameters = 2100;

export class BatchVariables {
  readonly types = new Map<string, SqlType>();
  private readonly held = new Map<string, SqlValue>();
  private written: string | null = null;

  constructor(
    parameters: readonly Parameter[],
    private readonly sessionValue: (name: string) => string,
  ) {
    if (parameters.length > mostParameters)
      throw new SqlServerError(
        8003,
        `The incoming request has too many parameters. The server supports a maximum of ${mostParameters} parameters.`,
      );
    for (const { name, type, value } of parameters) {
      this.types.set(name.toLowerCase(), type);
      this.held.set(name.toLowerCase(), value);
    }
  }

  /** Names and types as one text, for the key of a plan. */
  get signature(): string {
    this.written ??= signatureOf(this.types);
    return this.written;
  }

  declare(name: string, type: SqlType): void {
    if (this.types.has(name))
      throw new SqlServerError(134, `The variable name '${name}' has already been declared.`, 15);
    this.types.set(name, type);
    this.held.set(name, null);
    this.written = null;
  }

  assign(names: readonly string[], values: readonly SqlValue[], columns: readonly Column[]): void {
    for (const [at, name] of names.entries()) {
      const value = values[at] ?? null;
      const column = columns[at];
      this.held.set(name, column?.type.name === 'varbinary' && value !== null ? value.slice(2) : value);
    }
  }

  values(used: readonly string[]): (string | null)[] {
    return used.map((name) => {
      const type = this.types.get(name);
      if (type !== undefined) return sentValue(type, this.held.get(name) ?? null);
      if (sessionValueTypes.has(name)) return this.sessionValue(name);
      throw new SqlServerError(137, `Must declare the scalar variable "${name}".`, 15);
    });
  }
}
