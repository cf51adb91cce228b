/** Features of every type of record that has them, cards aside, which features.test.ts is about. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { featuredRecords } from '../../src/features/featured-records.ts';
import { createSchema } from '../../src/server/schema.ts';
import {
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { define, featureOf, redefine, setFeatures } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { waitForStored, storedKeys } from '../arrange/stored-files.ts';
import {
  addAttachment,
  attach,
  attachmentInput,
  reviseAttachment,
  sendFile,
  somePdf,
} from '../arrange/uploads.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

describe('every type of record that has features', () => {
  const makers = {
    CONTACT: makeContact,
    DELIVERY_PLACE: makeDeliveryPlace,
    RECIPIENT: makeRecipient,
    EVENT: (caller: TestService, card: Written, given: object = {}) =>
      write(caller, 'addEvent', {
        clientId: card.id,
        kind: 'CALL',
        subject: 'Rozmowa',
        startsAt: '2026-01-01T10:00:00Z',
        ...given,
      }),
    ATTACHMENT: (caller: TestService, card: Written, given: object = {}) =>
      attach(caller, card, somePdf(), given).then(({ id, version }) => ({ id, version })),
  };

  it('is tried here, cards aside, and no type of the contract is without', () => {
    const featured = featuredRecords.map(({ recordType }) => recordType);
    const types = Object.values(createSchema().getTypeMap()).flatMap((type) =>
      isObjectType(type) && 'features' in type.getFields() ? [type.name] : [],
    );
    expect(featured.toSorted()).toEqual([...Object.keys(makers), 'CLIENT'].toSorted());
    expect(types).toHaveLength(featured.length);
  });

  it.each(Object.entries(makers))('%s: set at creation, changed, cleared', async (recordType, make) => {
    const key = `size-${recordType}`;
    await define(service, key, { recordType, kind: 'DECIMAL' });
    const card = await makeClient(service);
    const made = await make(service, card, { features: [{ key, decimal: '1.50' }] });
    expect(await featureOf(service, made.id, key)).toMatchObject({ decimal: '1.50' });
    const changed = await setFeatures(service, made, [{ key, decimal: '2' }]);
    expect(changed.version).toBe(2);
    expect(await featureOf(service, made.id, key)).toMatchObject({ decimal: '2' });
    await setFeatures(service, changed, [{ key, clear: true }]);
    expect(await featureOf(service, made.id, key)).toMatchObject({ isSet: false, decimal: null });
    expect((await changesOf(service, made.id)).map(({ fields }) => fields.at(-1))).toEqual([
      { name: `feature.${key}`, before: null, after: '1.50' },
      { name: `feature.${key}`, before: '1.50', after: '2' },
      { name: `feature.${key}`, before: '2', after: null },
    ]);
    // Another type's features are none of a card's.
    expect(await featureOf(service, card.id, key)).toBeUndefined();
  });
});

describe('a required feature of attachments', () => {
  it('is asked for before a byte is taken, of a new file and of a new revision; other faults are told too', async () => {
    const card = await makeClient(service);
    const before = await attach(service, card);
    const required = await define(service, 'podpisana', {
      recordType: 'ATTACHMENT',
      kind: 'BOOLEAN',
      required: true,
    });
    const keys = await storedKeys(service.storageFolder);
    const { id, version } = before;
    const given = { ...attachmentInput(card), features: [{ key: 'podpisana', text: 'x' }] };
    const refusals = [
      await sendFile(service, addAttachment, attachmentInput(card), somePdf()),
      await sendFile(service, addAttachment, given, somePdf()),
      await sendFile(service, reviseAttachment, { id, version }, somePdf()),
    ];
    const problems = refusals.map(({ errors }) =>
      errors[0]?.extensions.problems?.map(({ path, code }) => `${path} ${code}`),
    );

    expect(problems).toEqual([
      ['input.features.podpisana FEATURE_REQUIRED'],
      ['input.features.0.text KIND'],
      ['input.features.podpisana FEATURE_REQUIRED'],
    ]);
    await waitForStored(service.storageFolder, keys.files);
    const filled = await setFeatures(service, { id, version }, [{ key: 'podpisana', boolean: true }]);
    const { data } = await sendFile(service, reviseAttachment, { id, version: filled.version }, somePdf());
    expect(data?.written?.version).toBe(3);
    await redefine(service, required, { required: false });
  });
});
