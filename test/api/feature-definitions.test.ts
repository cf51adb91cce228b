import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import {
  define,
  defining,
  definition,
  featureOf,
  problemsOf,
  redefine,
  redefining,
  setFeatures,
  setting,
} from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

const choices = (...keys: string[]) => keys.map((key) => ({ key, name: `Wybór ${key}` }));

interface Shown {
  readonly key: string;
  readonly [member: string]: unknown;
}

async function shownDefinitions(variables: object = {}): Promise<readonly Shown[]> {
  const { featureDefinitions } = await service.ask<{ featureDefinitions: Shown[] }>(
    `query ($recordType: RecordType, $includeRetired: Boolean) {
      featureDefinitions(recordType: $recordType, includeRetired: $includeRetired) {
        id version key name description recordType cardTypes { key } kind group position required unit
        choices { key name retired } minimum maximum pattern retired } }`,
    variables,
  );
  return featureDefinitions;
}

describe('a definition', () => {
  it('is kept as given, and found among those of its type of record', async () => {
    const given = {
      key: 'credit-days',
      name: 'Termin',
      description: 'W dniach\nkalendarzowych',
      recordType: 'CLIENT',
      kind: 'INTEGER',
      group: 'Handlowe',
      position: 7,
      required: false,
      unit: 'dni',
      minimum: '0',
      maximum: '120',
    };
    const made = await define(service, 'credit-days', { ...given, cardTypes: ['chain', 'shop', 'chain'] });
    const shown = (await shownDefinitions({ recordType: 'CLIENT' })).find(({ key }) => key === given.key);
    expect(shown).toEqual({
      ...given,
      ...made,
      cardTypes: [{ key: 'chain' }, { key: 'shop' }],
      choices: [],
      pattern: null,
      retired: false,
    });
    expect(await shownDefinitions({ recordType: 'CONTACT' })).toEqual([]);
    const { node } = await service.ask<{ node: unknown }>(
      'query ($id: ID!) { node(id: $id) { ... on FeatureDefinition { key } } }',
      made,
    );
    expect(node).toEqual({ key: 'credit-days' });
  });

  it('comes last among those of its type of record when no place is given', async () => {
    await define(service, 'one', { recordType: 'RECIPIENT', position: 5 });
    await define(service, 'two', { recordType: 'RECIPIENT' });
    await define(service, 'grouped', { recordType: 'RECIPIENT', group: 'A', position: 9 });
    const shown = await shownDefinitions({ recordType: 'RECIPIENT' });
    expect(shown.map(({ key, position }) => [key, position])).toEqual([
      ['grouped', 9],
      ['one', 5],
      ['two', 6],
    ]);
  });

  it('is refused with every problem at once', async () => {
    const input = definition('wrong', {
      recordType: 'NOTE',
      kind: 'INTEGER',
      unit: 'szt.',
      minimum: 5,
      maximum: '4.9',
      pattern: 'a',
      choices: choices('x'),
      cardTypes: ['shop'],
    });
    expect(await problemsOf(service, defining, input)).toEqual([
      'input.recordType RECORD_TYPE',
      'input.pattern NOT_FOR_KIND',
      'input.choices NOT_FOR_KIND',
      'input.minimum BOUNDS',
      'input.cardTypes NOT_FOR_RECORD_TYPE',
    ]);
  });

  it.each([
    ['bounds of a text', { minimum: 1, maximum: 2 }, ['minimum NOT_FOR_KIND', 'maximum NOT_FOR_KIND']],
    ['a choice among nothing', { kind: 'CHOICE' }, ['choices REQUIRED']],
    ['a choice twice', { kind: 'CHOICE', choices: choices('a', 'b', 'A') }, ['choices.2.key DUPLICATE']],
    ['card types that are not there', { cardTypes: ['shop', 'nowhere'] }, ['cardTypes.1 CARD_TYPE']],
    ['a pattern that is none', { pattern: '([a-z' }, ['pattern PATTERN']],
    ['a pattern that looks back', { pattern: '(a*)*\\1' }, ['pattern PATTERN']],
    ['a pattern too long to prepare', { pattern: '((x{1,250}){1,250}){1,250}' }, ['pattern PATTERN']],
  ])('refuses %s', async (_, given, problems) => {
    const input = definition('refused', given);
    expect(await problemsOf(service, defining, input)).toEqual(problems.map((one) => `input.${one}`));
  });

  it('with a key that is taken is refused, and where the kind differs with the reason', async () => {
    const made = await define(service, 'Rabat', { kind: 'DECIMAL' });
    await define(service, 'rabat', { kind: 'TEXT', recordType: 'EVENT' });
    const again = await service.refusal(defining, { input: definition('rabat', { kind: 'DECIMAL' }) });
    expect(again.extensions).toMatchObject({ code: 'DUPLICATE', path: 'input.key', existingId: made.id });
    const other = await service.refusal(defining, { input: definition('rabat', { kind: 'TEXT' }) });
    expect(other.extensions).toMatchObject({ code: 'DUPLICATE', existingId: made.id });
    expect(other.message).toContain('a kind cannot be changed');
  });

  it('keeps its kind: another is refused with the reason, along with what else is wrong, its own is no change', async () => {
    const made = await define(service, 'rodzaj', { kind: 'INTEGER' });
    const other = { ...made, kind: 'TEXT', minimum: '9', maximum: '1' };

    expect(await problemsOf(service, redefining, other)).toEqual(['input.kind KIND', 'input.minimum BOUNDS']);
    const refused = await service.refusal(redefining, { input: { ...made, kind: 'TEXT' } });
    expect(refused.extensions.problems?.[0]?.message).toMatch(
      /is INTEGER and cannot become TEXT: .*retire this one/,
    );
    expect(await redefine(service, made, { kind: 'INTEGER' })).toEqual(made);
  });

  it('is in the change log, version by version', async () => {
    const made = await define(service, 'logged', { kind: 'CHOICE', choices: choices('a') });
    await redefine(service, made, {
      choices: [{ key: 'a', name: 'A', retired: true }, ...choices('b')],
      cardTypes: ['shop'],
    });
    const [, change, ...more] = await changesOf(service, made.id);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ record_type: 'FEATURE_DEFINITION', version: 2, action: 'UPDATED' });
    expect(change?.fields.map(({ name, after }) => [name, after])).toEqual([
      ['cardTypes', expect.stringMatching(/^cardtype_/)],
      ['choices', 'a: A (retired), b: Wybór b'],
    ]);
  });
});

