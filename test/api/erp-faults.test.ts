import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { erpFaults, tryFault, type FaultyPlace } from '../../bench/erp-faults.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const callers = 50;

interface Data {
  readonly client: { readonly shortName: string; readonly orders: object | null } | null;
}

const question = 'query ($id: ID!) { client(id: $id) { shortName orders(first: 5) { nodes { number } } } }';

class Ward {
  private constructor(
    private readonly erp: Erp,
    private readonly service: TestService,
    private readonly cards: readonly string[],
  ) {}

  static async open(timeoutMs: number): Promise<Ward> {
    const erp = await startErp();
    const service = await startTestService({
      companies: [await erp.company('main')],
      erp: { timeoutMs },
      requestTimeoutMs: 30_000,
    });
    await makeCardTypes(service);
    const cards: string[] = [];
    for (let customer = 1; customer <= callers; customer += 1) {
      const { id } = await makeClient(service);
      cards.push(id);
      const account = { clientId: id, companyKey: 'main', customerId: String(customer) };
      await service.crm.erpAccounts.link(developmentUser, account);
    }
    return new Ward(erp, service, cards);
  }

  place(): FaultyPlace {
    return {
      server: this.erp.server,
      ask: async (card) => {
        const { status, data, errors } = await this.service.graphql<Data>(question, { id: this.cards[card] });
        return { status, card: data?.client?.shortName !== undefined, code: errors[0]?.extensions.code };
      },
      install: (script) => this.erp.fill('main', script),
      busy: async () => {
        const text = await (await fetch(new URL('metrics', this.service.url))).text();
        const figures = text.match(
          /^kartoteka_erp_(?:running|waiting)_statements\{company="main"\} (\d+)$/gm,
        );
        return (figures ?? ['none 1']).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      },
    };
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.erp.close();
  }
}

/** Long enough for a busy machine to answer fifty; for the server that stalls short enough to wait for. */
const limits = { patient: 15_000, brisk: 6_000 } as const;
let patient: Ward;
let brisk: Ward;

beforeAll(async () => {
  patient = await Ward.open(limits.patient);
  brisk = await Ward.open(limits.brisk);
}, 60_000);

afterAll(async () => {
  await patient.close();
  await brisk.close();
});

it.each(erpFaults)(
  'answers the card, says why the ERP does not, leaves nothing behind and becomes whole: $name',
  async (fault) => {
    const ward = fault.name === 'stall' ? brisk : patient;
    expect(await tryFault(ward.place(), fault, callers)).toEqual([]);
  },
);
