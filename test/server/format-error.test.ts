import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IsEmail, validate } from 'class-validator';
import { GraphQLError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import {
  DomainError,
  DuplicateRecord,
  InputRejected,
  RecordNotFound,
  VersionConflict,
} from '../../src/errors.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { openDoor } from './arrange-door.ts';
import type { Door } from './arrange-door.ts';

class CompanySilent extends DomainError {
  readonly code = 'ERP_UNAVAILABLE';
  override get details() {
    return { company: 'main' };
  }
}

class Coded extends DomainError {
  constructor(readonly code: ErrorCode) {
    super(`told ${code}`);
  }
}

class ContactInput {
  @IsEmail()
  email = 'secret value that is no address';
}

const raise = (fault: unknown) => () => {
  throw fault;
};
const secret = 'Kowalska';
const databaseFault = Object.assign(new Error(`invalid input syntax for type uuid: "x\nat ${secret}"`), {
  severity: 'ERROR',
  code: '22P02',
  table: 'client',
  detail: `Key (name)=(${secret})`,
  query: `SELECT '${secret}'`,
});

const faults = {
  input: raise(new InputRejected([{ path: 'input.taxId', code: 'TAX_ID', message: 'is wrong' }])),
  missing: raise(new RecordNotFound('input.clientId', 'client_1')),
  conflict: raise(new VersionConflict({ version: 4, city: 'Łódź' }, ['city'])),
  duplicate: raise(new DuplicateRecord('input.taxId', 'already used', 'client_2')),
  erp: raise(new CompanySilent('the ERP main does not answer')),
  coded: raise(new GraphQLError('own words', { extensions: { code: 'FORBIDDEN', permission: 'erp.link' } })),
  foreignCode: raise(new GraphQLError('internals', { extensions: { code: 'ECONNREFUSED' } })),
  checked: async () => {
    throw new ArgumentValidationError(await validate(new ContactInput()));
  },
  plain: raise(new TypeError('cannot read x')),
  database: raise(databaseFault),
  wrapped: raise(new Error('outer', { cause: databaseFault })),
  notAnError: raise('a string'),
};

let door: Door;
beforeAll(async () => {
  door = await openDoor({ faults });
});
afterAll(() => door.close());

interface Told {
  readonly message: string;
  readonly path?: unknown;
  readonly locations?: unknown;
  readonly extensions: Readonly<Record<string, unknown>>;
}

async function errorsOf(query: string, variables?: object): Promise<readonly Told[]> {
  const response = await door.post({ query, variables }, { 'x-request-id': 'r-1' });
  return ((await response.json()) as { errors: Told[] }).errors;
}
const errorOf = async (kind: keyof typeof faults) => (await errorsOf(`{ fail(kind: "${kind}") }`))[0];

describe('what a room throws', () => {
  it.each([
    [
      'input',
      { code: 'BAD_USER_INPUT', problems: [{ path: 'input.taxId', code: 'TAX_ID', message: 'is wrong' }] },
    ],
    ['missing', { code: 'NOT_FOUND', path: 'input.clientId', id: 'client_1' }],
    ['conflict', { code: 'CONFLICT', current: { version: 4, city: 'Łódź' }, changedFields: ['city'] }],
    ['duplicate', { code: 'DUPLICATE', path: 'input.taxId', existingId: 'client_2' }],
    ['erp', { code: 'ERP_UNAVAILABLE', company: 'main' }],
    ['coded', { code: 'FORBIDDEN', permission: 'erp.link' }],
  ] as const)('%s comes through with its details', async (kind, extensions) => {
    const error = await errorOf(kind);
    expect(error?.extensions).toEqual(extensions);
    expect(error?.path).toEqual(['fail']);
    expect(error?.locations).toEqual([{ line: 1, column: 3 }]);
  });

  it("a wrong value is told without what else the error holds, as type-graphql's holds the input", async () => {
    const error = await errorOf('checked');
    expect(error?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      problems: [{ path: 'fail', code: 'VALUE', message: 'Argument Validation Error' }],
    });
  });
});

