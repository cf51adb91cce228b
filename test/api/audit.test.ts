import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { adminOf, makeKey } from '../arrange/api-keys.ts';
import {
  askWith,
  bearer,
  refusedSignIns,
  startSigningIn,
  until,
  type SigningIn,
} from '../arrange/signing-in.ts';

let at: SigningIn;
beforeAll(async () => {
  at = await startSigningIn();
  await makeKey(at);
  await askWith(at.service, bearer('garbage'));
  await until(async () => ((await refusedSignIns(at.service)).length > 0 ? true : undefined));
});
afterAll(() => at.close());

const feed = `{ changes(first: 200) { nodes { recordType } totalCount } }`;
const typesSeen = async (headers: Readonly<Record<string, string>>) => {
  const { body } = await askWith(at.service, headers, { query: feed });
  const { nodes } = body.data?.['changes'] as { nodes: { recordType: string }[] };
  return [...new Set(nodes.map(({ recordType }) => recordType))].sort();
};

it('who signs in, by what, and who was refused is seen by whoever may read the audit, and by nobody else', async () => {
  expect(await typesSeen(await adminOf(at))).toEqual(['API_KEY', 'SIGN_IN', 'USER']);
  const manager = bearer(await at.issuer.token({ claims: { sub: 'manager', roles: ['MANAGER'] } }));
  expect(await typesSeen(manager)).toEqual([]);
});
