/**
 * Definitions of features (cechy), which the administrator keeps. Promises that what records have stays readable: a
 * definition is retired, never deleted; its kind, key and type of record never change; choices are retired, never taken
 * away; and narrower bounds, patterns and choices hold for what is set from then on.
 */
import { In } from 'typeorm';
import { CardTypeEntity } from '../card-types/card-type.entity.ts';
import { RecordType } from '../changes/record-type.ts';
import type { Recorder } from '../changes/recorder.ts';
import type { NewValues, Writing } from '../changes/writing.ts';
import { DuplicateRecord, InputRejected, type Problem } from '../errors.ts';
import type { Actor } from '../request.ts';
import { changedRequired, changedText } from '../values/changed.ts';
import { plainDecimal } from '../values/decimal.ts';
import { keyOf, publicId } from '../values/record-id.ts';
import { FeatureDefinitionEntity, type Choice } from './definition.entity.ts';
import type {
  DefineFeatureInput,
  FeatureChoiceInput,
  UpdateFeatureDefinitionInput,
} from './definition.inputs.ts';
import { featureDefinitionKind, type FeatureDefinitionRow } from './definition.read.ts';
import { definitionProblems } from './definition.rules.ts';
import { sortChoicesAnew } from './feature-storage.ts';
import { askPattern } from './pattern.ts';

type Values = NewValues<FeatureDefinitionEntity>;

const blank = {
  description: null,
  cardTypeKeys: [],
  group: null,
  required: false,
  unit: null,
  choices: [],
  minimum: null,
  maximum: null,
  pattern: null,
  retired: false,
};

const choiceOf = ({ key, name, retired }: FeatureChoiceInput): Choice => ({
  key,
  name: name.trim(),
  retired: retired ?? false,
});

const changedNumber = (given: string | null | undefined, before: string | null): string | null =>
  given === undefined ? before : given === null ? null : plainDecimal(given);

/** All but the card types, laid over what was there. */
const membersOver = (before: Values, given: DefineFeatureInput | UpdateFeatureDefinitionInput): Values => ({
  ...before,
  name: changedRequired(given.name, before.name),
  description: changedText(given.description, before.description),
  group: changedText(given.group, before.group),
  position: given.position ?? before.position,
  required: given.required ?? before.required,
  unit: changedText(given.unit, before.unit),
  choices: given.choices === undefined ? before.choices : (given.choices ?? []).map(choiceOf),
  minimum: changedNumber(given.minimum, before.minimum),
  maximum: changedNumber(given.maximum, before.maximum),
  pattern: changedText(given.pattern, before.pattern),
});

export class FeatureDefinitionService {
  /** `recordTypes`: those whose records have features. */
  constructor(
    private readonly recorder: Recorder,
    private readonly recordTypes: readonly (keyof typeof RecordType)[],
  ) {}

  /** Throws InputRejected, and DuplicateRecord where the type of record has a feature with this key. */
  define(actor: Actor, input: DefineFeatureInput): Promise<FeatureDefinitionRow> {
    return this.recorder.write(actor, async (writing) => {
      await refuseTaken(writing, input);
      const { recordType, key, kind, name } = input;
      const position = input.position ?? (await nextPosition(writing, recordType));
      const values = membersOver({ ...blank, recordType, key, kind, name: name.trim(), position }, input);
      const checked = await this.check(writing, values, input, { kind, choices: [] });
      const { id } = await writing.create(featureDefinitionKind, undefined, checked);
      return writing.read(featureDefinitionKind, id);
    });
  }

