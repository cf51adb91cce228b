/** Features of records as callers read them: definitions once a request, the values of all records of a tick in one statement. */
import type { RecordType } from '../changes/record-type.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Reads } from '../reads/reads.ts';
import { perRequest, type RequestContext } from '../request.ts';
import { parsePublicId } from '../values/record-id.ts';
import type { Choice } from './definition.entity.ts';
import { featureDefinitionRead, type FeatureDefinitionRow } from './definition.read.ts';
import { traits } from './feature-kind.ts';
import { isFor } from './feature-keeping.ts';
import { valuesOfRecords } from './feature-storage.ts';
import type { Cells } from './feature-value.rules.ts';

export interface FeatureRow {
  readonly definition: FeatureDefinitionRow;
  readonly isSet: boolean;
  readonly text: string | null;
  readonly integer: number | null;
  readonly decimal: string | null;
  readonly boolean: boolean | null;
  readonly date: string | null;
  readonly choices: readonly Choice[] | null;
}

const noMember = { text: null, integer: null, decimal: null, boolean: null, date: null, choices: null };

function memberOf({ kind, choices }: FeatureDefinitionRow, cells: Cells): Partial<FeatureRow> {
  const [first] = cells;
  if (first === undefined) return {};
  const { member } = traits[kind];
  switch (member) {
    case 'integer':
      return { integer: Number(first) };
    case 'boolean':
      return { boolean: first === 'true' };
    case 'choices':
      return { choices: cells.flatMap((key) => choices.find((choice) => choice.key === key) ?? []) };
    case 'text':
    case 'decimal':
    case 'date':
      return { [member]: first };
  }
}

interface FeaturedRow {
  readonly id: string;
  /** Of clients. */
  readonly cardTypeId?: string;
}

export class FeatureLoaders {
  private readonly definitions;
  private readonly values;

  constructor(reads: Reads, run: RunQuery) {
    const everything = perRequest<'all', readonly FeatureDefinitionRow[]>(async () => [
      await reads.all(featureDefinitionRead),
    ]);
    this.definitions = (context: RequestContext) => everything(context).load('all');
    this.values = perRequest<string, ReadonlyMap<string, Cells>>(async (keys) => {
      const byRecord = new Map(keys.map((key) => [key, new Map<string, Cells>()]));
      for (const { recordKey, definitionId, cells } of await valuesOfRecords(run, keys))
        byRecord.get(recordKey)?.set(definitionId, cells);
      return keys.map((key) => byRecord.get(key) ?? new Map<string, Cells>());
    });
  }

  /** By type of record, group, position and name. */
  async defined(
    context: RequestContext,
    { recordType, includeRetired }: { recordType: RecordType | undefined; includeRetired: boolean },
  ): Promise<readonly FeatureDefinitionRow[]> {
    const all = await this.definitions(context);
    return all.filter(
      (definition) =>
        (recordType === undefined || definition.recordType === recordType) &&
        (includeRetired || !definition.retired),
    );
  }

  /** Every definition for the record, set or not; a retired one only where it is set. */
  async ofRecord(
    context: RequestContext,
    recordType: RecordType,
    record: FeaturedRow,
  ): Promise<readonly FeatureRow[]> {
    const key = parsePublicId(record.id)?.key ?? '';
    const [definitions, values] = await Promise.all([
      this.defined(context, { recordType, includeRetired: true }),
      this.values(context).load(key),
    ]);
    return definitions.flatMap((definition) => {
      const cells = values.get(definition.id) ?? [];
      if (!isFor(definition, record.cardTypeId) || (definition.retired && cells.length === 0)) return [];
      return [{ definition, isSet: cells.length > 0, ...noMember, ...memberOf(definition, cells) }];
    });
  }
}
