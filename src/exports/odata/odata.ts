/**
 * OData v4, read-only: the sets of exports for tools that ask page by page and filter at the source. An address and its options are
 * understood whole before anything is read; what is asked of records becomes SQL, and what cannot be asked there is refused. Pages go
 * on from the last row's own values, so that writes in between neither repeat nor hide a row. HTTP is the server's affair.
 */
import type { Access } from '../../access/access.ts';
import type { ReportDatabase } from '../../crm-database/report-database.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import { RecordNotFound } from '../../errors.ts';
import { sightOf, type Sight } from '../../reads/own-cards.ts';
import type { Actor } from '../../request.ts';
import type { ExportSet } from '../export-set.ts';
import { exportSets, setsFor } from '../sets.ts';
import { wideDefinitions, wideFeatureSet, wideName } from '../wide-feature-set.ts';
import { addressOf, type Address } from './address.ts';
import { CrmLists } from './crm-lists.ts';
import { metadataXml } from './csdl.ts';
import type { ErpLists } from './erp-lists.ts';
import { expand } from './expanding.ts';
import { rejected, Unsupported } from './faults.ts';
import type { Condition } from './filter-condition.ts';
import { filterOf, listOptions, type ListOptions } from './list-options.ts';
import { featureProperty, modelOf, type Entity, type Model, type StoredEntity } from './model.ts';
import { nextAddress } from './next-address.ts';
import type { OptionName, Options } from './options.ts';
import { listJson, recordJson, serviceJson, type Writing } from './payload.ts';
import type { PullLog } from './pull-log.ts';
import { idOf, neededNames, type OdataPage, type OdataRecord } from './records.ts';

export interface OdataQuestion {
  /** What follows the service's address, as it was sent. */
  readonly path: string;
  readonly options: Options;
  readonly actor: Actor;
  readonly writing: Writing;
  /** As the caller prefers; undefined: the service's own. */
  readonly pageSize: number | undefined;
  readonly signal: AbortSignal;
}

export type OdataAnswer =
  | { readonly form: 'json'; readonly body: string; readonly notOffered: readonly string[] }
  | { readonly form: 'xml' | 'text'; readonly body: string }
  /** There is no such related record. */
  | { readonly form: 'nothing' };

interface OdataParts {
  readonly database: ReportDatabase;
  readonly erp: ErpLists;
  readonly log: PullLog;
}

export const largestPage = 5_000;
const usualPage = 1_000;
/** Parents of a page, shared among the relations to many that are expanded. */
const expandingPage = 100;

const optionsOfRecord: readonly OptionName[] = ['$select', '$expand', '$format'];
const optionsOfCount: readonly OptionName[] = ['$filter'];

function requireOnly(allowed: readonly OptionName[], options: Options, where: string): void {
  const excess = Object.keys(options).find((name) => !allowed.some((one) => one === name));
  if (excess !== undefined) throw rejected(excess, 'OPTION', `does not go with ${where}`);
}

const json = (body: string, notOffered: readonly string[] = []): OdataAnswer => ({
  form: 'json',
  body,
  notOffered,
});

/** One question with what it is asked among. */
class Asking {
  private readonly crm: CrmLists;
  private readonly model: Model;
  private readonly sight: Sight | undefined;
  private readonly access: Access;

  constructor(
    private readonly parts: OdataParts,
    private readonly question: OdataQuestion,
    run: RunQuery,
    sets: ReadonlyMap<string, ExportSet>,
  ) {
    this.crm = new CrmLists(run);
    const { actor } = question;
    this.access = actor.access;
    this.model = modelOf(sets, this.access.permissions);
    this.sight = sightOf({ actor });
  }

  async answer(): Promise<OdataAnswer> {
    const { path, options, actor, writing } = this.question;
    const reach = { model: this.model, sets: exportSets, permissions: actor.access.permissions };
    const address = addressOf(path, reach);
    switch (address.to) {
      case 'service':
        requireOnly(['$format'], options, 'the service document');
        return json(serviceJson(this.model, writing));
      case 'metadata':
        requireOnly(['$format'], options, '$metadata');
        return { form: 'xml', body: metadataXml(this.model) };
      case 'set':
        return this.list(address.entity, undefined);
      case 'count':
        return this.count(address.entity, undefined);
      case 'record':
        return this.record(address.entity, address.key);
      case 'related':
      case 'relatedCount':
        return this.related(address);
    }
  }

  /** `among`: what holds beside the caller's own filter. */
  private async list(entity: Entity, among: Condition | undefined): Promise<OdataAnswer> {
    const { options, path, writing } = this.question;
    const asked = listOptions(this.model, entity, options);
    const { selection, expansions, top } = asked;
    const filter = both(asked.filter, among);
    const size = Math.min(this.pageSize(asked), top ?? Infinity);
    await this.note(entity, filter);
    const [page, count, notOffered] = await this.page(entity, { ...asked, filter }, size);
    await this.expand(page.records, asked);
    const left = top === undefined ? undefined : top - page.records.length;
    const next =
      page.token === undefined || left === 0
        ? undefined
        : nextAddress(writing.base, path, { options, token: page.token, top: left });
    const shape = { entity, selection, expansions };
    return json(listJson(shape, { records: page.records, count, next }, writing), notOffered);
  }

