/** Sets and clears features of one record of any type that has them. */
import { requireWrite } from '../access/record-needs.ts';
import type { Recorder } from '../changes/recorder.ts';
import { InputRejected } from '../errors.ts';
import type { Actor } from '../request.ts';
import { parsePublicId } from '../values/record-id.ts';
import type { SetFeaturesInput } from './feature.inputs.ts';
import type { FeaturedRecord } from './featured-records.ts';

export class FeatureService {
  constructor(
    private readonly recorder: Recorder,
    private readonly records: readonly FeaturedRecord[],
  ) {}

  /** Throws InputRejected, RecordNotFound, VersionConflict. Required features may be filled in one by one; none may be taken away. */
  async set(actor: Actor, { values, ...seen }: SetFeaturesInput): Promise<object> {
    const record = this.records.find(({ kind }) => kind === parsePublicId(seen.id)?.kind);
    if (record) {
      requireWrite(actor.access, record.kind, 'input.id');
      return this.recorder.write(actor, (writing) =>
        record.set(writing, seen, { values, path: 'input.values', complete: false }),
      );
    }
    throw new InputRejected([
      { path: 'input.id', code: 'ID', message: 'is not an id of a record that has features' },
    ]);
  }
}