describe('what nobody foresaw', () => {
  it.each(['plain', 'database', 'wrapped', 'notAnError', 'foreignCode'] as const)(
    '%s tells the caller the request id, and the log where',
    async (kind) => {
      door.log.length = 0;
      expect(await errorOf(kind)).toEqual({
        message: 'Request r-1 failed inside the service.',
        locations: [{ line: 1, column: 3 }],
        path: ['fail'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
      expect(door.log).toMatchObject([
        { level: 'error', event: 'unknown error', fields: { requestId: 'r-1', path: ['fail'] } },
      ]);
      expect(JSON.stringify(door.log)).not.toContain(secret);
    },
  );

  it('keeps codes and the place of a database fault', async () => {
    door.log.length = 0;
    await errorOf('database');
    expect(door.log[0]?.fields).toMatchObject({
      fault: {
        code: '22P02',
        table: 'client',
        stack: expect.arrayContaining([expect.stringContaining('format-error.test')]),
      },
    });
  });

  it('hides a null where the schema promises a value', async () => {
    expect(await errorsOf('{ required }')).toMatchObject([
      { message: 'Request r-1 failed inside the service.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });
});

describe('what GraphQL complains about', () => {
  const input = 'query ($input: CardInput) { check(input: $input) }';
  const problems = async (query: string, variables?: object) =>
    (await errorsOf(query, variables)).map(({ extensions }) => extensions);
  const one = (path: string, code: string, message: string) => ({
    code: 'BAD_USER_INPUT',
    problems: [{ path, code, message }],
  });

  it('every wrong variable with its path', async () => {
    const sent = {
      address: { postalCode: 7 },
      amounts: [1, 'two'],
      since: '2026-02-30',
      also: { address: {} },
    };
    expect(await problems(input, { input: sent })).toEqual([
      one('input.address.postalCode', 'VARIABLE', 'String cannot represent a non string value: 7'),
      one('input.since', 'VARIABLE', expect.stringContaining('Date: a day that exists') as unknown as string),
      one('input.amounts.1', 'VARIABLE', 'Int cannot represent non-integer value: "two"'),
      one(
        'input.also.address',
        'VARIABLE',
        'Field "postalCode" of required type "String!" was not provided.',
      ),
    ]);
  });

  it('a value that looks like a complaint does not move the path', async () => {
    const [extensions] = await problems(input, { input: { since: 'x at "input.other"; y' } });
    expect(extensions).toMatchObject({ problems: [{ path: 'input.since' }] });
  });

  it('a variable that is not there', async () => {
    expect(await problems('query ($n: Int!) { check(count: $n) }')).toEqual([
      one('n', 'VARIABLE', 'Variable "$n" of required type "Int!" was not provided.'),
    ]);
  });

  it('a null for an argument that must have a value', async () => {
    const found = await problems('query ($n: Int) { check(count: $n) }', { n: null });
    expect(found).toMatchObject([
      { code: 'BAD_USER_INPUT', problems: [{ path: 'count', code: 'ARGUMENT' }] },
    ]);
  });

  it('more wrong variables than are listed', async () => {
    const found = await problems(input, { input: { amounts: Array(80).fill('x') } });
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it('a wrong literal', async () => {
    const errors = await errorsOf('{ check(input: { since: "2026-02-30" }) }');
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'BAD_USER_INPUT', problems: [{ path: 'query', code: 'GRAPHQL_VALIDATION_FAILED' }] },
    ]);
  });

  it('every unknown field, with its place', async () => {
    const errors = await errorsOf('{ nowhere\n  never }');
    expect(errors).toMatchObject([
      { locations: [{ line: 1, column: 3 }], extensions: { code: 'BAD_USER_INPUT' } },
      { locations: [{ line: 2, column: 3 }], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('a huge wrong value is not sent back whole', async () => {
    const errors = await errorsOf(input, { input: { since: 'x'.repeat(50_000) } });
    expect(JSON.stringify(errors).length).toBeLessThan(3_000);
  });

  it('an operation that is not in the document', async () => {
    const response = await door.post({ query: 'query A { hello }', operationName: 'B' });
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'operationName' }] } }],
    });
  });

  it('a persisted query', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'abc' } };
    expect(await (await door.post({ extensions })).json()).toMatchObject({
      errors: [
        {
          message: 'PersistedQueryNotSupported',
          extensions: { code: 'BAD_USER_INPUT', problems: [{ code: 'PERSISTED_QUERY_NOT_SUPPORTED' }] },
        },
      ],
    });
  });
});

describe('a whole request that is refused while its context is made', () => {
  it.each([
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['RATE_LIMITED', 429],
  ] as const)('%s is answered %i', async (code, status) => {
    const closed = await openDoor({ makeContext: raise(new Coded(code)) });
    const response = await closed.post({ query: '{ hello }' });
    expect([response.status, await response.json()]).toEqual([
      status,
      { errors: [{ message: `told ${code}`, extensions: { code } }] },
    ]);
    await closed.close();
  });

  it('an unknown fault is answered 500 with the request id alone', async () => {
    const closed = await openDoor({ makeContext: raise(new Error('internals')) });
    const response = await closed.post({ query: '{ hello }' }, { 'x-request-id': 'r-2' });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      errors: [
        { message: 'Request r-2 failed inside the service.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ],
    });
    await closed.close();
  });
});
