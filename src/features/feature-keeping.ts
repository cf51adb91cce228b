/**
 * Features of records as they are written (the port of src/changes). Promises that a record's values fit their definitions
 * as these are now, that whoever makes or changes a record is told every problem at once, and that a required feature is
 * there afterwards. What was set before a definition was narrowed is never looked at again.
 */
import type { FieldStep } from '../changes/change.entity.ts';
import {
  noFeatures,
  type ErasedFeature,
  type FeatureChanges,
  type FeaturesPort,
  type GivenFeatures,
} from '../changes/features-port.ts';
import type { RecordedKind } from '../changes/recorded-kind.ts';
import type { RecordedEntity } from '../changes/recorded.entity.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import { InputRejected, type Problem } from '../errors.ts';
import type { FeatureValueInput } from '../values/feature-value.ts';
import { publicId } from '../values/record-id.ts';
import {
  definitionsWithValues,
  deleteValues,
  replaceValues,
  type DefinitionWithValue,
} from './feature-storage.ts';
import { fitValue, problemAt, type Cells, type Misfit } from './feature-value.rules.ts';
import { askPattern } from './pattern.ts';

const mostValues = 200;

interface Changed {
  readonly definition: DefinitionWithValue;
  readonly cells: Cells;
  readonly path: string;
}

/** Whether records of this card type have the feature, where it depends on that. */
export const isFor = (
  { cardTypeIds }: Pick<DefinitionWithValue, 'cardTypeIds'>,
  cardTypeId: string | undefined,
): boolean => cardTypeIds.length === 0 || (cardTypeId !== undefined && cardTypeIds.includes(cardTypeId));

function usable(
  definition: DefinitionWithValue | undefined,
  given: FeatureValueInput,
  cardTypeId: string | undefined,
): Misfit | undefined {
  if (!definition) {
    const shown = JSON.stringify(given.key.slice(0, 60));
    return {
      member: 'key',
      code: 'FEATURE_UNKNOWN',
      message: `there is no feature ${shown} for this record`,
    };
  }
  // What is there already can always be taken away.
  if (given.clear) return undefined;
  if (definition.retired)
    return {
      member: 'key',
      code: 'FEATURE_RETIRED',
      message: `'${given.key}' is retired: it can only be cleared`,
    };
  return isFor(definition, cardTypeId)
    ? undefined
    : { member: 'key', code: 'FEATURE_CARD_TYPE', message: `'${given.key}' is for cards of other types` };
}

/** What the given values change, and everything that is wrong with them. */
function fitAll(
  definitions: readonly DefinitionWithValue[],
  { values, path }: GivenFeatures,
  cardTypeId: string | undefined,
): { changed: readonly Changed[]; problems: readonly Problem[] } {
  if (values.length > mostValues)
    return { changed: [], problems: [{ path, code: 'TOO_MANY', message: `must be at most ${mostValues}` }] };
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const changed: Changed[] = [];
  const problems: Problem[] = [];
  for (const [index, given] of values.entries()) {
    const at = `${path}.${index}`;
    const definition = byKey.get(given.key);
    const refused = usable(definition, given, cardTypeId);
    if (refused || !definition) problems.push(...(refused ? [problemAt(at, refused)] : []));
    else if (values.findIndex(({ key }) => key === given.key) < index)
      problems.push({ path: `${at}.key`, code: 'DUPLICATE', message: `'${given.key}' is given twice` });
    else {
      const fit = fitValue(definition, given, definition.cells);
      if ('cells' in fit) changed.push({ definition, cells: fit.cells, path: at });
      else problems.push(...fit.misfits.map((wrong) => problemAt(at, wrong)));
    }
  }
  return { changed, problems };
}

/** Required features that would not be there. One that was given wrongly is told as that, and not as missing too. */
function missing(
  definitions: readonly DefinitionWithValue[],
  { values, path, complete }: GivenFeatures,
  changed: readonly Changed[],
  cardTypeId: string | undefined,
): Problem[] {
  const given = new Set(values.map(({ key }) => key));
  return definitions.flatMap((definition) => {
    if (!definition.required || definition.retired || !isFor(definition, cardTypeId)) return [];
    const change = changed.find((one) => one.definition === definition);
    const absent = change
      ? change.cells.length === 0
      : !given.has(definition.key) && definition.cells.length === 0;
    if (!absent || !(change || complete)) return [];
    return [
      {
        path: change ? `${change.path}.clear` : `${path}.${definition.key}`,
        code: 'FEATURE_REQUIRED',
        message: `the feature '${definition.key}' (${definition.name}) is required`,
      },
    ];
  });
}

async function patternProblems(run: RunQuery, changed: readonly Changed[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { definition, cells, path } of changed) {
    const [text] = cells;
    if (definition.pattern === null || text === undefined) continue;
    const { pattern } = definition;
    if ((await askPattern(run, { pattern, text })) === 'matches') continue;
    problems.push({
      path: `${path}.text`,
      code: 'PATTERN',
      message: `does not match the pattern ${pattern}`,
    });
  }
  return problems;
}

const textOf = (cells: Cells): string | null => (cells.length === 0 ? null : cells.join(', '));

const fieldOf = (key: string): string => `feature.${key}`;

const stepOf = ({ definition, cells }: Changed): FieldStep => ({
  name: fieldOf(definition.key),
  before: textOf(definition.cells),
  after: textOf(cells),
});

export class FeatureKeeping implements FeaturesPort {
  async changes<Entity extends RecordedEntity>(
    run: RunQuery,
    kind: RecordedKind<Entity>,
    record: Entity,
    given: GivenFeatures,
  ): Promise<FeatureChanges> {
    if (!kind.features) return noFeatures.changes(run, kind, record, given);
    const cardTypeKey = kind.features.cardTypeKeyOf?.(record);
    const cardTypeId = cardTypeKey && publicId('cardtype', cardTypeKey);
    const definitions = await definitionsWithValues(run, kind.recordType, record.id || null);
    const { changed, problems } = fitAll(definitions, given, cardTypeId);
    const all = [
      ...problems,
      ...(await patternProblems(run, changed)),
      ...missing(definitions, given, changed, cardTypeId),
    ];
    if (all.length > 0) throw new InputRejected(all);
    const differing = changed.filter((change) => textOf(change.cells) !== textOf(change.definition.cells));
    return {
      steps: differing.map(stepOf),
      write: () =>
        replaceValues(
          run,
          record.id,
          differing.map(({ definition: { definitionKey, kind: valueKind }, cells }) => ({
            definitionKey,
            kind: valueKind,
            cells,
          })),
        ),
    };
  }

  async erase(run: RunQuery, recordKeys: readonly string[]): Promise<readonly ErasedFeature[]> {
    const values = await deleteValues(run, recordKeys);
    return values.map(({ recordKey, key, text }) => ({ recordKey, field: fieldOf(key), text }));
  }
}
