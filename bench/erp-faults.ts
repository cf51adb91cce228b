/**
 * What can go wrong with an ERP, each with many callers at once: the card's own fields are answered all the same, the ERP's say
 * why not, nobody is left waiting, no connection stays behind, and afterwards the door becomes whole by itself. Knows
 * neither how the service was started nor how many callers there are: the tests try it with fifty, the soak with more.
 */
import type { SandboxServer } from '../src/sandbox-erp/server.ts';

interface Answered {
  /** HTTP status. */
  readonly status: number;
  /** Whether the card's own fields came. */
  readonly card: boolean;
  /** Why the ERP's did not. */
  readonly code: string | undefined;
}

export interface FaultyPlace {
  readonly server: SandboxServer;
  /** Asks for one card's name and orders; each card is another customer's. */
  ask(card: number): Promise<Answered>;
  /** T-SQL run on the company's database. */
  install(script: string): Promise<void>;
  /** In the service: statements at the server or waiting for their turn. */
  busy(): Promise<number>;
}

export interface Fault {
  readonly name: string;
  readonly codes: readonly string[];
  /** Of the callers' own statements, that may reach the server while it fails; any number where not given. */
  readonly mostStatements?: number;
  begin(place: FaultyPlace): Promise<void>;
  end(place: FaultyPlace): Promise<void>;
}

/** Statements at a company's server at a time. */
const places = 8;

const asked = /sales_order/;

const ordersWith = (columns: string): string => `DROP TABLE kartoteka.sales_order;
  CREATE TABLE kartoteka.sales_order (order_type int NOT NULL, order_id int NOT NULL, customer_id int NOT NULL,
    number nvarchar(60) NOT NULL, ordered_on date NOT NULL, requested_on date NULL, status varchar(20) NOT NULL,
    ${columns}currency char(3) NOT NULL, net decimal(19,4) NULL, gross decimal(19,4) NULL);`;
const wholeOrders = ordersWith('status_text nvarchar(60) NULL, ');

/** Lines break, so that everybody must log in again. */
const breakLines = async ({ server }: FaultyPlace): Promise<void> => {
  await server.goAway();
  await server.comeBack();
};
const behave = ({ server }: FaultyPlace): Promise<void> => Promise.resolve(server.behave());

type Misbehaving = Parameters<SandboxServer['misbehave']>[0];
const misbehaving = (
  name: string,
  codes: readonly string[],
  misbehaviour: Misbehaving,
  also: Partial<Fault> = {},
): Fault => ({
  name,
  codes,
  begin: ({ server }) => Promise.resolve(server.misbehave(misbehaviour)).then(() => undefined),
  end: behave,
  ...also,
});

export const erpFaults: readonly Fault[] = [
  misbehaving(
    'login refused',
    ['ERP_UNAVAILABLE'],
    { kind: 'refuse-login' },
    {
      begin: async (place) => {
        place.server.misbehave({ kind: 'refuse-login' });
        await breakLines(place);
      },
    },
  ),
  misbehaving(
    'wrong database',
    ['ERP_UNAVAILABLE'],
    { kind: 'refuse-login' },
    {
      begin: async (place) => {
        const error = Object.assign(new Error('Cannot open database requested by the login.'), {
          number: 4060,
          severity: 11,
        });
        place.server.misbehave({ kind: 'refuse-login', error: error as never });
        await breakLines(place);
      },
    },
  ),
  {
    name: 'missing view',
    // Until the door has looked again, and from then on.
    codes: ['ERP_CONTRACT', 'NOT_OFFERED'],
    begin: (place) => place.install('DROP TABLE kartoteka.sales_order;'),
    end: (place) => place.install(wholeOrders.slice(wholeOrders.indexOf('CREATE'))),
  },
  {
    name: 'missing column',
    codes: ['ERP_CONTRACT'],
    begin: (place) => place.install(ordersWith('')),
    end: (place) => place.install(wholeOrders),
  },
  misbehaving('deadlock', ['ERP_UNAVAILABLE'], { kind: 'error', number: 1205, text: asked }),
  misbehaving('lock timeout', ['ERP_TIMEOUT'], { kind: 'error', number: 1222, text: asked }),
  misbehaving('stall', ['ERP_TIMEOUT'], { kind: 'stall', text: asked }, { mostStatements: places }),
  misbehaving('cut before the first row', ['ERP_UNAVAILABLE'], { kind: 'cut-before-first-row', text: asked }),
  misbehaving('cut in mid-row', ['ERP_UNAVAILABLE'], { kind: 'cut-in-row', row: 1, text: asked }),
  {
    name: 'server gone and back',
    codes: ['ERP_UNAVAILABLE'],
    begin: ({ server }) => server.goAway(),
    end: ({ server }) => server.comeBack(),
  },
];

/** What is not as promised, in words; empty when all is well. */
export async function tryFault(
  place: FaultyPlace,
  fault: Fault,
  callers: number,
): Promise<readonly string[]> {
  const cards = Array.from({ length: callers }, (_, card) => card);
  const amiss: string[] = [];
  const allWell = async (): Promise<boolean> =>
    (await Promise.all(cards.map((card) => place.ask(card)))).every(({ code }) => code === undefined);
  // A busy machine may be late for some of them before anything is broken; that is not what is tried here.
  await until(allWell);
  await fault.begin(place);
  place.server.statements.clear();

  const answers = await Promise.all(cards.map((card) => place.ask(card)));
  const sent = place.server.statements.list({ text: asked }).length;

  await fault.end(place);
  amiss.push(...whatIsAmiss(fault, answers, sent));
  await until(async () => (await place.ask(0)).code === undefined);
  await until(allWell);
  await until(async () => (await place.busy()) === 0);
  const open = place.server.openConnections();
  if (open > places) amiss.push(`${open} connections are open, ${places} at most may be`);
  return amiss;
}

function whatIsAmiss(fault: Fault, answers: readonly Answered[], sent: number): string[] {
  const amiss: string[] = [];
  const statuses = new Set(answers.map(({ status }) => status));
  if (statuses.size > 1 || !statuses.has(200)) amiss.push(`answered with ${[...statuses].join(', ')}`);
  const without = answers.filter(({ card }) => !card).length;
  if (without > 0) amiss.push(`${without} callers got nothing of the card`);
  const wrong = new Set(
    answers.map(({ code }) => code ?? 'no error').filter((code) => !fault.codes.includes(code)),
  );
  if (wrong.size > 0) amiss.push(`the ERP's part says ${[...wrong].join(', ')}`);
  const { mostStatements } = fault;
  if (mostStatements !== undefined && sent > mostStatements)
    amiss.push(`${sent} statements reached the server, ${mostStatements} at most may`);
  return amiss;
}

/** Whoever runs this sets the limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
