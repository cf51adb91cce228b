import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, makeContact, mutations, write, type Written } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { VersionConflict } from '../../src/errors.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

describe('whoever saw an older version', () => {
  it('gets CONFLICT with the state as it is and the names of what changed since', async () => {
    const { id } = await makeClient(service, { shortName: 'Stary', phone: '22 620 10 00' });
    await write(service, 'updateClient', { id, version: 1, shortName: 'Nowy' });
    await write(service, 'updateClient', { id, version: 2, address: { city: 'Łódź' }, email: 'a@krokus.pl' });
    await write(service, 'updateClient', { id, version: 3, shortName: 'Nowszy' });

    const late = { id, version: 1, shortName: 'Za późno' };
    const { extensions } = await service.refusal(mutations.updateClient, { input: late });
    expect(extensions).toMatchObject({
      code: 'CONFLICT',
      changedFields: ['address.city', 'email', 'shortName'],
      current: { id, version: 4, shortName: 'Nowszy', phone: '+48226201000', address: { city: 'Łódź' } },
    });
    const lessLate = { ...late, version: 3 };
    expect((await service.refusal(mutations.updateClient, { input: lessLate })).extensions).toMatchObject({
      changedFields: ['shortName'],
    });
  });

  it('gets CONFLICT with the current state in the shape in which records are read', async () => {
    const { id } = await makeClient(service);
    const contact = await makeContact(service, { id, version: 1 }, { primary: true });
    await write(service, 'updateContact', { ...contact, lastName: 'Druga' });
    const { extensions } = await service.refusal(mutations.updateContact, { input: contact });
    expect(extensions).toMatchObject({ code: 'CONFLICT', changedFields: ['lastName'] });
    const { node } = await service.ask<{ node: Record<string, unknown> }>(
      `query ($id: ID!) { node(id: $id) { ... on Contact {
        id version createdAt createdBy updatedAt updatedBy deletedAt
        active lastName firstName email phone mobile position department primary } } }`,
      { id: contact.id },
    );
    expect(extensions['current']).toEqual({ ...node, clientId: id });
  });
});

/** Writes until it wins, going on from the version that each conflict tells. Answers how often it lost. */
async function insist(id: string, shortName: string): Promise<number> {
  for (let lost = 0, version = 1; ; lost += 1) {
    try {
      await service.crm.clients.update(developmentUser, { id, version, shortName });
      return lost;
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      version = fault.current.version;
    }
  }
}

describe('fifty writers of one card at once', () => {
  it('win one at a time, and nobody’s change is lost', async () => {
    const { id } = await makeClient(service);
    const names = Array.from({ length: 50 }, (_, index) => `Pisarz ${index}`);
    const lost = await Promise.all(names.map((shortName) => insist(id, shortName)));

    // All began from version 1, which only one could win.
    expect(lost.filter((times) => times === 0).length).toBe(1);
    const changes = await changesOf(service, id);
    expect(changes.map(({ version }) => version)).toEqual(
      Array.from({ length: 51 }, (_, index) => index + 1),
    );
    const written = changes.slice(1).map(({ fields }) => fields);
    expect(written.map(([field]) => field?.after).sort()).toEqual(names.toSorted());
    // Each saw what the one before it had written.
    expect(written.slice(1).map(([field]) => field?.before)).toEqual(
      written.slice(0, -1).map(([field]) => field?.after),
    );
    const { client } = await service.ask<{ client: unknown }>(
      'query ($id: ID!) { client(id: $id) { version shortName } }',
      { id },
    );
    expect(client).toEqual({ version: 51, shortName: changes.at(-1)?.fields[0]?.after });
  });
});

describe('writers of records that belong together', () => {
  const codesOf = async (query: string, input: object): Promise<string[]> =>
    (await service.graphql(query, { input })).errors.map(({ extensions }) => extensions.code);

  it('do not lock each other out: a card’s contacts, and who is the primary one', async () => {
    const card = await makeClient(service);
    const contacts = await Promise.all([1, 2, 3].map(() => makeContact(service, card)));
    const loops = contacts.flatMap(({ id }, index) => [
      async (round: number) =>
        codesOf(mutations.updateContact, { id, version: 1, primary: round % 2 === 0, position: null }),
      async () => {
        const { client } = await service.ask<{ client: Written }>(
          'query ($id: ID!) { client(id: $id) { id version } }',
          card,
        );
        return codesOf(mutations.updateClient, { ...client, primaryContactId: contacts[index]?.id });
      },
      async () => codesOf(mutations.addContact, { clientId: card.id, lastName: 'Nowa', primary: true }),
    ]);
    const codes = await Promise.all(
      loops.map(async (once) => {
        const all: string[] = [];
        for (let round = 0; round < 25; round += 1) all.push(...(await once(round)));
        return all;
      }),
    );
    expect(new Set(codes.flat())).toEqual(new Set(['CONFLICT']));
  });

  it('do not lock each other out: two groups that are members of each other', async () => {
    const [one, two] = await Promise.all([makeClient(service), makeClient(service)]);
    const codes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const [group, member] = index % 2 === 0 ? [one, two] : [two, one];
        const input = { clientId: group.id, memberCardId: member.id, code: `R${index}`, name: 'But' };
        return codesOf(mutations.addRecipient, input);
      }),
    );
    expect(codes.flat()).toEqual([]);
  });

  it('do not lock each other out: a card type and its cards', async () => {
    const type = await write(service, 'defineCardType', { key: 'oddzial', name: 'Oddział' });
    const cards = await Promise.all(
      Array.from({ length: 4 }, () => makeClient(service, { cardType: 'oddzial' })),
    );
    const flip = async (): Promise<string[]> => {
      let { version } = type;
      for (let round = 0; round < 20; round += 1)
        version = (
          await write(service, 'updateCardType', {
            id: type.id,
            version,
            branchesShareTaxId: round % 2 === 0,
          })
        ).version;
      return [];
    };
    const move = async (card: Written): Promise<string[]> => {
      const codes: string[] = [];
      for (let round = 0; round < 20; round += 1)
        codes.push(
          ...(await codesOf(mutations.updateClient, {
            id: card.id,
            version: round + 1,
            cardType: round % 2 === 0 ? 'shop' : 'oddzial',
          })),
        );
      return codes;
    };
    expect((await Promise.all([flip(), ...cards.map(move)])).flat()).toEqual([]);
  });
});
