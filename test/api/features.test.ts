import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientInput, makeCardTypes, makeClient, makeContact, mutations, write } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { define, featureOf, featuresOf, problemsOf, setFeatures, setting } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  await define(service, 'motto', { kind: 'TEXT', pattern: '[A-ZŁŻ][^!]*' });
  await define(service, 'story', { kind: 'LONG_TEXT' });
  await define(service, 'stores', { kind: 'INTEGER', minimum: 0, maximum: '500', unit: 'sklepów' });
  await define(service, 'discount', { kind: 'DECIMAL', minimum: '0.00', maximum: '99.99', unit: '%' });
  await define(service, 'vip', { kind: 'BOOLEAN' });
  await define(service, 'since', { kind: 'DATE' });
  const choices = [
    { key: 'A', name: 'Kluczowy' },
    { key: 'B', name: 'Zwykły' },
    { key: 'C', name: 'Dawny', retired: true },
  ];
  await define(service, 'class', { kind: 'CHOICE', choices });
  await define(service, 'lines', {
    kind: 'MULTI_CHOICE',
    choices: ['men', 'women', 'kids'].map((key) => ({ key, name: key })),
  });
  await define(service, 'shop', { kind: 'LINK' });
});
afterAll(() => service.close());

const values = [
  { key: 'motto', text: ' Łapać buty ' },
  { key: 'story', text: 'Pierwszy wiersz\ndrugi' },
  { key: 'stores', integer: 12 },
  { key: 'discount', decimal: '12.500' },
  { key: 'vip', boolean: false },
  { key: 'since', date: '2019-02-28' },
  { key: 'class', choices: ['B'] },
  { key: 'lines', choices: ['kids', 'men'] },
  { key: 'shop', text: 'https://krokus.example/buty' },
];
const unset = { text: null, integer: null, decimal: null, boolean: null, date: null, choices: null };
const shown = [
  { key: 'motto', text: 'Łapać buty' },
  { key: 'story', text: 'Pierwszy wiersz\ndrugi' },
  { key: 'stores', integer: 12 },
  { key: 'discount', decimal: '12.500' },
  { key: 'vip', boolean: false },
  { key: 'since', date: '2019-02-28' },
  { key: 'class', choices: [{ key: 'B', name: 'Zwykły', retired: false }] },
  {
    key: 'lines',
    choices: ['men', 'kids'].map((key) => ({ key, name: key, retired: false })),
  },
  { key: 'shop', text: 'https://krokus.example/buty' },
].map(({ key, ...member }) => ({ definition: { key }, isSet: true, ...unset, ...member }));

describe('features of a record', () => {
  it('are all listed, set or not, each with exactly the member of its kind', async () => {
    const card = await makeClient(service);
    expect(await featuresOf(service, card.id)).toEqual(
      shown.map(({ definition }) => ({ definition, isSet: false, ...unset })),
    );
    await setFeatures(service, card, values);
    expect(await featuresOf(service, card.id)).toEqual(shown);
  });

  it('are set at creation, in the same change as the record', async () => {
    const card = await makeClient(service, { features: values });
    expect(card.version).toBe(1);
    expect(await featuresOf(service, card.id)).toEqual(shown);
    const [change, ...more] = await changesOf(service, card.id);
    expect(more).toEqual([]);
    expect(change?.fields.filter(({ name }) => name.startsWith('feature.'))).toEqual([
      { name: 'feature.motto', before: null, after: 'Łapać buty' },
      { name: 'feature.story', before: null, after: 'Pierwszy wiersz\ndrugi' },
      { name: 'feature.stores', before: null, after: '12' },
      { name: 'feature.discount', before: null, after: '12.500' },
      { name: 'feature.vip', before: null, after: 'false' },
      { name: 'feature.since', before: null, after: '2019-02-28' },
      { name: 'feature.class', before: null, after: 'B' },
      { name: 'feature.lines', before: null, after: 'men, kids' },
      { name: 'feature.shop', before: null, after: 'https://krokus.example/buty' },
    ]);
  });

  it('change together with the record’s own fields, in one version', async () => {
    const card = await makeClient(service, { features: [{ key: 'stores', integer: 1 }] });
    const input = { ...card, shortName: 'Nowy', features: [{ key: 'stores', integer: 2 }] };
    expect((await write(service, 'updateClient', input)).version).toBe(2);
    const [, change] = await changesOf(service, card.id);
    expect(change?.fields).toEqual([
      { name: 'shortName', before: 'Trzewik', after: 'Nowy' },
      { name: 'feature.stores', before: '1', after: '2' },
    ]);
  });

  it('stay out of a card whose making is refused', async () => {
    const card = await makeClient(service);
    const input = clientInput({ id: card.id, features: values });
    expect((await service.refusal(mutations.createClient, { input })).extensions.code).toBe('DUPLICATE');
    expect((await featuresOf(service, card.id)).filter(({ isSet }) => isSet)).toEqual([]);
  });
});