describe('what records have already', () => {
  it('stays when bounds, pattern and choices are narrowed, until it is set anew', async () => {
    const number = await define(service, 'old-number', { kind: 'INTEGER' });
    const text = await define(service, 'old-text', {});
    const choice = await define(service, 'old-choice', { kind: 'MULTI_CHOICE', choices: choices('a', 'b') });
    const values = [
      { key: 'old-number', integer: 9 },
      { key: 'old-text', text: 'abc' },
      { key: 'old-choice', choices: ['a'] },
    ];
    const card = await makeClient(service, { features: values });
    await redefine(service, number, { maximum: 5 });
    await redefine(service, text, { pattern: '[0-9]+' });
    const retired = [{ key: 'a', name: 'Wybór a', retired: true }, ...choices('b')];
    await redefine(service, choice, { choices: retired });

    expect(await featureOf(service, card.id, 'old-number')).toMatchObject({ integer: 9 });
    expect(await featureOf(service, card.id, 'old-text')).toMatchObject({ text: 'abc' });
    expect(await featureOf(service, card.id, 'old-choice')).toMatchObject({ choices: [retired[0]] });
    // A retired choice may be kept beside others, but not taken anew.
    const kept = await setFeatures(service, card, [{ key: 'old-choice', choices: ['b', 'a'] }]);
    expect(await problemsOf(service, setting, { ...kept, values })).toEqual([
      'input.values.0.integer MAXIMUM',
      'input.values.1.text PATTERN',
    ]);
  });

  it('stays when the definition is retired: shown where it is set, only to be cleared', async () => {
    const made = await define(service, 'bygone', {});
    const [having, without] = [
      await makeClient(service, { features: [{ key: 'bygone', text: 'x' }] }),
      await makeClient(service),
    ];
    const { version } = await redefine(service, made, { retired: true });
    expect(await featureOf(service, having.id, 'bygone')).toMatchObject({ text: 'x' });
    expect(await featureOf(service, without.id, 'bygone')).toBeUndefined();
    const values = [{ key: 'bygone', text: 'y' }];
    expect(await problemsOf(service, setting, { ...having, values })).toEqual([
      'input.values.0.key FEATURE_RETIRED',
    ]);
    await setFeatures(service, having, [{ key: 'bygone', clear: true }]);
    expect(await featureOf(service, having.id, 'bygone')).toBeUndefined();
    const keys = async (variables: object) => (await shownDefinitions(variables)).map(({ key }) => key);
    expect(await keys({})).not.toContain('bygone');
    expect(await keys({ includeRetired: true })).toContain('bygone');
    await redefine(service, { id: made.id, version }, { retired: false });
    expect(await featureOf(service, without.id, 'bygone')).toMatchObject({ isSet: false });
  });

  it('keeps its choices: none is taken away', async () => {
    const made = await define(service, 'kept', { kind: 'CHOICE', choices: choices('a', 'b') });
    expect(await problemsOf(service, redefining, { ...made, choices: choices('b', 'c') })).toEqual([
      'input.choices CHOICE_REMOVED',
    ]);
    await redefine(service, made, { choices: choices('b', 'c', 'a') });
  });
});

it('a pattern that sends other engines back and forth takes no time here', async () => {
  await define(service, 'slow-elsewhere', { pattern: '(a+)+(b|a*)*' });
  const input = {
    ...(await makeClient(service)),
    values: [{ key: 'slow-elsewhere', text: `${'a'.repeat(499)}!` }],
  };
  expect(await problemsOf(service, setting, input)).toEqual(['input.values.0.text PATTERN']);
});
