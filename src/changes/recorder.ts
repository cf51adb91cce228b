/**
 * The one way to write a record of the CRM. Every write runs in a transaction that also puts down its change: who, when,
 * which fields from what to what. Updates state the version they saw; whoever comes second gets a VersionConflict with the
 * state as it is. What the rules of a record are is its room's business; that nothing is lost or untraced is the recorder's.
 */
import { v7 as uuidV7 } from 'uuid';
import { QueryFailedError, type DataSource, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { RunQuery } from '../crm-database/run-query.ts';
import { DuplicateRecord, InputRejected, RecordNotFound, VersionConflict } from '../errors.ts';
import { readRecord } from '../reads/reads.ts';
import type { Actor } from '../request.ts';
import { publicId } from '../values/record-id.ts';
import type { ChangeAction } from './change.entity.ts';
import { logChanges, stepsBetween } from './change-log.ts';
import { readLinks, withoutLinks, writeLinks } from './links.ts';
import { objectToDuplicates } from './duplicates.ts';
import { Objections } from './objections.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';

/** The fields a room gives for a new record; the recorder adds the rest. */
export type NewValues<Entity extends RecordedEntity> = Omit<Entity, keyof RecordedEntity>;

/** One transaction of one actor. */
export class Writing {
  /** What was being written when the database refused. */
  attempt: { kind: RecordedKind<RecordedEntity>; values: RecordedEntity; path?: string } | undefined;

  constructor(
    readonly manager: EntityManager,
    readonly actor: Actor,
    readonly now: Date,
  ) {}

  readonly run: RunQuery = <Row>({ text, values }: { text: string; values: readonly unknown[] }) =>
    this.manager.query<Row[]>(text, [...values]);

  async create<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    wished: string | undefined,
    values: NewValues<Entity>,
  ): Promise<Entity> {
    const record = {
      ...values,
      id: wished ?? uuidV7(),
      version: 1,
      createdAt: this.now,
      createdBy: this.actor.name,
      updatedAt: this.now,
      updatedBy: this.actor.name,
      deletedAt: null,
    } as Entity;
    this.trying(kind, record);
    const links = kind.links ?? {};
    await this.manager.insert(kind.entity, withoutLinks(links, record) as never);
    await writeLinks(this.run, links, record.id, {}, record);
    await logChanges(this, kind, 'CREATED', [{ after: record }]);
    return record;
  }

  /**
   * The record, locked until the transaction ends: a live one, or a deleted one where `deleted` asks for it. Throws
   * RecordNotFound; VersionConflict when it is not at `version`, or deleted where a live one was asked for, or the reverse.
   */
  async lock<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    key: string,
    version: number,
    path: string,
    deleted = false,
  ): Promise<Entity> {
    const record = await this.lockAny(kind, key, path);
    if (version > record.version) {
      const message = `there is no such version yet: the record is at ${record.version}`;
      throw new InputRejected([{ path: path.replace(/\bid$/, 'version'), code: 'VERSION', message }]);
    }
    const isDeleted = record.deletedAt !== null;
    if (isDeleted !== deleted)
      throw await this.conflict(kind, key, version, isDeleted ? 'is deleted,' : 'is not deleted, and');
    if (version < record.version) throw await this.conflict(kind, key, version);
    return record;
  }

  /** The record at whatever version, deleted or not, locked until the transaction ends. Throws RecordNotFound. */
  async lockAny<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    key: string,
    path: string,
  ): Promise<Entity> {
    const where = { id: key } as FindOptionsWhere<Entity>;
    // Not the stronger FOR UPDATE: that one would also hold up whoever only refers to the record by a foreign key.
    const record = await this.manager.findOne(kind.entity, { where, lock: { mode: 'for_no_key_update' } });
    if (!record) throw new RecordNotFound(path, publicId(kind.kind, key));
    return Object.assign(record, await readLinks(this.run, kind.links ?? {}, key));
  }

  /** Writes what differs from `before`, which must be locked; nothing, and no new version, when nothing does. */
  async update<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    before: Entity,
    changes: Partial<NewValues<Entity>>,
  ): Promise<Entity> {
    const after = { ...before, ...changes };
    if (stepsBetween(kind, before, after).length === 0) return before;
    this.trying(kind, after);
    return this.overwrite(kind, 'UPDATED', before, after);
  }

  /** Marks as deleted what is live and locked. */
  remove<Entity extends RecordedEntity>(kind: RecordedKind<Entity>, before: Entity): Promise<Entity> {
    return this.overwrite(kind, 'DELETED', before, { ...before, deletedAt: this.now });
  }

  /**
   * Makes live again what is deleted and locked; refused as a duplicate where a unique value was taken meanwhile. Throws
   * InputRejected with code ERASED where nothing is left of it.
   */
  async restore<Entity extends RecordedEntity>(kind: RecordedKind<Entity>, before: Entity): Promise<Entity> {
    if (kind.erasedWhole) await refuseErased(this.run, before.id);
    const after = { ...before, deletedAt: null };
    this.trying(kind, after, 'input.id');
    return this.overwrite(kind, 'RESTORED', before, after);
  }

  /** Throws what is objected to; and where there is something, also which of the values another record has already. */
  async raise<Entity extends RecordedEntity>(
    objections: Objections,
    kind: RecordedKind<Entity>,
    values: NewValues<Entity>,
    key = '',
  ): Promise<void> {
    if (objections.problems.length > 0)
      await objectToDuplicates(objections, this.manager, kind, { ...values, id: key } as Entity);
    objections.raise();
  }

  /** The record in its callers' shape as this transaction sees it. */
  async read<Row extends object>(kind: RecordedKind<never, Row>, key: string): Promise<Row> {
    const row = await readRecord<Row>(this.run, kind.read, key);
    if (!row) throw new RecordNotFound('id', publicId(kind.kind, key));
    return row;
  }

  private async overwrite<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    action: ChangeAction,
    before: Entity,
    after: Entity,
  ): Promise<Entity> {
    after.version = before.version + 1;
    after.updatedAt = this.now;
    after.updatedBy = this.actor.name;
    const links = kind.links ?? {};
    const { id, ...columns } = after;
    await this.manager.update(kind.entity, { id }, withoutLinks(links, columns) as never);
    await writeLinks(this.run, links, id, before, after);
    await logChanges(this, kind, action, [{ before, after }]);
    return after;
  }

  /** `path`: the input to blame for a duplicate, where the values are not the caller's own. */
  private trying<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    values: Entity,
    path?: string,
  ): void {
    this.attempt = {
      kind: kind as unknown as RecordedKind<RecordedEntity>,
      values,
      ...(path === undefined ? {} : { path }),
    };
  }

  private async conflict<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    key: string,
    seen: number,
    what?: string,
  ): Promise<VersionConflict> {
    const current = (await readRecord<Record<string, unknown> & { version: number }>(
      this.run,
      kind.read as never,
      key,
    )) ?? { version: 0 };
    const changed = await this.run<{ name: string }>({
      name: '',
      text: `SELECT DISTINCT step->>'name' AS name FROM change, jsonb_array_elements(fields) AS step WHERE record_id = $1 AND version > $2 ORDER BY 1`,
      values: [key, seen],
    });
    return new VersionConflict(
      current,
      changed.map(({ name }) => name),
      what,
    );
  }
}