describe('setFeatures', () => {
  it('answers the record with its new version, and leaves what it does not name', async () => {
    const card = await makeClient(service, { features: values });
    const { written } = await service.ask<{ written: unknown }>(
      `mutation ($input: SetFeaturesInput!) { written: setFeatures(input: $input) { __typename id version
        ... on Client { shortName features { definition { key } isSet } } } }`,
      { input: { ...card, values: [{ key: 'vip', clear: true }] } },
    );
    expect(written).toEqual({
      __typename: 'Client',
      id: card.id,
      version: 2,
      shortName: 'Trzewik',
      features: shown.map(({ definition }) => ({ definition, isSet: definition.key !== 'vip' })),
    });
  });

  it('gives whoever saw an older version CONFLICT with the names of the features that changed', async () => {
    const card = await makeClient(service);
    await setFeatures(service, card, [{ key: 'stores', integer: 3 }]);
    const input = { ...card, values: [{ key: 'stores', integer: 4 }] };
    expect((await service.refusal(setting, { input })).extensions).toMatchObject({
      code: 'CONFLICT',
      changedFields: ['feature.stores'],
      current: { version: 2 },
    });
  });

  it('makes no new version where nothing changes', async () => {
    const card = await makeClient(service, { features: values });
    expect(await setFeatures(service, card, values)).toEqual(card);
    expect(await setFeatures(service, card, [])).toEqual(card);
    expect((await changesOf(service, card.id)).length).toBe(1);
  });

  it('tells everything that is wrong at once, each with its place', async () => {
    const card = await makeClient(service);
    const wrong = [
      { key: 'nowhere', text: 'x' },
      { key: 'motto', text: 'mała litera' },
      { key: 'stores', decimal: '1' },
      { key: 'stores', integer: 1 },
      { key: 'discount', decimal: '99.991' },
      { key: 'vip' },
      { key: 'since', date: '2020-01-01', clear: true },
      { key: 'class', choices: ['A', 'B'] },
      { key: 'lines', choices: ['men', 'men', 'dogs'] },
      { key: 'shop', text: 'ftp://krokus.example' },
      { key: 'story', text: 'a\u0000b' },
      { key: 'motto\u0000', text: 'x' },
    ];
    expect(await problemsOf(service, setting, { ...card, values: wrong })).toEqual([
      'input.values.0.key FEATURE_UNKNOWN',
      'input.values.2.decimal KIND',
      'input.values.3.key DUPLICATE',
      'input.values.4.decimal MAXIMUM',
      'input.values.5 REQUIRED',
      'input.values.6.clear KIND',
      'input.values.7.choices TOO_MANY',
      'input.values.8.choices.1 DUPLICATE',
      'input.values.8.choices.2 CHOICE',
      'input.values.9.text LINK',
      'input.values.10.text CHARACTERS',
      'input.values.11.key FEATURE_UNKNOWN',
      'input.values.1.text PATTERN',
    ]);
    expect((await featuresOf(service, card.id)).filter(({ isSet }) => isSet)).toEqual([]);
  });

  it.each([
    ['less than the minimum', { key: 'stores', integer: -1 }, 'integer MINIMUM'],
    ['more than the maximum', { key: 'stores', integer: 501 }, 'integer MAXIMUM'],
    [
      'less than the minimum by the last place',
      { key: 'discount', decimal: '-0.000000000000001' },
      'decimal MINIMUM',
    ],
    ['a retired choice', { key: 'class', choices: ['C'] }, 'choices.0 CHOICE'],
    ['no choice', { key: 'class', choices: [] }, 'choices REQUIRED'],
    ['a blank text', { key: 'motto', text: '  ' }, 'text REQUIRED'],
    ['a line too long', { key: 'motto', text: 'Ż'.repeat(501) }, 'text TOO_LONG'],
    ['two lines for one', { key: 'motto', text: 'dwa\nwiersze' }, 'text CHARACTERS'],
    ['a text too long', { key: 'story', text: 'x'.repeat(20_001) }, 'text TOO_LONG'],
  ])('refuses %s', async (_, value, problem) => {
    const card = await makeClient(service);
    const input = { ...card, values: [value] };
    expect(await problemsOf(service, setting, input)).toEqual([`input.values.0.${problem}`]);
  });

  it.each([
    ['discount', '99.99', '99.99'],
    ['discount', '007.10', '7.10'],
    ['discount', '-0.00', '0.00'],
    ['discount', 5, '5'],
  ])('keeps the %s %j exactly, as %j', async (key, decimal, kept) => {
    const card = await makeClient(service, { features: [{ key, decimal }] });
    expect(await featureOf(service, card.id, key)).toMatchObject({ decimal: kept });
  });

  it('refuses records that have no features, and those of a deleted card', async () => {
    const cardType = await write(service, 'defineCardType', { key: 'bez-cech', name: 'x' });
    expect(await problemsOf(service, setting, { ...cardType, values: [] })).toEqual(['input.id ID']);
    const card = await makeClient(service);
    const contact = await makeContact(service, card);
    await service.ask('mutation ($input: VersionedId!) { deleteClient(input: $input) { id } }', {
      input: card,
    });
    expect(await problemsOf(service, setting, { ...contact, values: [] })).toEqual(['input.id CARD_DELETED']);
  });
});
