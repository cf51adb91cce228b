/** Whoever sees only their own cards: what is of other cards is to them as if it were not there, by whatever door. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { callerWith, headerOf } from '../arrange/callers.ts';
import { bare, makeClient, makeRecipient, type Written } from '../arrange/cards.ts';
import type { ErpService } from '../arrange/erp-service.ts';
import {
  asItIsNow,
  foreignTaxId,
  mark,
  ofCards,
  ownAndForeign,
  schema,
  typeOfInput,
} from '../arrange/own-and-foreign.ts';
import { recordTable } from '../arrange/record-table.ts';
import type { Answer, Caller } from '../arrange/service.ts';
import { addAttachment, attach, reviseAttachment, sendForm, somePdf } from '../arrange/uploads.ts';

const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});

let service: ErpService;
let owner: Caller;
let own: Written;
let foreign: Written;
let userKey: string;
let hidden: Readonly<Record<string, Written>>;
let customerId: string;

beforeAll(async () => {
  ({ service, owner, own, foreign, userKey, hidden, customerId } = await ownAndForeign());
});
afterAll(() => service.close());

/** The error that everything comes to that is not there; the id that it tells is the one that was asked for. */
const asIfAbsent = ({ errors }: Answer, id: string) =>
  errors.map(({ message, extensions }) => JSON.stringify({ message, extensions }).replaceAll(bare(id), 'ID'));

interface Attempt {
  readonly mutation: string;
  readonly type: string;
  readonly members: object;
}

/** Everything that the schema offers to do with a record. */
const attempts: readonly Attempt[] = Object.entries(recordTable).flatMap(([type, row]) => {
  const { change, remove, restore, erase } = row;
  const versioned = [remove, restore].flatMap((mutation) => mutation ?? []);
  return [
    ...(change ? [{ mutation: change.mutation, type, members: { [change.member]: change.values[0] } }] : []),
    ...versioned.map((mutation) => ({ mutation, type, members: {} })),
    ...(erase === undefined ? [] : [{ mutation: erase, type, members: {} }]),
    ...(['ApiKey', 'Note', 'ErpAccount', 'CardType', 'FeatureDefinition'].includes(type)
      ? []
      : [{ mutation: 'setFeatures', type, members: { values: [] } }]),
  ];
});

const ofRecords = attempts.filter(({ type }) => !['ApiKey', 'CardType', 'FeatureDefinition'].includes(type));

async function attempt(caller: Caller, { mutation, members }: Attempt, seen: Written): Promise<Answer> {
  const type = typeOfInput(mutation);
  const answered = schema.getMutationType()?.getFields()[mutation]?.type.toString();
  const selection = answered === 'Boolean!' ? '' : '{ __typename }';
  const { id, version } = seen;
  return caller.graphql(`mutation ($input: ${type}) { ${mutation}(input: $input) ${selection} }`, {
    input: { id, version, ...members },
  });
}

const unknown = ({ id }: Written): Written => ({ id: id.replace(bare(id), randomUUID()), version: 1 });

const versionsOf = async (): Promise<unknown> => {
  const versions: Record<string, unknown> = {};
  for (const [type, { id }] of Object.entries(hidden)) {
    const { table } = recordTable[type] ?? { table: '' };
    versions[type] = await service.dataSource.query(
      `SELECT version, deleted_at FROM ${table} WHERE id = $1`,
      [bare(id)],
    );
  }
  return versions;
};