  /** Throws InputRejected, RecordNotFound, VersionConflict. */
  update(actor: Actor, input: UpdateFeatureDefinitionInput): Promise<FeatureDefinitionRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('feature', input.id, 'input.id');
      const before = await writing.lock(featureDefinitionKind, key, input.version, 'input.id');
      const values = { ...membersOver(before, input), retired: input.retired ?? before.retired };
      const checked = await this.check(writing, values, input, before);
      await writing.update(featureDefinitionKind, before, checked);
      if (before.choices.some((choice, place) => checked.choices[place]?.key !== choice.key))
        await sortChoicesAnew(writing.run, key);
      return writing.read(featureDefinitionKind, key);
    });
  }

  private async check(
    writing: Writing,
    values: Values,
    given: Pick<DefineFeatureInput, 'cardTypes' | 'pattern'> & Pick<UpdateFeatureDefinitionInput, 'kind'>,
    before: Pick<Values, 'kind' | 'choices'>,
  ): Promise<Values> {
    const problems = definitionProblems(values, before.choices);
    if (given.kind != null && given.kind !== before.kind) {
      const message = `is ${before.kind} and cannot become ${given.kind}: values are kept in the form of their kind; define another feature and retire this one`;
      problems.unshift({ path: 'input.kind', code: 'KIND', message });
    }
    if (!this.recordTypes.includes(values.recordType)) {
      const message = `these have features: ${this.recordTypes.join(', ')}`;
      problems.unshift({ path: 'input.recordType', code: 'RECORD_TYPE', message });
    }
    const cardTypeKeys =
      given.cardTypes === undefined
        ? values.cardTypeKeys
        : await cardTypesNamed(writing, values.recordType, given.cardTypes ?? [], problems);
    if (given.pattern != null && values.pattern !== null)
      problems.push(...(await patternProblems(writing, values.pattern)));
    if (problems.length > 0) throw new InputRejected(problems);
    return { ...values, cardTypeKeys };
  }
}

async function refuseTaken(
  { manager }: Writing,
  { recordType, key, kind }: DefineFeatureInput,
): Promise<void> {
  const taken = await manager
    .createQueryBuilder(FeatureDefinitionEntity, 'definition')
    .where('definition.record_type = :recordType AND lower(definition.key) = :key', {
      recordType,
      key: key.toLowerCase(),
    })
    .getOne();
  if (!taken) return;
  const reason =
    taken.kind === kind
      ? 'change that one'
      : `a kind cannot be changed, as records may have values of it: retire that one and define another under another key`;
  throw new DuplicateRecord(
    'input.key',
    `there is already a feature '${taken.key}' of kind ${taken.kind} for this type of record: ${reason}`,
    publicId('feature', taken.id),
  );
}

async function nextPosition({ manager }: Writing, recordType: RecordType): Promise<number> {
  const last = await manager.maximum(FeatureDefinitionEntity, 'position', { recordType });
  return Math.min((last ?? 0) + 1, 2_147_483_647);
}

/** Keys of the records, in the order given, each once; what is wrong is added to `problems`. */
async function cardTypesNamed(
  { manager }: Writing,
  recordType: RecordType,
  given: readonly string[],
  problems: Problem[],
): Promise<readonly string[]> {
  const path = 'input.cardTypes';
  if (given.length === 0) return [];
  if (recordType !== RecordType.CLIENT) {
    problems.push({ path, code: 'NOT_FOR_RECORD_TYPE', message: 'only features of clients have card types' });
    return [];
  }
  const found = await manager.findBy(CardTypeEntity, { key: In([...given]) });
  const ids = new Map(found.map(({ key, id }) => [key, id]));
  for (const [index, key] of given.entries()) {
    if (ids.has(key)) continue;
    const message = `there is no card type '${key}'`;
    problems.push({ path: `${path}.${index}`, code: 'CARD_TYPE', message });
  }
  return [...new Set(given.flatMap((key) => ids.get(key) ?? []))];
}

/** As long as a text with a pattern can be. */
const longestText = 'a'.repeat(500);

async function patternProblems({ run }: Writing, pattern: string): Promise<Problem[]> {
  const answer = await askPattern(run, { pattern, text: longestText });
  const path = 'input.pattern';
  if (answer === 'invalid')
    return [
      {
        path,
        code: 'PATTERN',
        message: 'is not a regular expression that PostgreSQL has, without back references',
      },
    ];
  return answer === 'too slow' ? [{ path, code: 'PATTERN', message: 'takes too long to check' }] : [];
}
