/** Keys for programs, as an administrator makes and revokes them by the API. */
import type { TestService } from './service.ts';
import { askWith, bearer, type Shown, type SigningIn } from './signing-in.ts';

const keyFields =
  'id version name prefix permissions createdBy expiresAt lastUsedAt revokedAt revokedBy maker { name }';
const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { ${keyFields} } } }`;
const revoke = `mutation ($input: VersionedId!) { revokeApiKey(input: $input) { ${keyFields} } }`;
export const listOfKeys = `query ($filter: ApiKeyFilter) { apiKeys(first: 200, filter: $filter) { nodes { ${keyFields} } totalCount } }`;

export interface ApiKey {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly prefix: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string;
}
export interface Made {
  readonly secret: string;
  readonly apiKey: ApiKey;
}

type Headers = Readonly<Record<string, string>>;

export const adminOf = async ({ issuer }: SigningIn, claims: object = {}): Promise<Headers> =>
  bearer(await issuer.token({ claims: { sub: 'admin', ...claims } }));

const usual = { name: 'Power BI', permissions: ['clients.read'] };

export const askForKey = async (at: SigningIn, input: object = {}, headers?: Headers): Promise<Shown> =>
  askWith(at.service, headers ?? (await adminOf(at)), {
    query: create,
    variables: { input: { ...usual, ...input } },
  });

export async function makeKey(at: SigningIn, input: object = {}, headers?: Headers): Promise<Made> {
  const { body } = await askForKey(at, input, headers);
  if (!body.data) throw new Error(JSON.stringify(body.errors));
  return body.data['createApiKey'] as Made;
}

export const revokeKey = async (
  at: SigningIn,
  { id, version }: Pick<ApiKey, 'id' | 'version'>,
): Promise<Shown> =>
  askWith(at.service, await adminOf(at), { query: revoke, variables: { input: { id, version } } });

/** What the database holds of a key. */
export async function storedKey(
  { dataSource }: Pick<TestService, 'dataSource'>,
  { apiKey }: Made,
  columns: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [row] = await dataSource.query<Record<string, unknown>[]>(
    `SELECT ${columns} FROM api_key WHERE prefix = $1`,
    [apiKey.prefix],
  );
  return row;
}
