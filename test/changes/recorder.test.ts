import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CardTypeEntity } from '../../src/card-types/card-type.entity.ts';
import { cardTypeKind } from '../../src/card-types/card-type.read.ts';
import { Recorder } from '../../src/changes/recorder.ts';
import { type Writing } from '../../src/changes/writing.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { bare, makeCardTypes } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let recorder: Recorder;
let one: string;
let two: string;

beforeAll(async () => {
  service = await startTestService();
  recorder = new Recorder(service.dataSource);
  const { shop, chain } = await makeCardTypes(service);
  [one, two] = [bare(shop.id), bare(chain.id)];
});
afterAll(() => service.close());

const rename = async (writing: Writing, key: string, name: string): Promise<void> => {
  const before = await writing.lockAny(cardTypeKind, key, 'id');
  await writing.update(cardTypeKind, before, { name });
};

it('writes again what the database broke off because two writers waited for each other', async () => {
  const bothHoldOne = Promise.withResolvers<void>();
  let holding = 0;
  const crosswise = (first: string, second: string, name: string): Promise<void> =>
    recorder.write(developmentUser, async (writing) => {
      await rename(writing, first, name);
      holding += 1;
      if (holding === 2) bothHoldOne.resolve();
      await bothHoldOne.promise;
      await rename(writing, second, name);
    });
  await Promise.all([crosswise(one, two, 'tam'), crosswise(two, one, 'z powrotem')]);

  // Once by each, and again by whichever was broken off: at least once, for they may meet again.
  expect(holding).toBeGreaterThanOrEqual(3);
  const names = async (key: string) =>
    (await changesOf(service, key)).map(({ fields }) => fields.at(-1)?.after);
  expect((await names(one)).slice(1).sort()).toEqual(['tam', 'z powrotem']);
  expect((await names(two)).slice(1).sort()).toEqual(['tam', 'z powrotem']);
});

it.each(['40P01', '40001'])(
  'gives up after five tries that the database breaks off with %s',
  async (code) => {
    let tries = 0;
    const write = recorder.write(developmentUser, async (writing) => {
      tries += 1;
      await writing.manager.query(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`);
    });
    await expect(write).rejects.toThrow('no');
    expect(tries).toBe(5);
  },
);

it('does not try again what failed for another reason', async () => {
  let tries = 0;
  const write = recorder.write(developmentUser, async (writing) => {
    tries += 1;
    await writing.manager.query('SELECT 1 / 0');
  });
  await expect(write).rejects.toThrow('division by zero');
  expect(tries).toBe(1);
});

it('leaves nothing of a write whose room fails at the end', async () => {
  const before = await changesOf(service, one);
  const write = recorder.write(developmentUser, async (writing) => {
    await rename(writing, one, 'nigdy');
    throw new Error('too late');
  });
  await expect(write).rejects.toThrow('too late');
  expect(await changesOf(service, one)).toEqual(before);
  const kept = await service.dataSource.manager.findOneByOrFail(CardTypeEntity, { id: one });
  expect(kept.name).not.toBe('nigdy');
});
