/**
 * Erases what records tell of a person, for good: from the records, their features and every line of the change log that
 * tells of them. The lines stay, with who and when and which fields, so that versions can still be counted; the values become
 * null and carry a mark. A last line, ERASED, tells that it was done, also to whoever copies through the feed.
 */
import type { FieldStep } from './change.entity.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';
import { writeTogether, type ValuesTogether } from './together.ts';
import type { Writing } from './writing.ts';

/** Stands where a text must be. */
export const erasedText = '(erased)';

export interface Erasure<Entity extends RecordedEntity> {
  /** What takes the place of the person's data. */
  readonly values: ValuesTogether<Entity>;
  /** By the names that the change log has for fields. */
  readonly isPersonal: (field: string) => boolean;
  /** Whether the features that the records have go too. */
  readonly features: 'erased' | 'kept';
}

const mark = (name: string): FieldStep => ({ name, before: null, after: null, erased: true });

/** Forgets what the log tells of them. Answers the values, which may stand elsewhere too. */
async function forgetLogged(
  { run }: Writing,
  keys: readonly string[],
  isPersonal: (field: string) => boolean,
): Promise<string[]> {
  const steps = await run<{ name: string; before: string | null; after: string | null }>({
    name: '',
    text: `SELECT DISTINCT step->>'name' AS name, step->>'before' AS before, step->>'after' AS after
      FROM change, jsonb_array_elements(fields) AS step WHERE record_id = ANY($1)`,
    values: [keys],
  });
  const personal = steps.filter(({ name }) => isPersonal(name));
  await run({
    name: '',
    text: `UPDATE change SET fields = (
        SELECT jsonb_agg(CASE WHEN step->>'name' = ANY($2)
          THEN jsonb_build_object('name', step->'name', 'before', NULL, 'after', NULL, 'erased', true) ELSE step END ORDER BY place)
        FROM jsonb_array_elements(fields) WITH ORDINALITY AS of_row(step, place))
      WHERE record_id = ANY($1)
        AND EXISTS (SELECT FROM jsonb_array_elements(fields) AS step WHERE step->>'name' = ANY($2))`,
    values: [keys, [...new Set(personal.map(({ name }) => name))]],
  });
  return personal.flatMap(({ before, after }) => [before, after]).filter((value) => value !== null);
}

/** `records` must be locked. Answers the texts that were erased. */
export async function eraseTogether<Entity extends RecordedEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  records: readonly Entity[],
  { values, isPersonal, features }: Erasure<Entity>,
): Promise<string[]> {
  if (records.length === 0) return [];
  const personal = Object.entries(kind.traced).filter(([name]) => isPersonal(name));
  const keys = records.map(({ id }) => id);
  const had = features === 'erased' ? await writing.features.erase(writing.run, keys) : [];
  const featuresOf = Map.groupBy(had, ({ recordKey }) => recordKey);
  const logged = await forgetLogged(writing, keys, isPersonal);
  await writeTogether(writing, kind, 'ERASED', records, values, (steps, { id }) => [
    ...personal.map(([name]) => mark(name)),
    ...[...new Set(featuresOf.get(id)?.map(({ field }) => field))].map(mark),
    ...steps.filter(({ name }) => !isPersonal(name)),
  ]);
  const present = records.flatMap((record) => personal.map(([, textOf]) => textOf(record)));
  return [...logged, ...present.filter((value) => value !== null), ...had.map(({ text }) => text)];
}
