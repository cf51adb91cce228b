/** What holds for every record there is. Which there are is found in the schema; how each is made, in arrange/record-table.ts. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
} from 'graphql';
import { randomUUID } from 'node:crypto';
import { createSchema } from '../../src/server/schema.ts';
import { bare, makeClient, type Written } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import type { RecordRow, Setting, WrittenAnswer } from '../arrange/record-rows/record-row.ts';
import { recordTable } from '../arrange/record-table.ts';
import { isAt, textMembers, withText } from '../arrange/text-members.ts';

const schema = createSchema();
const mutations = schema.getMutationType()?.getFields() ?? {};

/** Types whose records have a version: those that are a Record, and those that are only a Node. */
const versionedTypes = Object.values(schema.getTypeMap()).flatMap((type) => {
  if (!isObjectType(type) || !('version' in type.getFields())) return [];
  return type.getInterfaces().some(({ name }) => name === 'Node') ? [type.name] : [];
});

it('walks every type of the schema whose records have a version', () => {
  expect(Object.keys(recordTable).sort()).toEqual(versionedTypes.toSorted());
});

it('walks every mutation that takes a version and answers such a record, or only that it is done', () => {
  const versioned = Object.values(mutations).filter(({ type, args }) => {
    const input = args.map((arg) => getNamedType(arg.type)).find(isInputObjectType);
    const answer = getNamedType(type).name;
    return input && 'version' in input.getFields() && [...versionedTypes, 'Boolean'].includes(answer);
  });
  const walked = Object.values(recordTable).flatMap(({ change, remove, restore, erase, elsewhere = [] }) => [
    change?.mutation,
    remove,
    restore,
    erase,
    ...elsewhere,
  ]);
  expect(versioned.length).toBeGreaterThan(10);
  expect(versioned.map(({ name }) => name).filter((name) => !walked.includes(name))).toEqual([]);
});

type Given = Readonly<Record<string, unknown>>;

let setting: Setting;
let service: ErpService;
/** The transaction that put each change down: once it is numbered for the feed, the row itself no longer tells. */
const changeWritten = `
  CREATE TABLE change_written (id bigint, record_id uuid, xid xid);
  CREATE FUNCTION note_change_written() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO change_written VALUES (NEW.id, NEW.record_id, pg_current_xact_id()::xid); RETURN NULL; END $$;
  CREATE TRIGGER change_written AFTER INSERT ON change FOR EACH ROW EXECUTE FUNCTION note_change_written();`;

beforeAll(async () => {
  service = await startErpService();
  await service.dataSource.query(changeWritten);
});
afterAll(() => service.close());
beforeEach(async () => {
  setting = { service, card: await makeClient(service) };
});

function fieldOf(mutation: string): GraphQLField<unknown, unknown> {
  const field = mutations[mutation];
  if (!field) throw new Error(`the schema has no mutation ${mutation}`);
  return field;
}

function inputOf(mutation: string): GraphQLInputObjectType {
  const type = getNamedType(fieldOf(mutation).args.find(({ name }) => name === 'input')?.type);
  if (!isInputObjectType(type)) throw new Error(`${mutation} takes no input`);
  return type;
}

function send(mutation: string, input: Given): Promise<WrittenAnswer> {
  const selection = isLeafType(getNamedType(fieldOf(mutation).type)) ? '' : '{ id version }';
  const text = `mutation ($input: ${inputOf(mutation).name}!) { written: ${mutation}(input: $input) ${selection} }`;
  return service.graphql<{ written: Written }>(text, { input });
}

const sendMake = ({ make }: RecordRow, input: Given): Promise<WrittenAnswer> =>
  make.send ? make.send(setting, input) : send(make.mutation, input);

function refusalIn({ errors }: WrittenAnswer): WrittenAnswer['errors'][number]['extensions'] {
  const [error] = errors;
  if (!error || errors.length > 1) throw new Error(`not exactly one error: ${JSON.stringify(errors)}`);
  return error.extensions;
}

const refused = async (mutation: string, input: object): Promise<Given> =>
  refusalIn(await send(mutation, { ...input }));

const problemsIn = (answer: WrittenAnswer): unknown => {
  const { code, problems } = refusalIn(answer);
  return code === 'BAD_USER_INPUT' ? problems?.map((one) => `${one.path} ${one.code}`).sort() : code;
};

async function made(row: RecordRow, input?: Given): Promise<Written> {
  const answer = await sendMake(row, input ?? (await row.make.input(setting)));
  const record = answer.data?.written;
  if (!record) throw new Error(`not made: ${JSON.stringify(answer.errors)}`);
  return record;
}

