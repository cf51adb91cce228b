/**
 * One transaction of one actor: a record is made, locked, changed, removed or restored in it, and each of these puts down its
 * change beside it. It is begun and ended by the recorder, which also tells what the database's refusals mean.
 */
import { v7 as uuidV7 } from 'uuid';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import type { RunQuery } from '../crm-database/run-query.ts';
import { InputRejected, RecordNotFound, VersionConflict } from '../errors.ts';
import { readRecord } from '../reads/reads.ts';
import type { Actor } from '../request.ts';
import { publicId } from '../values/record-id.ts';
import type { ChangeAction } from './change.entity.ts';
import { logChanges } from './change-log.ts';
import { readLinks, withoutLinks, writeLinks } from './links.ts';
import { featuresIn, type FeatureChanges, type FeaturesPort, type GivenFeatures } from './features-port.ts';
import { objectToDuplicates } from './duplicates.ts';
import { Objections } from './objections.ts';
import { fieldSteps } from './field-steps.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';
import { maySee } from './sight.ts';

/** The fields a room gives for a new record; the recorder adds the rest. */
export type NewValues<Entity extends RecordedEntity> = Omit<Entity, keyof RecordedEntity>;

interface Raising {
  /** Of the record, where it is there already or is to have a certain one. */
  readonly key?: string | undefined;
  readonly given?: GivenFeatures;
  readonly always?: boolean;
}

export class Writing {
  /** What was being written when the database refused. */
  attempt: { kind: RecordedKind<RecordedEntity>; values: RecordedEntity; path?: string } | undefined;

  constructor(
    readonly manager: EntityManager,
    readonly actor: Actor,
    readonly now: Date,
    private readonly features: FeaturesPort,
  ) {}

  readonly run: RunQuery = <Row>({ text, values }: { text: string; values: readonly unknown[] }) =>
    this.manager.query<Row[]>(text, [...values]);

  /** Throws InputRejected where the features given do not fit, or a required one is missing. */
  async create<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    wished: string | undefined,
    values: NewValues<Entity>,
    given: GivenFeatures = featuresIn({}),
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
    const features = await this.fittingFeatures(kind, record, given);
    await this.manager.insert(kind.entity, withoutLinks(links, record) as never);
    await writeLinks(this.run, links, record.id, {}, record);
    await features.write();
    await logChanges(this, kind, 'CREATED', [{ after: record }], (steps) => [...steps, ...features.steps]);
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

  /** The record at whatever version, deleted or not, locked until the transaction ends. Throws RecordNotFound, also where the actor does not see it. */
  async lockAny<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    key: string,
    path: string,
  ): Promise<Entity> {
    const where = { id: key } as FindOptionsWhere<Entity>;
    // Not the stronger FOR UPDATE: that one would also hold up whoever only refers to the record by a foreign key.
    const record = await this.manager.findOne(kind.entity, { where, lock: { mode: 'for_no_key_update' } });
    if (!record || !(await maySee(this, kind.clientKeyOf(record))))
      throw new RecordNotFound(path, publicId(kind.kind, key));
    return Object.assign(record, await readLinks(this.run, kind.links ?? {}, key));
  }

  /**
   * Writes what differs from `before`, which must be locked; nothing, and no new version, when nothing does. Throws
   * InputRejected where the features given do not fit, or a required one is missing.
   */
  async update<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    before: Entity,
    changes: Partial<NewValues<Entity>>,
    given: GivenFeatures = featuresIn({}),
  ): Promise<Entity> {
    const after = { ...before, ...changes };
    const changed = fieldSteps(kind, before, after).length > 0;
    if (!changed && given.values.length === 0) return before;
    const features = await this.fittingFeatures(kind, after, given);
    if (!changed && features.steps.length === 0) return before;
    this.trying(kind, after);
    return this.overwrite(kind, 'UPDATED', before, after, features);
  }

  /** As `update`, for a change that follows from another record's: the caller did not ask for it, and is not held up by what is missing here. */
  async updateAside<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    before: Entity,
    changes: Partial<NewValues<Entity>>,
  ): Promise<Entity> {
    const after = { ...before, ...changes };
    if (fieldSteps(kind, before, after).length === 0) return before;
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

  /**
   * Throws what is objected to; and where there is something, also which of the values another record has already. `always` asks
   * that in any case: for whoever must know it before the database refuses the write, and with it the transaction.
   */
  async raise<Entity extends RecordedEntity>(
    objections: Objections,
    kind: RecordedKind<Entity>,
    values: NewValues<Entity>,
    { key = '', given = featuresIn({}), always = false }: Raising = {},
  ): Promise<void> {
    const record = { ...values, id: key } as Entity;
    const objected = objections.problems.length > 0;
    if (objected || always) await objectToDuplicates(objections, this, kind, record);
    if (objected) await this.fittingFeatures(kind, record, given, objections);
    objections.raise();
  }

  /** Throws what `create` and `update` would throw for the features of such a record: for whoever has more to do before. */
  async requireFitting<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    values: NewValues<Entity>,
    given: GivenFeatures,
    key = '',
  ): Promise<void> {
    await this.fittingFeatures(kind, { ...values, id: key } as Entity, given);
  }

  /** The changes of features that fit; where one does not, throws that along with what else is objected to. */
  private async fittingFeatures<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    record: Entity,
    given: GivenFeatures,
    objections?: Objections,
  ): Promise<FeatureChanges> {
    try {
      return await this.features.changes(this.run, kind, record, given);
    } catch (fault) {
      if (!(fault instanceof InputRejected)) throw fault;
      const all = objections ?? new Objections();
      if (!objections) await objectToDuplicates(all, this, kind, record);
      for (const problem of fault.problems) all.reject(problem);
      if (all.problems.length > fault.problems.length) all.raise();
      throw fault;
    }
  }

  /** Takes away whatever features these records have, as if they never had any. */
  forgetFeatures(keys: readonly string[]): Promise<void> {
    return this.features.forget(this.run, keys);
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
    features?: FeatureChanges,
  ): Promise<Entity> {
    after.version = before.version + 1;
    after.updatedAt = this.now;
    after.updatedBy = this.actor.name;
    const links = kind.links ?? {};
    const { id, ...columns } = after;
    await this.manager.update(kind.entity, { id }, withoutLinks(links, columns) as never);
    await writeLinks(this.run, links, id, before, after);
    await features?.write();
    await logChanges(this, kind, action, [{ before, after }], (steps) => [
      ...steps,
      ...(features?.steps ?? []),
    ]);
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
