import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  clientInput,
  contactInput,
  makeCardTypes,
  makeClient,
  makeContact,
  mutations,
  write,
} from '../arrange/cards.ts';
import { define, featureOf, problemsOf, redefine, setFeatures, setting } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

describe('a required feature', () => {
  it('is asked for when a record is made, and when one without it is next changed', async () => {
    const before = await makeContact(service, await makeClient(service));
    const { id, version } = await define(service, 'language', { recordType: 'CONTACT', required: true });
    const card = await makeClient(service);
    const missing = ['input.features.language FEATURE_REQUIRED'];
    expect(await problemsOf(service, mutations.addContact, contactInput(card))).toEqual(missing);
    expect(await problemsOf(service, mutations.updateContact, { ...before, lastName: 'Nowak' })).toEqual(
      missing,
    );
    const filled = await setFeatures(service, before, [{ key: 'language', text: 'polski' }]);
    const renamed = await write(service, 'updateContact', { ...filled, lastName: 'Nowak' });
    const clearing = { ...renamed, values: [{ key: 'language', clear: true }] };
    expect(await problemsOf(service, setting, clearing)).toEqual(['input.values.0.clear FEATURE_REQUIRED']);
    // Retired, it is asked of nobody.
    await redefine(service, { id, version }, { retired: true });
    await setFeatures(service, renamed, [{ key: 'language', clear: true }]);
  });

  it('that is given wrongly is told as that alone', async () => {
    const { id, version } = await define(service, 'grade', { kind: 'INTEGER', required: true, maximum: 5 });
    const input = clientInput({ features: [{ key: 'grade', integer: 6 }] });
    expect(await problemsOf(service, mutations.createClient, input)).toEqual([
      'input.features.0.integer MAXIMUM',
    ]);
    await redefine(service, { id, version }, { required: false });
  });

  it('does not hold up what follows from another record, nor filling in another one first', async () => {
    const card = await makeClient(service);
    const one = await define(service, 'first', { required: true });
    const two = await define(service, 'second', { required: true });
    await makeContact(service, card, { primary: true, features: [] });
    const seen = { id: card.id, version: 2 };
    expect(await problemsOf(service, mutations.updateClient, { ...seen, shortName: 'Inny' })).toEqual([
      'input.features.first FEATURE_REQUIRED',
      'input.features.second FEATURE_REQUIRED',
    ]);
    const half = await setFeatures(service, seen, [{ key: 'first', text: 'x' }]);
    const features = [{ key: 'second', text: 'y' }];
    await write(service, 'updateClient', { ...half, shortName: 'Inny', features });
    await redefine(service, one, { retired: true });
    await redefine(service, two, { retired: true });
  });
});

describe('features of one card type', () => {
  it('are shown, taken and required on cards of that type only', async () => {
    const made = await define(service, 'branches', {
      kind: 'INTEGER',
      cardTypes: ['chain'],
      required: true,
    });
    const shop = await makeClient(service);
    expect(await featureOf(service, shop.id, 'branches')).toBeUndefined();
    const branches = { key: 'branches', integer: 7 };
    expect(await problemsOf(service, setting, { ...shop, values: [branches] })).toEqual([
      'input.values.0.key FEATURE_CARD_TYPE',
    ]);
    const moved = { ...shop, cardType: 'chain' };
    expect(await problemsOf(service, mutations.updateClient, moved)).toEqual([
      'input.features.branches FEATURE_REQUIRED',
    ]);
    const chain = await write(service, 'updateClient', { ...moved, features: [branches] });
    expect(await featureOf(service, shop.id, 'branches')).toMatchObject({ integer: 7 });
    // Moved back it is out of sight, and there again when the card returns.
    const back = await write(service, 'updateClient', { ...chain, cardType: 'shop' });
    expect(await featureOf(service, shop.id, 'branches')).toBeUndefined();
    await write(service, 'updateClient', { ...back, cardType: 'chain' });
    expect(await featureOf(service, shop.id, 'branches')).toMatchObject({ integer: 7 });
    await redefine(service, made, { retired: true });
  });
});
