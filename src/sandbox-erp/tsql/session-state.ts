import { SqlServerError } from '../engine.ts';
import type { PostgresConnection } from './connection.ts';
import { refuse } from './types.ts';

/** Transactions and SET options of a session, and what PostgreSQL must be told of them. */
const isolationLevels: Readonly<Record<string, string>> = {
  'READ UNCOMMITTED': 'READ COMMITTED',
  'READ COMMITTED': 'READ COMMITTED',
  'REPEATABLE READ': 'REPEATABLE READ',
  SNAPSHOT: 'REPEATABLE READ',
  SERIALIZABLE: 'SERIALIZABLE',
};

/** Deadlock, snapshot conflict and failed conversions end the whole transaction in SQL Server. */
const fatal = new Set([1205, 3960, 241, 244, 245, 248, 8114]);
const savepoint = 'statement';

export class SessionState {
  depth = 0;
  rowCount = 0;
  error = 0;
  noCount = false;
  identityInsert = false;
  lockTimeout = -1;
  private abortOnError = false;
  private isolation = 'READ COMMITTED';

  constructor(private readonly connection: PostgresConnection) {}

  async option(name: string, value: string): Promise<void> {
    switch (name) {
      case 'NOCOUNT':
        this.noCount = value === 'ON';
        break;
      case 'XACT_ABORT':
        this.abortOnError = value === 'ON';
        break;
      case 'IDENTITY_INSERT':
        this.identityInsert = value === 'ON';
        break;
      case 'LOCK_TIMEOUT':
        if (Number(value) !== this.lockTimeout) await this.limitLocks(Number(value));
        break;
      case 'ISOLATION':
        this.isolate(value);
        break;
    }
  }

  private isolate(value: string): void {
    const level = isolationLevels[value];
    if (level === undefined) throw refuse(`the isolation level ${value}`);
    if (this.depth > 0 && level !== this.isolation)
      throw refuse('another isolation level within a transaction');
    this.isolation = level;
  }

  /** SQL Server has -1 for no limit and 0 for not waiting at all; PostgreSQL has 0 for no limit. */
  private async limitLocks(milliseconds: number): Promise<void> {
    this.lockTimeout = milliseconds;
    const limit = milliseconds < 0 ? 0 : Math.max(1, milliseconds);
    await this.connection.command(`SET lock_timeout = ${limit}`);
  }

  async begin(): Promise<void> {
    if (this.depth === 0) await this.connection.command(`BEGIN ISOLATION LEVEL ${this.isolation}`);
    this.depth += 1;
  }

  async commit(): Promise<void> {
    if (this.depth === 0)
      throw new SqlServerError(
        3902,
        'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.',
      );
    this.depth -= 1;
    if (this.depth === 0) await this.connection.command('COMMIT');
  }

  async rollback(): Promise<void> {
    if (this.depth === 0)
      throw new SqlServerError(
        3903,
        'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.',
      );
    this.depth = 0;
    await this.connection.command('ROLLBACK');
    // What was SET within the transaction went with it, in PostgreSQL alone.
    await this.limitLocks(this.lockTimeout);
  }

  /** Whether this error takes the transaction with it. */
  isFatal(number: number): boolean {
    return this.depth > 0 && (this.abortOnError || fatal.has(number));
  }

  async protect<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    if (this.depth === 0) return run();
    await this.connection.command(`SAVEPOINT ${savepoint}`);
    try {
      const answer = await run();
      await this.connection.command(`RELEASE SAVEPOINT ${savepoint}`);
      return answer;
    } catch (fault) {
      await this.connection.command(`ROLLBACK TO SAVEPOINT ${savepoint}`);
      throw fault;
    }
  }

  async restoreDefaults(): Promise<void> {
    this.noCount = false;
    this.identityInsert = false;
    this.abortOnError = false;
    this.isolation = 'READ COMMITTED';
    this.rowCount = 0;
    this.error = 0;
    if (this.lockTimeout !== -1) await this.limitLocks(-1);
  }
}
