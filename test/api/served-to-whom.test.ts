import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { developmentUser } from '../../src/users/development-user.ts';
import { startBuiltService } from '../arrange/built-service.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { askWith, bearer, loginConfig, startSigningIn } from '../arrange/signing-in.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(options?: Parameters<typeof startTestService>[0]): Promise<TestService> {
  const service = await startTestService(options);
  stops.push(() => service.close());
  return service;
}

/** The status under another name. */
const statusUnder = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL('health/live', url), { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', reject).end();
  });

const makeKey = `mutation { createApiKey(input: { name: "k", permissions: ["clients.read"] }) { secret } }`;
const secretMadeBy = async (service: TestService) =>
  (await service.ask<{ createApiKey: { secret: string } }>(makeKey)).createApiKey.secret;

describe('while no login is configured', () => {
  it('everyone is the development user, who may do everything', async () => {
    const { viewer } = await (
      await start()
    ).ask('{ viewer { user { name } roles permissions scope apiKey } }');
    expect(viewer).toEqual({
      user: { name: developmentUser.name },
      roles: [],
      permissions: [...developmentUser.access.permissions],
      scope: 'ALL',
      apiKey: null,
    });
  });

  it('a program may show a key all the same, and may then do only what it permits', async () => {
    const service = await start();
    const { body } = await askWith(service, bearer(await secretMadeBy(service)));
    expect(body.data?.['viewer']).toMatchObject({ permissions: ['clients.read'] });
  });

  it('an access token cannot be checked, and is refused and not passed over', async () => {
    const signingIn = await startSigningIn();
    stops.push(() => signingIn.close());
    const service = await start();
    expect((await askWith(service, bearer(await signingIn.issuer.token()))).status).toBe(401);
  });

  it('no other name than those of loopback is answered, whatever PUBLIC_URL says', async () => {
    const { url } = await start({ publicUrl: 'https://kartoteka.firma.example' });
    expect(await statusUnder(url, 'kartoteka.firma.example')).toBe(421);
  });
});

describe('with a login configured', () => {
  it('keys of the development user open nothing any more', async () => {
    const before = await start();
    const secret = await secretMadeBy(before);
    const after = await start({ beside: before, login: loginConfig('https://login.example') });
    expect((await askWith(after, bearer(secret))).status).toBe(403);
  });

  it('the name of PUBLIC_URL is answered, and no other but those of loopback', async () => {
    const { url } = await start({
      publicUrl: 'https://kartoteka.firma.example',
      login: loginConfig('https://login.example'),
    });
    const names = [
      'kartoteka.firma.example',
      'KARTOTEKA.firma.example:443',
      'localhost',
      'firma.example',
      'evil.example',
    ];
    const statuses = await Promise.all(names.map((name) => statusUnder(url, name)));
    expect(statuses).toEqual([200, 200, 200, 421, 421]);
  });

  it('the service itself serves any address, and lets nobody in who shows nothing, whether or not the login answers', async () => {
    const database = await start();
    const built = await startBuiltService({
      DATABASE_URL: database.databaseUrl,
      ERP_COMPANIES: '[]',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://kartoteka.firma.example',
      AUTH_ISSUER: 'http://127.0.0.1:9/nobody',
      AUTH_AUDIENCE: 'kartoteka',
    });
    stops.push(() => built.stop());
    const url = built.url.replace('0.0.0.0', '127.0.0.1');
    expect(await askWith({ url }, {})).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect((await askWith({ url }, bearer(await secretMadeBy(database)))).status).toBe(403);
  });
});
