import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { erpFaults, tryFault, type FaultyPlace } from '../../bench/erp-faults.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const callers = 50;
/** Long enough for a busy machine to answer fifty, short enough to wait for where the server stalls. */
const timeoutMs = 4_000;

let erp: Erp;
let service: TestService;
let place: FaultyPlace;

interface Data {
  readonly client: { readonly shortName: string; readonly orders: object | null } | null;
}

beforeAll(async () => {
  erp = await startErp();
  const company = await erp.company('main');
  service = await startTestService({ companies: [company], erp: { timeoutMs } });
  await makeCardTypes(service);
  const cards: string[] = [];
  for (let customer = 0; customer < callers; customer += 1) {
    const { id } = await makeClient(service);
    cards.push(id);
    await service.crm.erpAccounts.link(developmentUser, {
      clientId: id,
      companyKey: 'main',
      customerId: String(customer + 1),
    });
  }
  const question = 'query ($id: ID!) { client(id: $id) { shortName orders(first: 5) { nodes { number } } } }';
  place = {
    server: erp.server,
    ask: async (card) => {
      const { status, data, errors } = await service.graphql<Data>(question, { id: cards[card] });
      return { status, card: data?.client?.shortName !== undefined, code: errors[0]?.extensions.code };
    },
    install: (script) => erp.fill('main', script),
    busy: async () => {
      const text = await (await fetch(new URL('metrics', service.url))).text();
      const figures = text.match(/^kartoteka_erp_(?:running|waiting)_statements\{company="main"\} (\d+)$/gm);
      return (figures ?? ['none 1']).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    },
  };
}, 60_000);

afterAll(async () => {
  await service.close();
  await erp.close();
});

it.each(erpFaults)(
  'answers the card, says why the ERP does not, leaves nothing behind and becomes whole: $name',
  async (fault) => {
    expect(await tryFault(place, fault, callers)).toEqual([]);
  },
);
