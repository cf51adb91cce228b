/** Logins: NTLM once for each connection, Basic with each request, and no answer that would give the password away. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { newAuthority } from '../../arrange/certificates.ts';
import { account, startSsrs, type SsrsDouble } from '../../arrange/ssrs/double.ts';
import { expectedSha, serverOver, shaOf, wish } from '../../arrange/ssrs/server.ts';
import type { SsrsConfig } from '../../../src/ssrs-config.ts';
import type { SsrsServer } from '../../../src/reports/ssrs/ssrs-server.ts';

let double: SsrsDouble;
let server: SsrsServer;
const begin = async (login: 'ntlm' | 'basic', more: Partial<SsrsConfig> = {}) => {
  double = await startSsrs({ login });
  server = serverOver(double, { login, ...more });
};
afterEach(async () => {
  server.close();
  await double.close();
});

const customer = (id: number) => wish({ parameters: new Map([['KlientId', [String(id)]]]) });
const shaOfCustomer = (id: number) =>
  expectedSha([
    ['KlientId', String(id)],
    ['NIP', null],
  ]);

describe('NTLM', () => {
  it('shakes hands once for twenty renders over one connection', async () => {
    await begin('ntlm', { connections: 1 });
    for (let id = 1; id <= 20; id += 1) expect(await shaOf(server, customer(id))).toBe(shaOfCustomer(id));
    expect(double.seen).toMatchObject({ connections: 1, logins: 1, refusals: 0 });
  });

  it('shakes hands once for each connection', async () => {
    await begin('ntlm', { connections: 3 });
    await server.parameters(wish().path, wish().signal);
    double.hold();
    const renders = Array.from({ length: 9 }, (_, at) => shaOf(server, customer(at)));
    await double.until(({ renders: { length } }) => length === 3);
    double.release();
    expect(await Promise.all(renders)).toEqual(renders.map((_, at) => shaOfCustomer(at)));
    expect(double.seen).toMatchObject({ connections: 3, logins: 3 });
  });

  it('begins anew on a connection whose login the server has forgotten', async () => {
    await begin('ntlm', { connections: 1 });
    await shaOf(server, customer(1));
    double.misbehave('FORGET_LOGIN');
    expect(await shaOf(server, customer(2))).toBe(shaOfCustomer(2));
    expect(double.seen).toMatchObject({ connections: 1, logins: 2 });
  });

  it('begins anew on a new connection where the server has dropped the old one', async () => {
    await begin('ntlm', { connections: 1 });
    await shaOf(server, customer(1));
    double.dropIdleLines();
    expect(await shaOf(server, customer(2))).toBe(shaOfCustomer(2));
    expect(double.seen).toMatchObject({ connections: 2, logins: 2 });
  });

  it.each([
    ['another password', { password: 'hasło' }],
    ['another user', { user: 'obcy' }],
    ['another domain', { domain: 'OBCA' }],
  ])('is refused with %s', async (_, more) => {
    await begin('ntlm', more);
    await expect(server.catalogue(wish().signal)).rejects.toMatchObject({ reason: 'LOGIN_REFUSED' });
    expect(double.seen.logins).toBe(0);
  });

  it('is refused by a server that lets in by Basic alone, which gets no password', async () => {
    await begin('basic', { login: 'ntlm' });
    await expect(server.catalogue(wish().signal)).rejects.toMatchObject({ reason: 'LOGIN_REFUSED' });
  });
});

describe('a challenge that only NTLMv1 could answer', () => {
  it('is not answered', async () => {
    await begin('ntlm');
    const challenge = Buffer.alloc(48);
    challenge.write('NTLMSSP\0', 'ascii');
    challenge.writeUInt32LE(2, 8);
    challenge.writeUInt32LE(48, 16);
    challenge.writeUInt32LE(0x8205, 20);
    const messages: number[] = [];
    const old: Server = createServer(({ headers }, response) => {
      const [, token = ''] = (headers.authorization ?? '').split(' ');
      messages.push(Buffer.from(token, 'base64').readUInt32LE(8));
      const header = `NTLM ${challenge.toString('base64')}`;
      response.writeHead(401, { 'WWW-Authenticate': header }).end();
    });
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(old.address() as AddressInfo).port}`;
    const weak = serverOver(double, { url, restUrl: url });
    const refused = await weak.catalogue(wish().signal).catch((error: unknown) => error);
    weak.close();
    old.close();
    expect(refused).toMatchObject({
      reason: 'LOGIN_REFUSED',
      cause: { message: 'the server asks for NTLMv1' },
    });
    expect(messages).toEqual([1]);
  });
});

describe('over TLS', () => {
  const trusted = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(trusted));
  const beginEncrypted = async () => {
    const authority = newAuthority('Urząd Firmy');
    double = await startSsrs({ certificate: authority.vouchFor('127.0.0.1') });
    server = serverOver(double, { connections: 1 });
    return authority;
  };

  it('NTLM shakes hands once for each connection as well', async () => {
    const authority = await beginEncrypted();
    setDefaultCACertificates([...trusted, authority.certificate]);
    for (const id of [1, 2, 3]) expect(await shaOf(server, customer(id))).toBe(shaOfCustomer(id));
    expect(double.seen).toMatchObject({ connections: 1, logins: 1 });
  });

  it('nothing is said to a server that nobody vouches for', async () => {
    await beginEncrypted();
    await expect(server.catalogue(wish().signal)).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    expect(double.seen.requests).toEqual([]);
  });
});

describe('Basic', () => {
  const basicUser = { user: `${account.domain}\\${account.user}`, domain: '' };

  it('goes with every request, over kept connections', async () => {
    await begin('basic', { ...basicUser, connections: 1 });
    for (const id of [1, 2, 3]) expect(await shaOf(server, customer(id))).toBe(shaOfCustomer(id));
    expect(double.seen).toMatchObject({ connections: 1, refusals: 0 });
    expect(double.seen.logins).toBe(double.seen.requests.length);
  });

  it('is refused with another password', async () => {
    await begin('basic', { ...basicUser, password: 'hasło' });
    await expect(server.catalogue(wish().signal)).rejects.toMatchObject({ reason: 'LOGIN_REFUSED' });
  });
});