/** Writes and answers the record at the version that it must have then. */
async function written(mutation: string, { id, version }: Written, more: Given = {}): Promise<Written> {
  const { errors } = await send(mutation, { id, version, ...more });
  expect(errors).toEqual([]);
  return { id, version: version + 1 };
}

async function stored({ table }: RecordRow, { id }: Written): Promise<unknown> {
  const [row] = await service.dataSource.query<object[]>(`SELECT * FROM ${table} WHERE id = $1`, [bare(id)]);
  return row;
}

const changed = ({ change }: RecordRow, which: 0 | 1): Given =>
  change ? { [change.member]: change.values[which] } : {};

describe.each(Object.entries(recordTable))('%s', (_type, row) => {
  const { change, remove, restore, erase, make } = row;
  const versioned = [change?.mutation, remove, restore, erase].filter((name) => name !== undefined);

  if (change)
    it('changed upon an older version is a CONFLICT with the state as it is, and nothing is written', async () => {
      const first = await made(row);
      const second = await written(change.mutation, first, changed(row, 0));
      const before = await stored(row, first);
      expect(before).toMatchObject({ version: 2 });
      expect(await refused(change.mutation, { ...first, ...changed(row, 1) })).toMatchObject({
        code: 'CONFLICT',
        changedFields: [change.logged ?? change.member],
        current: { ...second, ...changed(row, 0) },
      });
      expect(await stored(row, first)).toEqual(before);
      expect(await changesOf(service, first.id)).toHaveLength(2);
    });

  if (change)
    it('changed by ten at once upon one version is changed by one of them, and the others are told what it is then', async () => {
      const first = await made(row);
      const ten = Array.from({ length: 10 }, () => send(change.mutation, { ...first, ...changed(row, 0) }));
      const lost = (await Promise.all(ten)).filter(({ errors }) => errors.length > 0);
      const current = { ...first, version: 2, ...changed(row, 0) };
      expect(lost.map(refusalIn)).toMatchObject(
        Array.from({ length: 9 }, () => ({ code: 'CONFLICT', current })),
      );
      expect(await changesOf(service, first.id)).toHaveLength(2);
    });

  if (remove)
    it('is removed softly, once, upon the version there is, and cannot be changed then', async () => {
      const first = await made(row);
      const seen = change ? await written(change.mutation, first, changed(row, 0)) : first;
      if (change) expect(await refused(remove, first)).toMatchObject({ code: 'CONFLICT', current: seen });
      const gone = await written(remove, seen);
      const before = await stored(row, gone);
      expect(before).toMatchObject({ version: gone.version, deleted_at: expect.anything() });
      const conflict = { code: 'CONFLICT', current: gone };
      expect(await refused(remove, seen)).toMatchObject({ ...conflict, changedFields: ['deletedAt'] });
      expect(await refused(remove, gone)).toMatchObject(conflict);
      if (change)
        expect(await refused(change.mutation, { ...gone, ...changed(row, 1) })).toMatchObject(conflict);
      expect(await stored(row, gone)).toEqual(before);
    });

  if (remove && restore)
    it('comes back as it was, once, upon the version there is', async () => {
      const first = await made(row);
      expect(await refused(restore, first)).toMatchObject({ code: 'CONFLICT', current: first });
      const before = await stored(row, first);
      const gone = await written(remove, first);
      expect(await refused(restore, first)).toMatchObject({ code: 'CONFLICT', current: gone });
      const back = await written(restore, gone);
      expect(await stored(row, back)).toEqual({
        ...(before as object),
        version: back.version,
        updated_at: expect.anything(),
      });
      expect(await refused(restore, back)).toMatchObject({ code: 'CONFLICT', current: back });
    });

  if (erase)
    it('is erased upon the version there is, live or removed, and tells so', async () => {
      const first = await made(row);
      const seen = change ? await written(change.mutation, first, changed(row, 0)) : first;
      const before = await stored(row, first);
      if (change) expect(await refused(erase, first)).toMatchObject({ code: 'CONFLICT', current: seen });
      expect(await stored(row, first)).toEqual(before);
      const gone = await written(erase, seen);
      expect(await stored(row, gone)).toMatchObject({ version: gone.version });
      expect((await changesOf(service, gone.id)).at(-1)).toMatchObject({
        action: 'ERASED',
        version: gone.version,
      });
      await written(erase, gone);
    });

  it('has a row in the change log for every write, put down in the write’s own transaction', async () => {
    const inOneTransaction = async ({ id }: Written): Promise<unknown> => {
      const newest = 'SELECT c.xid FROM change_written c WHERE c.record_id = $1 ORDER BY c.id DESC LIMIT 1';
      const text = `SELECT t.xmin = (${newest}) AS same FROM ${row.table} t WHERE t.id = $1`;
      return (await service.dataSource.query<{ same: boolean }[]>(text, [bare(id)]))[0]?.same;
    };
    let last = await made(row);
    const actions = ['CREATED'];
    expect(await inOneTransaction(last)).toBe(true);
    const steps = [
      ['UPDATED', change?.mutation, changed(row, 0)],
      ['DELETED', remove, {}],
      ['RESTORED', restore, {}],
    ] as const;
    for (const [action, mutation, more] of steps) {
      if (mutation === undefined) continue;
      last = await written(mutation, last, more);
      actions.push(action);
      expect(await inOneTransaction(last)).toBe(true);
    }
    const changes = await changesOf(service, last.id);
    expect(changes.map(({ action, version }) => [action, version])).toEqual(
      actions.map((action, index) => [action, index + 1]),
    );
    for (const { record_type, fields } of changes) {
      expect(record_type).toBe(row.recordType);
      expect(fields.length).toBeGreaterThan(0);
    }
  });

  it('tells everything that is wrong at once, when made and when changed', async () => {
    expect(problemsIn(await sendMake(row, make.wrong.input))).toEqual(make.wrong.problems.toSorted());
    if (change)
      expect(problemsIn(await send(change.mutation, change.wrong.input))).toEqual(
        change.wrong.problems.toSorted(),
      );
  });

  it('that is not there is told as NOT_FOUND, and an id of another kind as none', async () => {
    const { id } = await made(row);
    const absent = { id: `${id.slice(0, id.indexOf('_'))}_${randomUUID()}`, version: 1 };
    const other = { id: `user_${randomUUID()}`, version: 1 };
    for (const mutation of versioned) {
      expect(await refused(mutation, absent)).toEqual({
        code: 'NOT_FOUND',
        path: 'input.id',
        id: absent.id,
      });
      expect(problemsIn(await send(mutation, other))).toEqual(['input.id ID']);
    }
  });

  it('has no version yet to come', async () => {
    const first = await made(row);
    for (const mutation of versioned)
      expect(problemsIn(await send(mutation, { ...first, version: 9 }))).toEqual(['input.version VERSION']);
  });

  it('made twice by the same input is a DUPLICATE that names the first, also where both come at once', async () => {
    const input = await make.input(setting);
    const answers = await Promise.all([1, 2, 3, 4].map(() => sendMake(row, input)));
    const won = answers.filter(({ errors }) => errors.length === 0);
    expect(won).toHaveLength(1);
    const existingId = won[0]?.data?.written.id;
    const others = answers.filter(({ errors }) => errors.length > 0);
    for (const answer of [...others, await sendMake(row, input)])
      expect(refusalIn(answer)).toMatchObject({ code: 'DUPLICATE', existingId });
  });

  describe('refuses clearly, in every member that is text,', () => {
    const longest = 1_000_000;

    it('NUL', async () => {
      for (const [mutation, base] of await inputs(row)) {
        const texts = textMembers(inputOf(mutation));
        const input = texts.reduce(
          (sofar, { path }) => withText(inputOf(mutation), sofar, path, 'a\u0000b'),
          base,
        );
        const answer = mutation === make.mutation ? await sendMake(row, input) : await send(mutation, input);
        const { code, problems = [] } = refusalIn(answer);
        expect(code).toBe('BAD_USER_INPUT');
        expect(texts.filter(({ path }) => !problems.some((one) => isAt(one.path, path)))).toEqual([]);
      }
    });

    it('a million characters', async () => {
      for (const [mutation, base] of await inputs(row)) {
        for (const { path } of textMembers(inputOf(mutation))) {
          const input = withText(inputOf(mutation), base, path, 'x'.repeat(longest));
          const answer =
            mutation === make.mutation ? await sendMake(row, input) : await send(mutation, input);
          const { code, problems = [] } = refusalIn(answer);
          expect([code, problems.filter((one) => !isAt(one.path, path))]).toEqual(['BAD_USER_INPUT', []]);
          expect(JSON.stringify(answer).length).toBeLessThan(2_000);
        }
      }
    });
  });
});

/** Each mutation of the row with an input that it would take. */
async function inputs(row: RecordRow): Promise<(readonly [string, Given])[]> {
  const record = { ...(await made(row)) };
  return [
    [row.make.mutation, await row.make.input(setting)],
    ...[row.change?.mutation, row.remove, row.restore, row.erase].flatMap((name) =>
      name === undefined ? [] : [[name, record] as const],
    ),
  ];
}