describe('a record of another card', () => {
  it('cannot be written: every mutation answers as for an id that nothing has, and nothing changes', async () => {
    const before = await versionsOf();
    const wrong: string[] = [];
    for (const one of ofRecords) {
      const record = hidden[one.type];
      if (!record) throw new Error(`no hidden ${one.type}`);
      const absent = unknown(record);
      const erasing = one.mutation.startsWith('erase');
      const [there, notThere] = [
        asIfAbsent(await attempt(owner, one, record), record.id),
        asIfAbsent(await attempt(owner, one, absent), absent.id),
      ];
      const code = erasing ? 'FORBIDDEN' : 'NOT_FOUND';
      if (JSON.stringify(there) !== JSON.stringify(notThere) || !there[0]?.includes(code))
        wrong.push(`${one.mutation} ${one.type}: ${there.join()} / ${notThere.join()}`);
    }

    expect(wrong).toEqual([]);
    expect(await versionsOf()).toEqual(before);
  });

  it('is given none of its own: every adding mutation answers as for a card that nothing has', async () => {
    const wrong: string[] = [];
    for (const [type, row] of ofCards) {
      const ask = async (card: Written): Promise<readonly string[]> => {
        const input = { ...(await row.make.input({ service, card })), id: undefined };
        if (row.make.send) {
          const form = new FormData();
          form.set('operations', JSON.stringify({ query: addAttachment, variables: { input, file: null } }));
          form.set('map', JSON.stringify({ 0: ['variables.file'] }));
          form.set('0', new Blob([new Uint8Array(somePdf().bytes)]), 'a.pdf');
          const headers = { 'apollo-require-preflight': '1', ...headerOf('OWNER', userKey) };
          return asIfAbsent(await sendForm(service, form, headers), card.id);
        }
        const query = `mutation ($input: ${typeOfInput(row.make.mutation)}) { ${row.make.mutation}(input: $input) { __typename } }`;
        return asIfAbsent(await owner.graphql(query, { input }), card.id);
      };
      const [there, notThere] = [await ask(foreign), await ask(unknown(foreign))];
      if (there.join() !== notThere.join() || !there[0]?.includes('NOT_FOUND'))
        wrong.push(`${type}: ${there.join()} / ${notThere.join()}`);
    }

    expect(wrong).toEqual([]);
  });

  it('is reached by every mutation of the schema that these tests walk, and the others need no card or sight of all', () => {
    const walked = [
      ...attempts.map(({ mutation }) => mutation),
      ...ofCards.map(([, row]) => row.make.mutation),
    ];
    const elsewhere = [
      'createClient',
      'reviseAttachment',
      'mergeClients',
      'createApiKey',
      'revokeApiKey',
      'setUserActive',
      'importErpCustomers',
      'undoMerge',
      'defineCardType',
      'defineFeature',
      'defineReport',
      'updateReport',
      'retireReport',
      'reviveReport',
    ];

    expect(mutations.filter((name) => ![...walked, ...elsewhere].includes(name))).toEqual([]);
  });

  it('takes no new file', async () => {
    const ask = async (seen: Written): Promise<readonly string[]> => {
      const form = new FormData();
      const { id, version } = seen;
      const variables = { input: { id, version }, file: null };
      form.set('operations', JSON.stringify({ query: reviseAttachment, variables }));
      form.set('map', JSON.stringify({ 0: ['variables.file'] }));
      form.set('0', new Blob([new Uint8Array(somePdf().bytes)]), 'a.pdf');
      const headers = { 'apollo-require-preflight': '1', ...headerOf('OWNER', userKey) };
      return asIfAbsent(await sendForm(service, form, headers), seen.id);
    };
    const record = hidden['Attachment'] ?? foreign;

    expect(await ask(record)).toEqual(await ask(unknown(record)));
    expect((await ask(record)).join()).toContain('NOT_FOUND');
  });
});

/** By the field of Query: what asks for the foreign card by it. Those without one are told of below. */
const looks: Readonly<Record<string, () => string>> = {
  node: () =>
    `{ ${Object.entries(hidden)
      .map(([type, { id }]) => `${type}: node(id: "${id}") { id ... on Record { createdBy } }`)
      .join(' ')} document: node(id: "order:main:0:${customerId}") { id } }`,
  nodes: () =>
    `{ nodes(ids: [${Object.values(hidden)
      .map(({ id }) => `"${id}"`)
      .join()}]) { id } }`,
  client: () =>
    `{ byId: client(id: "${foreign.id}") { id shortName } byCode: client(code: "${mark.toLowerCase()}") { id } }`,
  clients: () => `{ all: clients(first: 200) { totalCount nodes { shortName } }
    searched: clients(search: "${mark}") { totalCount nodes { shortName } }
    mistyped: clients(search: "Tajemnizcy") { totalCount nodes { shortName } }
    filtered: clients(filter: { taxId: { eq: "${foreignTaxId}" } }) { totalCount nodes { shortName } }
    negated: clients(filter: { not: { code: { eq: "x" } } }) { totalCount nodes { shortName } }
    featured: clients(filter: { features: [{ key: "sekret", isSet: true }] }, orderBy: [{ field: FEATURE, featureKey: "sekret" }]) { totalCount nodes { shortName } }
    backward: clients(last: 5, orderBy: [{ field: UPDATED_AT }]) { nodes { shortName } } }`,
  events: () => '{ events { totalCount nodes { subject } } }',
  attachments: () =>
    '{ attachments { totalCount nodes { description downloadUrl revisions { downloadUrl } } } }',
  possibleDuplicates: () =>
    `{ possibleDuplicates(of: { taxId: "${foreignTaxId}", fullName: "${mark} sp. z o.o." }) { hidden candidates { client { shortName } } } }`,
  clientAsOf: () =>
    `{ clientAsOf(id: "${foreign.id}", at: "${new Date().toISOString()}") { id fields { value } } }`,
  changes: () => '{ changes(first: 200) { totalCount nodes { recordId clientId fields { after } } } }',
};

