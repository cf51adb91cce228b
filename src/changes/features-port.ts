/**
 * Where the recorder hands over what records have beyond their own columns: definable features. Rooms of records know no
 * definitions; src/features knows no writes but its own. It is asked inside the record's transaction, before the record is
 * written, so that a feature's change shares the record's version and its line of the change log.
 */
import type { RunQuery } from '../crm-database/run-query.ts';
import type { FeatureValueInput } from '../values/feature-value.ts';
import type { FieldStep } from './change.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';
import type { RecordedEntity } from './recorded.entity.ts';

export interface GivenFeatures {
  readonly values: readonly FeatureValueInput[];
  /** Where the values stand in the input. */
  readonly path: string;
  /** Whether the record must have all required features afterwards; otherwise only what is there may not be taken away. */
  readonly complete: boolean;
}

/** What a room passes on from its input. */
export const featuresIn = ({
  features,
}: {
  features?: readonly FeatureValueInput[] | null;
}): GivenFeatures => ({ values: features ?? [], path: 'input.features', complete: true });

/** What changes of a record beside its columns: `write` does it, once the record itself is there. */
export interface FeatureChanges {
  readonly steps: readonly FieldStep[];
  write(): Promise<void>;
}

export interface ErasedFeature {
  readonly recordKey: string;
  /** As the change log has it. */
  readonly field: string;
  readonly text: string;
}

export interface FeaturesPort {
  /** Throws InputRejected with every problem: values that do not fit, and required features that are missing. */
  changes<Entity extends RecordedEntity>(
    run: RunQuery,
    kind: RecordedKind<Entity>,
    record: Entity,
    given: GivenFeatures,
  ): Promise<FeatureChanges>;
  /** Takes away whatever these records have, required or not, for good. Answers what there was. */
  erase(run: RunQuery, recordKeys: readonly string[]): Promise<readonly ErasedFeature[]>;
}

const nothing: FeatureChanges = { steps: [], write: () => Promise.resolve() };

/** For records without features. */
export const noFeatures: FeaturesPort = {
  changes: () => Promise.resolve(nothing),
  erase: () => Promise.resolve([]),
};