async function refuseErased(run: RunQuery, key: string): Promise<void> {
  const text = `SELECT FROM change WHERE record_id = $1 AND action = 'ERASED' LIMIT 1`;
  if ((await run({ name: '', text, values: [key] })).length === 0) return;
  const message = 'was erased for good: there is nothing to restore';
  throw new InputRejected([{ path: 'input.id', code: 'ERASED', message }]);
}

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/** A deadlock, and a transaction that cannot be put in order with others: nothing was written, and the next try may do. */
const brokenOff = ['40P01', '40001'];
const maxTries = 5;

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
  constructor(private readonly dataSource: DataSource) {}

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
      }
    }
  }

  private async writeOnce<Result>(
    actor: Actor,
    work: (writing: Writing) => Promise<Result>,
  ): Promise<Result> {
    let attempt: Writing['attempt'];
    try {
      return await this.dataSource.transaction(async (manager) => {
        const writing = new Writing(manager, actor, new Date());
        try {
          return await work(writing);
        } finally {
          attempt = writing.attempt;
        }
      });
    } catch (fault) {
      const refused = refusal(fault);
      if (!refused || !attempt) throw fault;
      if (refused.code === uniqueViolation) throw await this.duplicate(refused.constraint, attempt, fault);
      const reference =
        refused.code === foreignKeyViolation ? attempt.kind.references?.[refused.constraint] : undefined;
      throw reference ? new RecordNotFound(reference.path, reference.id(attempt.values)) : fault;
    }
  }

  /** Looked up after the transaction is undone: the record in the way may be another's that has just been committed. */
  private async duplicate(
    index: string,
    { kind, values, path }: NonNullable<Writing['attempt']>,
    fault: unknown,
  ): Promise<unknown> {
    if (index.endsWith('_pkey'))
      return new DuplicateRecord(
        'input.id',
        'there is already a record with this id',
        publicId(kind.kind, values.id),
      );
    if (!kind.uniques[index]) return fault;
    const objections = new Objections();
    await objectToDuplicates(objections, this.dataSource.manager, kind, values, { index, path });
    return objections.error ?? fault;
  }
}