describe('every query', () => {
  it('is walked, or tells of no card, or needs sight of all cards', () => {
    const others = [
      'viewer',
      'apiKeys',
      'cardTypes',
      'featureDefinitions',
      'users',
      'erpCompanies',
      'erpCustomers',
      'debtors',
      'reports',
    ];

    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).toSorted()).toEqual(
      [...Object.keys(looks), ...others].toSorted(),
    );
  });

  it.each(Object.keys(looks))(
    '%s tells nothing of another card, where it tells it to whoever sees all',
    async (name) => {
      const query = looks[name]?.() ?? '';
      const ids = Object.values(hidden).map(({ id }) => bare(id));
      const tellsOf = (answer: unknown): boolean => {
        const text = JSON.stringify(answer);
        return text.includes(mark) || ids.some((id) => text.includes(id));
      };
      const [seen, all] = [await owner.ask(query), await service.ask(query)];

      expect({ owner: tellsOf(seen), everyone: tellsOf(all) }).toEqual({ owner: false, everyone: true });
    },
  );

  it('counts no other card', async () => {
    const query = `{ clients { totalCount } one: clients(search: "jawny") { totalCount }
      none: clients(search: "${mark}") { totalCount pageInfo { hasNextPage } } events { totalCount } attachments { totalCount } }`;

    expect(await owner.ask(query)).toEqual({
      clients: { totalCount: 1 },
      one: { totalCount: 1 },
      none: { totalCount: 0, pageInfo: { hasNextPage: false } },
      events: { totalCount: 0 },
      attachments: { totalCount: 0 },
    });
  });

  it('finds the documents of an ERP only through a card that is seen', async () => {
    const query = `{ node(id: "order:main:0:${customerId}") { id } }`;

    expect([await owner.ask(query), await service.ask(query)]).toEqual([
      { node: null },
      { node: { id: `order:main:0:${customerId}` } },
    ]);
  });

  it.each([
    'erpCustomers(company: "main") { totalCount }',
    'debtors(company: "main", currency: "PLN") { totalCount }',
  ])('over all customers is for whoever sees all cards: %s', async (field) => {
    const { extensions } = await callerWith(service, 'OVERREACHING', userKey).refusal(`{ ${field} }`);

    expect(extensions.code).toBe('FORBIDDEN');
  });

  it('counts a duplicate that is hidden, and does not name it', async () => {
    const query =
      'query ($of: DuplicateProbe!) { possibleDuplicates(of: $of) { hidden candidates { client { id } } } }';

    expect(await owner.ask(query, { of: { taxId: foreignTaxId } })).toEqual({
      possibleDuplicates: { hidden: 1, candidates: [] },
    });
  });
});

describe("what leads from a card of one's own to another", () => {
  it('leads nowhere: the member of a recipient, and the card that one was merged into', async () => {
    const group = await makeClient(service, { accountManagerId: `user_${userKey}` });
    await makeRecipient(service, group, { memberCardId: foreign.id });
    const gone = await makeClient(service, { accountManagerId: `user_${userKey}` });
    await service.ask('mutation ($input: MergeClientsInput!) { mergeClients(input: $input) { mergeId } }', {
      input: { winner: await asItIsNow(service, foreign), losers: [gone] },
    });
    const query = `{ group: client(id: "${group.id}") { recipients { nodes { memberCard { id } } } }
      gone: client(id: "${gone.id}") { deletedAt mergedInto { id } } }`;

    expect(await owner.ask(query)).toEqual({
      group: { recipients: { nodes: [{ memberCard: null }] } },
      gone: { deletedAt: expect.any(String), mergedInto: null },
    });
    expect(JSON.stringify(await service.ask(query))).toContain(foreign.id);
  });

  it("cannot be laid: no recipient of one's own names another card", async () => {
    const ask = (id: string) =>
      owner.graphql('mutation ($input: AddRecipientInput!) { addRecipient(input: $input) { id } }', {
        input: { clientId: own.id, code: 'x', name: 'x', memberCardId: id },
      });
    const absent = unknown(foreign).id;

    expect(asIfAbsent(await ask(foreign.id), foreign.id)).toEqual(asIfAbsent(await ask(absent), absent));
  });
});

describe("files of one's own cards", () => {
  it('are not written by whoever may only change cards', async () => {
    const seen = await attach(service, own);
    const query = `{ node(id: "${seen.id}") { id } changes(first: 200) { nodes { recordType } } }`;
    const answer = await callerWith(service, 'REPORTING', userKey).ask(query);

    expect(answer).toMatchObject({ node: null });
    expect(JSON.stringify(answer)).not.toContain('ATTACHMENT');
    expect(JSON.stringify(await service.ask(query))).toContain('ATTACHMENT');
  });
});
