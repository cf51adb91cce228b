import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type pg from 'pg';
import { Sequencer, type SequencerOptions } from '../../src/changes/sequencer.ts';
import { until } from '../arrange/embedded-service.ts';
import { createTestDatabase, type TestDatabase } from '../arrange/postgres.ts';
import { insertChange, insertManyChanges, openSession, positions } from '../arrange/raw-changes.ts';
import { migratedTemplate } from '../arrange/template.ts';

const lock = 7_423_902;
/** So that nothing but what a test does wakes it. */
const never = 2_000_000_000;

let database: TestDatabase;
let session: pg.Client;
let other: pg.Client;
let sequencers: Sequencer[];
let warnings: string[];

beforeEach(async () => {
  database = await createTestDatabase(migratedTemplate);
  session = await openSession(database.url);
  other = await openSession(database.url);
  sequencers = [];
  warnings = [];
});
afterEach(async () => {
  for (const sequencer of sequencers) await sequencer.close();
  await session.end();
  await other.end();
  await database.drop();
});

function makeSequencer(options: Partial<SequencerOptions> = {}): Sequencer {
  const ignore = () => undefined;
  const log = {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (_: object, event: string) => void warnings.push(event),
  };
  const sequencer = new Sequencer({ url: database.url, log, everyMs: never, ...options });
  sequencers.push(sequencer);
  return sequencer;
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const allNumbered = async (): Promise<boolean> => !(await positions(session)).includes(null);
const waitingForLock = async (): Promise<boolean> => {
  const { rows } = await session.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
  return rows.length > 0;
};

it('numbers at its start what was written before, in that order, however much it is', async () => {
  await insertManyChanges(session, 2_500);
  await makeSequencer().start();
  await until(allNumbered);
  expect(await positions(session)).toEqual(upTo(2_500));
});

it('is woken by a commit, and not before it', async () => {
  await makeSequencer().start();
  await session.query('BEGIN');
  await insertChange(session);
  await insertChange(other);
  await until(async () => (await positions(other)).includes(1));
  expect(await positions(other)).toEqual([1]);
  await session.query('COMMIT');
  await until(allNumbered);
  expect(await positions(session)).toEqual([2, 1]);
});

it('finds by its clock what nobody told it', async () => {
  await session.query('ALTER TABLE change DISABLE TRIGGER change_is_told');
  await makeSequencer({ everyMs: 20 }).start();
  await insertChange(session);
  await until(allNumbered);
  expect(await positions(session)).toEqual([1]);
});

it('numbers each change once where several are at work, without a gap', async () => {
  const several = [makeSequencer(), makeSequencer(), makeSequencer()];
  await Promise.all(several.map((sequencer) => sequencer.start()));
  await Promise.all([insertManyChanges(session, 3_000), insertManyChanges(other, 3_000)]);
  await Promise.all(
    several.map(async (sequencer) => {
      while (await sequencer.advance());
    }),
  );
  const numbers = await positions(session);
  expect(numbers.toSorted((one, two) => Number(one) - Number(two))).toEqual(upTo(6_000));
});

it.each(['read committed', 'repeatable read', 'serializable'])(
  'takes up after another sequencer that it waited for, where the database is set to %s',
  async (isolation) => {
    await session.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', current_database(), '${isolation}'); END $$`,
    );
    await insertManyChanges(session, 2);
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    const advanced = makeSequencer().advance();
    await until(waitingForLock);
    await other.query('UPDATE change SET position = 1 WHERE id = (SELECT min(id) FROM change)');
    await other.query('COMMIT');
    expect(await advanced).toBe(false);
    expect(await positions(session)).toEqual([1, 2]);
    expect(warnings).toEqual([]);
  },
);

it('does not wait for ever while another holds the lock, and numbers afterwards', async () => {
  await other.query('SELECT pg_advisory_lock($1)', [lock]);
  await insertChange(session);
  const sequencer = makeSequencer({ lockPatienceMs: 50 });
  expect(await sequencer.advance()).toBe(false);
  expect(await positions(session)).toEqual([null]);
  expect(warnings).toEqual(['changes wait for another sequencer that holds the lock']);
  await other.query('SELECT pg_advisory_unlock($1)', [lock]);
  expect(await sequencer.advance()).toBe(false);
  expect(await positions(session)).toEqual([1]);
});

it('answers all who ask while it works by one more round, which sees what they have committed', async () => {
  await other.query('BEGIN');
  await other.query('SELECT pg_advisory_xact_lock($1)', [lock]);
  const sequencer = makeSequencer();
  const first = sequencer.advance();
  await until(waitingForLock);
  const asked = [sequencer.advance(), sequencer.advance()];
  expect(asked[0]).toBe(asked[1]);
  await insertChange(session);
  await other.query('COMMIT');
  await Promise.all([first, ...asked]);
  expect(await positions(session)).toEqual([1]);
});

const cutOff = (): Promise<unknown> =>
  session.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kartoteka_change' AND datname = current_database()",
  );

it('hears again once it has been needed after its connection was cut off', async () => {
  const sequencer = makeSequencer();
  await sequencer.start();
  await cutOff();
  await sequencer.advance();
  await insertChange(session);
  await until(allNumbered);
  expect(await positions(session)).toEqual([1]);
});

it('comes back by its clock after its connection was cut off', async () => {
  await makeSequencer({ everyMs: 20 }).start();
  await cutOff();
  await insertChange(session);
  await until(allNumbered);
  expect(await positions(session)).toEqual([1]);
});

it('numbers for a reader even if its connection is cut off while it works', async () => {
  await other.query('BEGIN');
  await other.query('SELECT pg_advisory_xact_lock($1)', [lock]);
  await insertChange(session);
  const advanced = makeSequencer().advance();
  await until(waitingForLock);
  await cutOff();
  await other.query('COMMIT');
  expect(await advanced).toBe(false);
  expect(await positions(session)).toEqual([1]);
});

it('leaves no connection behind, and numbers nothing more', async () => {
  const sequencer = makeSequencer({ everyMs: 20 });
  await sequencer.start();
  await sequencer.close();
  await until(async () => {
    const { rows } = await session.query(
      "SELECT FROM pg_stat_activity WHERE application_name = 'kartoteka_change' AND datname = current_database()",
    );
    return rows.length === 0;
  });
  await insertChange(session);
  await expect(sequencer.advance()).rejects.toThrow('closed');
  expect(await positions(session)).toEqual([null]);
});
