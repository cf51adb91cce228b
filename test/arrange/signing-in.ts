/** A service with a login configured, and how callers show who they are. */
import { readConfig } from '../../src/config.ts';
import type { LoginConfig } from '../../src/login-config.ts';
import { audience, startIssuer, type Issuer } from './issuer.ts';
import { startTestService, type TestService, type TestServiceOptions } from './service.ts';

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
  /** The code of its one error; undefined where there is none. */
  readonly code: string | undefined;
}

/** Asks with these headers. */
export async function askWith(
  { url }: Pick<TestService, 'url'>,
  headers: Readonly<Record<string, string>>,
  {
    query = '{ viewer { user { id name email } roles permissions scope apiKey } }',
    variables = {},
    search = '',
  } = {},
): Promise<Shown> {
  const response = await fetch(new URL(`graphql${search}`, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Shown['body'];
  return {
    status: response.status,
    headers: response.headers,
    body,
    code: body.errors?.[0]?.extensions.code,
  };
}

export const bearer = (credential: string): Record<string, string> => ({
  authorization: `Bearer ${credential}`,
});

/** What the settings say, as a firm would write them. */
export function loginConfig(issuer: string, settings: Readonly<Record<string, string>> = {}): LoginConfig {
  const { login } = readConfig({ AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, ...settings });
  if (!login) throw new Error('no login is configured');
  return login;
}

export interface SigningIn {
  readonly issuer: Issuer;
  readonly service: TestService;
  close(): Promise<void>;
}

export async function startSigningIn(
  options: TestServiceOptions & { readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<SigningIn> {
  const issuer = await startIssuer();
  const { settings, ...others } = options;
  const service = await startTestService({
    signingIn: { keys: { cooldownMs: 0 } },
    ...others,
    login: loginConfig(issuer.url, settings),
  });
  return {
    issuer,
    service,
    close: async () => {
      await service.close();
      await issuer.close();
    },
  };
}

interface RefusedSignIn {
  readonly actor: string;
  readonly reason?: string | null;
  readonly address?: string | null;
  readonly count?: string | null;
}

/** The refused sign-ins in the change log, oldest first: who, and what is told. */
export async function refusedSignIns({
  dataSource,
}: Pick<TestService, 'dataSource'>): Promise<readonly RefusedSignIn[]> {
  const rows = await dataSource.query<{ actor: string; fields: { name: string; after: string | null }[] }[]>(
    `SELECT actor, fields FROM change WHERE record_type = 'SIGN_IN' ORDER BY id`,
  );
  return rows.map(({ actor, fields }) => ({
    actor,
    ...Object.fromEntries(fields.map(({ name, after }) => [name, after])),
  }));
}

/** Waits for a condition, never for a time. */
export async function until<Value>(
  look: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  const patience = performance.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > patience) throw new Error('what is waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