  private pageSize({ expansions }: ListOptions): number {
    const wished = Math.min(this.question.pageSize ?? usualPage, largestPage);
    const many = expansions.filter(({ navigation }) => navigation.many).length;
    return many === 0 ? wished : Math.min(wished, Math.ceil(expandingPage / many));
  }

  private async page(
    entity: Entity,
    asked: ListOptions,
    size: number,
  ): Promise<readonly [OdataPage, number | undefined, readonly string[]]> {
    const { sight, access } = this;
    const { selection, expansions, filter, order, skip, token } = asked;
    const names = neededNames(entity, selection.properties, expansions);
    if (entity.source === 'erp') {
      const { signal } = this.question;
      const page = await this.parts.erp.page({ entity, names, options: asked, size, sight, signal });
      return [page, undefined, page.notOffered];
    }
    const { crm } = this;
    const list = { entity, names, filter, order, sight, access };
    const page = await crm.page({ ...list, size, skip, token });
    return [page, asked.count ? await crm.count(list) : undefined, []];
  }

  private expand(records: readonly OdataRecord[], { expansions }: Pick<ListOptions, 'expansions'>) {
    const { base } = this.question.writing;
    return expand(records, expansions, {
      lists: this.crm,
      sight: this.sight,
      access: this.access,
      base,
    });
  }

  private async count(entity: Entity, among: Condition | undefined): Promise<OdataAnswer> {
    const { options } = this.question;
    requireOnly(optionsOfCount, options, '$count');
    if (entity.source === 'erp')
      throw new Unsupported(
        '$count',
        `${entity.name} comes from an ERP: it is not counted before it has been read`,
      );
    const filter = both(filterOf(entity, options.$filter), among);
    await this.note(entity, filter);
    const count = await this.crm.count({ entity, filter, sight: this.sight, access: this.access });
    return { form: 'text', body: String(count) };
  }

  private async record(entity: Entity, key: string): Promise<OdataAnswer> {
    const { options, writing } = this.question;
    requireOnly(optionsOfRecord, options, 'a single record');
    const { selection, expansions } = listOptions(this.model, entity, options);
    const names = neededNames(entity, selection.properties, expansions);
    const record = await this.find(storedOf(entity), key, names);
    await this.note(entity, undefined);
    await this.expand([record], { expansions });
    return json(recordJson({ entity, selection, expansions }, record, writing));
  }

  /** Throws RecordNotFound. */
  private async find(entity: StoredEntity, key: string, names: ReadonlySet<string>): Promise<OdataRecord> {
    const { sight, access } = this;
    const record = await this.crm.byKey({ entity, names, sight, access }, key);
    if (!record) throw new RecordNotFound('key', key.slice(0, 100));
    return record;
  }

  private async related(address: Extract<Address, { to: 'related' | 'relatedCount' }>): Promise<OdataAnswer> {
    const { entity, key, navigation, target } = address;
    const from = await this.find(
      storedOf(entity),
      key,
      new Set([entity.key, ...(navigation.many ? [] : [navigation.by])]),
    );
    if (!navigation.many) {
      const to = from.cells[navigation.by];
      return typeof to === 'string' ? this.oneRelated(target, to) : { form: 'nothing' };
    }
    const property = target.properties.get(navigation.by);
    if (!property) throw new Error(`${target.name} has no ${navigation.by}`);
    const among: Condition = {
      is: 'compare',
      operator: 'eq',
      left: { of: 'property', type: 'text', property },
      right: { of: 'literal', type: 'text', value: idOf(from) },
    };
    return address.to === 'related' ? this.list(target, among) : this.count(target, among);
  }

  /** One that the caller does not see is as if it were not there. */
  private async oneRelated(target: Entity, id: string): Promise<OdataAnswer> {
    try {
      return await this.record(target, id);
    } catch (fault) {
      if (fault instanceof RecordNotFound) return { form: 'nothing' };
      throw fault;
    }
  }

  private note(entity: Entity, filter: Condition | undefined): Promise<void> {
    const { actor, path, options } = this.question;
    return this.parts.log.note({ actor, path, set: entity.set.name, options, filter });
  }
}

function storedOf(entity: Entity): StoredEntity {
  if (entity.source !== 'erp') return entity;
  throw new Error(`${entity.name} has no records by key`);
}

function both(one: Condition | undefined, other: Condition | undefined): Condition | undefined {
  if (!one || !other) return one ?? other;
  return { is: 'and', parts: [one, other] };
}

export class OData {
  constructor(private readonly parts: OdataParts) {}

  /** Throws InputRejected, Unsupported, Forbidden, RecordNotFound, or why an ERP gave no answer. */
  async answer(question: OdataQuestion): Promise<OdataAnswer> {
    const run = this.parts.database.of({ id: question.actor.id, signal: question.signal });
    return new Asking(this.parts, question, run, await this.setsFor(question, run)).answer();
  }

  /** What is defined is read where it is told of. */
  private async setsFor(
    { path, actor }: OdataQuestion,
    run: RunQuery,
  ): Promise<ReadonlyMap<string, ExportSet>> {
    const sets = setsFor(actor.access.permissions);
    if (!/^((\$|%24)metadata|FeaturesWide)/i.test(path)) return sets;
    const definitions = await wideDefinitions(run, undefined);
    return new Map(sets).set(wideName, wideFeatureSet(undefined, definitions, featureProperty));
  }
}
