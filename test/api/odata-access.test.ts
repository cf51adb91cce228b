/** Who may pull what by OData: by role and by key, as a password too, and what the change log tells of it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeKey } from '../arrange/api-keys.ts';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { makeClient, type Written } from '../arrange/cards.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import { getOdata, inPagesOf, odataRefusal, pagesOf, rowsOfPage } from '../arrange/odata.ts';
import { bearer, refusedSignIns, startSigningIn, until, type SigningIn } from '../arrange/signing-in.ts';

const userKey = '01a00000-0000-7000-8000-00000000e0db';

describe('by role', () => {
  let service: ErpService;
  let card: Written;
  beforeAll(async () => {
    service = await startErpService({ callers: callersByHeader });
    await service.dataSource.query(
      `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
      [userKey],
    );
    card = await makeClient(service);
    await makeClient(service, { accountManagerId: `user_${userKey}` });
    await service.link(card, await service.newCustomer());
  });
  afterAll(() => service.close());

  it.each(['SALES', 'VIEWER'] as const)('%s is told nothing, the metadata included', async (role) => {
    for (const address of ['', '$metadata', 'Clients', 'Secrets', "Clients('x')", 'Clients/$count'])
      expect(await odataRefusal(service, address, headerOf(role, userKey))).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
        details: ['odata PERMISSION'],
      });
  });

  const offeredTo = async (role: Parameters<typeof headerOf>[0]) => {
    const headers = headerOf(role, userKey);
    const sets = (await rowsOfPage(service, '', headers)).map(({ name }) => name);
    return { sets, metadata: await (await getOdata(service, '$metadata', headers)).text() };
  };

  it('files are neither among the sets nor behind a card, for whoever may not read them', async () => {
    const { sets, metadata } = await offeredTo('REPORTING');
    expect(sets).toContain('Clients');
    expect(sets).not.toContain('Attachments');
    expect(metadata).not.toContain('Attachment');
    const headers = headerOf('REPORTING', userKey);
    expect(await odataRefusal(service, 'Attachments', headers)).toMatchObject({
      status: 403,
      details: ['set PERMISSION'],
    });
    expect(await odataRefusal(service, 'Clients?$expand=Attachments', headers)).toMatchObject({
      status: 400,
    });
    expect((await getOdata(service, 'Attachments', headerOf('FINANCE', userKey))).status).toBe(200);
  });

  it('what tells a debt is not there for whoever may not know it: no set, no property, no filter', async () => {
    const { sets, metadata } = await offeredTo('EXPORTER');
    const headers = headerOf('EXPORTER', userKey);
    expect(sets).toEqual(expect.arrayContaining(['Orders', 'Invoices', 'InvoiceLines']));
    for (const set of ['Payments', 'Settlements', 'SettlementMatches', 'Balances', 'Ageing']) {
      expect(sets).not.toContain(set);
      expect((await odataRefusal(service, set, headers)).status).toBe(403);
    }
    for (const property of ['remaining', 'paid', 'paidState', 'overdue', 'daysOverdue']) {
      expect(metadata).not.toContain(`"${property}"`);
      expect(await odataRefusal(service, `Invoices?$select=${property}`, headers)).toMatchObject({
        status: 400,
        details: ['$select PROPERTY'],
      });
    }
    expect((await offeredTo('FINANCE')).metadata).toContain('"daysOverdue"');
  });

  it('who sees only their own cards finds, counts and follows only these', async () => {
    const headers = headerOf('OWNER', userKey);
    expect(await (await getOdata(service, 'Clients/$count', headers)).text()).toBe('1');
    expect((await odataRefusal(service, `Clients('${card.id}')`, headers)).status).toBe(404);
    expect((await odataRefusal(service, `Clients('${card.id}')/Contacts`, headers)).status).toBe(404);
    expect(await rowsOfPage(service, `Clients?$filter=id eq '${card.id}' or true`, headers)).toHaveLength(1);
    expect(await rowsOfPage(service, 'Orders', headers)).toEqual([]);
    expect(await rowsOfPage(service, `Orders?$filter=clientId eq '${card.id}'`, headers)).toEqual([]);
    expect(await rowsOfPage(service, 'Orders')).toHaveLength(1);
  });

  it('the change log tells a pull once, however many pages it has, without what could be a name', async () => {
    const told = async () => {
      const rows = await service.dataSource.query<
        { actor: string; fields: { name: string; after: string }[] }[]
      >(`SELECT actor, fields FROM change WHERE record_type = 'EXPORT' ORDER BY id`);
      return rows.map(({ actor, fields }) => [
        actor,
        Object.fromEntries(fields.map(({ name, after }) => [name, after])),
      ]);
    };
    const before = (await told()).length;
    const headers = { ...headerOf('FINANCE', userKey), ...inPagesOf(1) };
    const filter = `(shortName ne 'Kowalska' or id eq '${card.id}') and createdAt ge 2020-01-01T00:00:00Z`;
    const pages = await pagesOf(service, `Clients?$select=code&$filter=${filter}`, headers);
    await rowsOfPage(service, `Clients('${card.id}')`, headers);

    expect(pages.length).toBe(2);
    expect((await told()).slice(before)).toEqual([
      [
        'FINANCE',
        {
          set: 'clients',
          format: 'odata',
          columns: 'code',
          filter: `((shortName ne '…' or id eq '${card.id}') and createdAt ge 2020-01-01T00:00:00Z)`,
        },
      ],
      ['FINANCE', { set: 'clients', format: 'odata', path: `Clients('${card.id}')` }],
    ]);

    // A later page that nobody was told the first of, as somebody could make one up.
    const next = String(pages[0]?.['@odata.nextLink']);
    await rowsOfPage(service, next.replace('code', 'id'), headers);
    expect((await told()).length).toBe(before + 3);
  });
});

describe('by key', () => {
  let at: SigningIn;
  let secret: string;
  beforeAll(async () => {
    at = await startSigningIn();
    ({ secret } = await makeKey(at, { name: 'Power BI', permissions: ['clients.read', 'exports.run'] }));
  });
  afterAll(() => at.close());

  const basic = (name: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  });
  const status = async (path: string, headers: Readonly<Record<string, string>>) =>
    (await fetch(new URL(path, at.service.url), { headers })).status;

  it.each(['odata/', 'odata', 'odata/Clients', 'odata/Clients?$format=xml', 'export/clients.csv'])(
    'as a password, whatever the name, and as a token, at /%s',
    async (path) => {
      const expected = path.includes('$format') ? 400 : 200;
      for (const name of ['', 'anything', 'a@b'])
        expect(await status(path, basic(name, secret))).toBe(expected);
      expect(await status(path, bearer(secret))).toBe(expected);
    },
  );

  it('is as a password nothing where something could be written', async () => {
    expect(
      await status('graphql?query={viewer{scope}}', {
        ...basic('x', secret),
        'apollo-require-preflight': '1',
      }),
    ).toBe(401);
    expect(await status('odatax/', basic('x', secret))).toBe(404);
  });

  it.each([
    ['no key', () => basic('x', 'x')],
    ['a key that there is not', () => basic('x', `${secret.slice(0, -3)}xxx`)],
    ['the key as the name', () => basic(secret, '')],
    ['no colon', () => ({ authorization: `Basic ${Buffer.from(secret).toString('base64')}` })],
    ['no base64', () => ({ authorization: 'Basic ***' })],
    ['nothing', () => ({ authorization: 'Basic ' })],
  ])('is refused as %s, with one message, and the way to sign in', async (_, headers) => {
    const answer = await getOdata(at.service, 'Clients', headers());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      'Basic realm="Kartoteka", charset="UTF-8", Bearer realm="Kartoteka"',
    );
    expect(await answer.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
  });

  it('is asked for as a password at /odata/ alone', async () => {
    const asked = async (path: string) =>
      (await fetch(new URL(path, at.service.url))).headers.get('www-authenticate');
    expect(await asked('odata/Clients')).toContain('Basic');
    expect(await asked('odata/')).toContain('Basic');
    expect(await asked('export/clients.csv')).toBe('Bearer realm="Kartoteka"');
  });

  it('that is wrong is a refused sign-in, as everywhere', async () => {
    const fresh = await startSigningIn();
    try {
      expect((await getOdata(fresh.service, 'Clients', basic('x', 'hunter2'))).status).toBe(401);
      const [row] = await until(async () => {
        const rows = await refusedSignIns(fresh.service);
        return rows.length > 0 ? rows : undefined;
      });
      expect(row).toMatchObject({ actor: '(unknown)', reason: 'NO_BEARER' });
      expect(JSON.stringify(fresh.service.log)).not.toContain('hunter2');
    } finally {
      await fresh.close();
    }
  });
});

it('whoever has shown a key from there goes on, however the key is shown next', async () => {
  const at = await startSigningIn({ rates: { signInFailures: 2 } });
  try {
    const { secret } = await makeKey(at, { permissions: ['clients.read', 'exports.run'] });
    const basic = (name: string, password: string) => ({
      authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
    });
    expect((await getOdata(at.service, 'Clients', bearer(secret))).status).toBe(200);
    for (let turn = 0; turn < 3; turn += 1) await getOdata(at.service, 'Clients', basic('x', `${turn}`));
    expect((await getOdata(at.service, 'Clients', basic('x', 'another'))).status).toBe(429);
    expect((await getOdata(at.service, 'Clients', basic('ktoś', secret))).status).toBe(200);
  } finally {
    await at.close();
  }
});

it('whoever guesses is slowed down, and whoever asks too often is told so', async () => {
  const at = await startSigningIn({ rates: { signInFailures: 3, rateLimit: 5 } });
  try {
    const guess = async (turn: number) =>
      getOdata(at.service, 'Clients', {
        authorization: `Basic ${Buffer.from(`x:${turn}`).toString('base64')}`,
      });
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await guess(turn)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const limited = await guess(9);
    expect(limited.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await limited.json()).toMatchObject({
      error: { code: 'RATE_LIMITED', innererror: { limit: 'signIns', most: 3 } },
    });
  } finally {
    await at.close();
  }
});
