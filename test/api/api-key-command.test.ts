import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../src/config.ts';
import { askWith, bearer, startSigningIn, type SigningIn } from '../arrange/signing-in.ts';

let at: SigningIn;
beforeAll(async () => {
  at = await startSigningIn();
});
afterAll(() => at.close());

/** As npm runs it, but for the build. */
async function run(...words: string[]): Promise<{ code: number | null; out: string; errors: string }> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'server', 'api-key.js'), ...words], {
    env: { PATH: process.env['PATH'], TZ: 'UTC', DATABASE_URL: at.service.databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, errors };
}
const viewerOf = async (secret: string) => {
  const { status, body } = await askWith(at.service, bearer(secret));
  return { status, viewer: body.data?.['viewer'] };
};

describe('npm run api-key', () => {
  it('makes a first key, lists it without telling it, and revokes it under a running service', async () => {
    const made = await run('create', '--name', 'Hurtownia danych', '--role', 'REPORTING');
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^ktk_\w{8}_[\w-]{43}\n$/) as unknown });
    const secret = made.out.trim();
    expect(made.errors).not.toContain(secret.slice(13));
    const prefix = secret.slice(0, 12);
    expect(await viewerOf(secret)).toMatchObject({
      status: 200,
      viewer: {
        user: { name: 'npm run api-key' },
        permissions: ['clients.read', 'erp.read', 'erp.debt', 'reports.run', 'exports.run'],
        scope: 'ALL',
        apiKey: `Hurtownia danych (${prefix})`,
      },
    });

    const list = await run('list');
    expect(list.out).toContain(`${prefix}  until `);
    expect(list.out).not.toContain(secret.slice(13));

    expect((await run('revoke', prefix)).code).toBe(0);
    expect((await viewerOf(secret)).status).toBe(401);
    expect((await run('list')).out).toContain(`${prefix}  revoked `);
    expect(await run('revoke', secret)).toMatchObject({ code: 2, errors: `${prefix} is revoked already\n` });
  });

  it('takes permissions by name, and says when it ends', async () => {
    const year = new Date().getFullYear() + 1;
    const { out } = await run(
      'create',
      '--name',
      'a',
      '--permissions',
      'clients.read',
      '--expires',
      `${year}-06-01T00:00:00+02:00`,
    );
    expect(await viewerOf(out.trim())).toMatchObject({ viewer: { permissions: ['clients.read'] } });
    expect((await run('list')).out).toContain(`until ${year}-05-31 22:00`);
  });

  it.each([
    ['without a name', ['create', '--permissions', 'clients.read'], /^--name: cannot be empty/],
    ['without permissions', ['create', '--name', 'x'], /^either --permissions or --role/],
    [
      'with the management of keys',
      ['create', '--name', 'x', '--permissions', 'keys.manage'],
      /^--permissions: is no permission for keys: there are clients.read/,
    ],
    [
      'with a role that is none',
      ['create', '--name', 'x', '--role', 'BOSS'],
      /^there is no role BOSS; there are ADMIN/,
    ],
    [
      'with a role for own cards',
      ['create', '--name', 'x', '--role', 'SALES'],
      /a key from here is nobody's/,
    ],
    [
      'with an end that is none',
      ['create', '--name', 'x', '--role', 'VIEWER', '--expires', 'soon'],
      /^--expires is an instant/,
    ],
    ['for a key that is none', ['revoke', 'ktk_aaaaaaaa'], /^there is no key ktk_aaaaaaaa/],
  ])('called %s says what is wrong, and ends with 2', async (_case, words, said) => {
    const { code, out, errors } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toMatch(said);
  });
});
