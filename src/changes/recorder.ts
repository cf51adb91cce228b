/**
 * The one way to write a record of the CRM. Every write runs in a transaction that also puts down its change: who, when,
 * which fields from what to what. Updates state the version they saw; whoever comes second gets a VersionConflict with the
 * state as it is. What the rules of a record are is its room's business; that nothing is lost or untraced is the recorder's.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { DuplicateRecord, RecordNotFound } from '../errors.ts';
import type { Actor } from '../request.ts';
import { publicId } from '../values/record-id.ts';
import { noFeatures, type FeaturesPort } from './features-port.ts';
import { objectToDuplicates } from './duplicates.ts';
import { Objections } from './objections.ts';
import { maySeeRecord } from './sight.ts';
import { Writing } from './writing.ts';

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/** A deadlock, and a transaction that cannot be put in order with others: nothing was written, and the next try may do. */
const brokenOff = ['40P01', '40001'];
const maxTries = 5;
const longestWaitMs = 20;

interface DatabaseFault {
  readonly code?: string;
  readonly constraint?: string;
}

const codeOf = (fault: unknown): string | undefined =>
  fault instanceof QueryFailedError ? (fault.driverError as DatabaseFault).code : undefined;

/** The index or foreign key that refused a write, if that is what went wrong. */
function refusal(fault: unknown): { code: string; constraint: string } | undefined {
  if (!(fault instanceof QueryFailedError)) return undefined;
  const { code, constraint } = fault.driverError as DatabaseFault;
  return code !== undefined && constraint !== undefined ? { code, constraint } : undefined;
}

export class Recorder {
  constructor(
    private readonly dataSource: DataSource,
    private readonly features: FeaturesPort = noFeatures,
  ) {}

  /** For looking, outside any transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Runs `work` in one transaction, again from the start where the database broke it off in favour of another. Throws
   * DuplicateRecord where a unique index refuses what it writes, RecordNotFound where it refers to a record that does not
   * exist.
   */
  async write<Result>(actor: Actor, work: (writing: Writing) => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.writeOnce(actor, work);
      } catch (fault) {
        if (tries === maxTries || !brokenOff.includes(codeOf(fault) ?? '')) throw fault;
        // The other one is let go on first; begun again at once, this one could take from it what it waits for.
        await delay(tries * longestWaitMs * Math.random());
      }
    }
  }

  /** As `write`, but nothing of it stays: what would come of it. */
  async rehearse<Result>(actor: Actor, work: (writing: Writing) => Promise<Result>): Promise<Result> {
    const done: Result[] = [];
    const rehearsed = new Error('rehearsed');
    try {
      await this.write(actor, async (writing) => {
        done.splice(0, 1, await work(writing));
        throw rehearsed;
      });
    } catch (fault) {
      if (fault !== rehearsed) throw fault;
    }
    const [result] = done;
    return result as Result;
  }

  private async writeOnce<Result>(
    actor: Actor,
    work: (writing: Writing) => Promise<Result>,
  ): Promise<Result> {
    let attempt: Writing['attempt'];
    try {
      return await this.dataSource.transaction(async (manager) => {
        const writing = new Writing(manager, actor, new Date(), this.features);
        try {
          return await work(writing);
        } finally {
          attempt = writing.attempt;
        }
      });
    } catch (fault) {
      const refused = refusal(fault);
      if (!refused || !attempt) throw fault;
      if (refused.code === uniqueViolation)
        throw await this.duplicate(refused.constraint, actor, attempt, fault);
      const reference =
        refused.code === foreignKeyViolation ? attempt.kind.references?.[refused.constraint] : undefined;
      throw reference ? new RecordNotFound(reference.path, reference.id(attempt.values)) : fault;
    }
  }

  /** Looked up after the transaction is undone: the record in the way may be another's that has just been committed. */
  private async duplicate(
    index: string,
    actor: Actor,
    { kind, values, path }: NonNullable<Writing['attempt']>,
    fault: unknown,
  ): Promise<unknown> {
    const looker = { manager: this.manager, actor };
    if (index.endsWith('_pkey')) {
      const seen = await maySeeRecord(looker, kind, values.id);
      const existingId = seen ? publicId(kind.kind, values.id) : undefined;
      return new DuplicateRecord('input.id', 'there is already a record with this id', existingId);
    }
    if (!kind.uniques[index]) return fault;
    const objections = new Objections();
    await objectToDuplicates(objections, looker, kind, values, { index, path });
    return objections.error ?? fault;
  }
}
