import { afterEach, expect, it } from '@jest/globals';
import { now } from '../arrange/issuer.ts';
import {
  askWith,
  bearer,
  refusedSignIns,
  startSigningIn,
  until,
  type SigningIn,
} from '../arrange/signing-in.ts';

let at: SigningIn | undefined;
afterEach(async () => {
  await at?.close();
  at = undefined;
});

/** Each is refused. */
async function refuse({ service }: SigningIn, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect((await askWith(service, bearer(`no-token-${time}`))).status).toBe(401);
}
const written = ({ service }: SigningIn, count: number) =>
  until(async () => {
    const rows = await refusedSignIns(service);
    return rows.length >= count ? rows : undefined;
  });

const one = { actor: '(unknown)', reason: 'NOT_A_TOKEN', address: '127.0.0.1' };

it('refused sign-ins are in the change feed, with reason and address', async () => {
  at = await startSigningIn();
  await refuse(at, 1);
  await written(at, 1);
  const query = `{ changes(recordTypes: [SIGN_IN]) { nodes { actor action recordType recordId clientId version fields { name before after } } } }`;
  const { body } = await askWith(at.service, bearer(await at.issuer.token()), { query });
  expect(body.data?.['changes']).toEqual({
    nodes: [
      {
        actor: '(unknown)',
        action: 'REFUSED',
        recordType: 'SIGN_IN',
        recordId: expect.stringMatching(/^signin_/) as unknown,
        clientId: null,
        version: 1,
        fields: [
          { name: 'reason', before: null, after: 'NOT_A_TOKEN' },
          { name: 'address', before: null, after: '127.0.0.1' },
        ],
      },
    ],
  });
});

it('whoever is known and may do nothing is among them, by name where they were here before', async () => {
  at = await startSigningIn();
  const tokens = [
    { sub: 'stranger', roles: ['NOBODY_HERE'] },
    { sub: 'left', name: 'Ewa Dawna', iat: now() - 20 },
    { sub: 'left', name: 'Ewa Dawna', iat: now() - 10, roles: [] },
  ];
  const statuses: number[] = [];
  for (const claims of tokens)
    statuses.push((await askWith(at.service, bearer(await at.issuer.token({ claims })))).status);
  expect(statuses).toEqual([403, 200, 403]);
  const reason = 'NOTHING_PERMITTED';
  expect(await written(at, 2)).toEqual([
    { actor: '(unknown)', reason, address: '127.0.0.1' },
    { actor: 'Ewa Dawna', reason, address: '127.0.0.1' },
  ]);
});

it('of many from one address five a minute are written down, and how many more there were', async () => {
  at = await startSigningIn({ signingIn: { minuteMs: 600_000 } });
  await refuse(at, 30);
  expect(await written(at, 5)).toEqual([one, one, one, one, one]);
  const reasons = at.service.log.filter(({ event }) => event === 'sign-in refused');
  expect(reasons).toHaveLength(30);
});

it('when the minute is over it is told how many were left out, and a new one begins', async () => {
  at = await startSigningIn({ signingIn: { minuteMs: 300 } });
  await refuse(at, 12);
  const rows = await until(async () => {
    const all = at ? await refusedSignIns(at.service) : [];
    return all.some(({ reason }) => reason === 'MORE_LIKE_THESE') ? all : undefined;
  });
  const leftOut = rows.filter(({ reason }) => reason === 'MORE_LIKE_THESE').map(({ count }) => Number(count));
  const single = rows.filter(({ reason }) => reason === 'NOT_A_TOKEN').length;
  expect(single + leftOut.reduce((sum, count) => sum + count, 0)).toBe(12);
  expect(single).toBeGreaterThanOrEqual(5);
  const before = (await refusedSignIns(at.service)).length;
  await refuse(at, 1);
  await written(at, before + 1);
});

it('what was left out is told even where the service stops before the minute is over', async () => {
  at = await startSigningIn({ signingIn: { minuteMs: 600_000 } });
  const { dataSource } = at.service;
  await refuse(at, 7);
  await written(at, 5);
  await at.service.login.close();
  const [row] = await dataSource.query<object[]>(
    `SELECT fields FROM change WHERE record_type = 'SIGN_IN' ORDER BY id DESC LIMIT 1`,
  );
  expect(row).toEqual({
    fields: [
      { name: 'reason', before: null, after: 'MORE_LIKE_THESE' },
      { name: 'count', before: null, after: '2' },
    ],
  });
});

it('each is told to whoever slows them down, by its address; a request that shows nothing is none', async () => {
  const refused: string[] = [];
  at = await startSigningIn({ signingIn: { onRefused: (address) => refused.push(address) } });
  await refuse(at, 7);
  expect((await askWith(at.service, {})).status).toBe(401);
  expect(refused).toEqual(Array.from({ length: 7 }, () => '127.0.0.1'));
});

it('a database that takes no line more lets nobody in, and nobody wait', async () => {
  at = await startSigningIn();
  const token = await at.issuer.token();
  expect((await askWith(at.service, bearer(token))).status).toBe(200);
  await at.service.dataSource.query(
    `ALTER TABLE change ADD CONSTRAINT full_up CHECK (record_type <> 'SIGN_IN') NOT VALID`,
  );
  await refuse(at, 2);
  const { service } = at;
  await until(() =>
    service.log.some(({ event }) => event === 'a refused sign-in could not be written down')
      ? true
      : undefined,
  );
  expect((await askWith(at.service, bearer(token))).status).toBe(200);
});
