/**
 * The contests: clients as a card, as a list and flat, beside the limit and the peers; what the ERP says, a search, a file and a note
 * beside the limit alone.
 */
import { bulkCardId, bulkCards } from './bulk-cards.ts';
import { openSides, type Address, type ContestSides } from './contest-sides.ts';
import { runContest, type Contestant } from './contest.ts';
import type { Figure } from './figures.ts';
import { figureOrReason } from './missing.ts';
import type { BenchOptions, MeasureName } from './options.ts';
import { normalClients } from './peers/normal-form.ts';
import {
  cardQuestions,
  flatPages,
  flatQuestions,
  listQuestions,
  walkPages,
  type Questions,
} from './questions.ts';
import { ratiosOf, type Aims } from './ratio-plans.ts';
import { isPeer, isStage, type SideName } from './sides.ts';
import type { Workplace } from './workplace.ts';
import { noteQuestions, searchQuestions, uploadQuestions } from './further-questions.ts';

interface ContestPlan {
  readonly measure: MeasureName;
  readonly name: string;
  readonly what: string;
  /** Against all sides that were asked for, or against the limit alone. */
  readonly against: 'all' | 'limit';
  readonly aims?: Aims;
  readonly connections?: number;
  questions(url: string, sides: ContestSides): Questions | Promise<Questions>;
}

const aimsOf = (postgraphile: number, limit: number, firstStage: number): Aims => ({
  service: { postgraphile, limit },
  'first-stage': { postgraphile: firstStage },
});

/** Many different cards, so that no side answers out of a warm row. */
const cardsAsked = 200;

const askedCards = (): string[] =>
  Array.from({ length: cardsAsked }, (_, index) => bulkCardId(1 + index * (bulkCards / cardsAsked)));

const pageOfList = { first: 50, order: 'SHORT_NAME' } as const;
const pageOfSample = { first: 20, order: 'CREATED_AT' } as const;

const plans: readonly ContestPlan[] = [
  {
    measure: 'card',
    name: 'card',
    what: 'one client: 12 fields and the address, 4 contacts, 3 delivery places',
    against: 'all',
    aims: aimsOf(2.5, 0.6, 1.8),
    questions: () => cardQuestions(askedCards(), false),
  },
  {
    measure: 'list',
    name: 'list',
    what: '50 clients by name with contacts and delivery places, the first five pages of 10,060 clients',
    against: 'all',
    aims: aimsOf(3, 0.8, 1.8),
    questions: async (url) => listQuestions(pageOfList, await walkPages(url, pageOfList, 5), false),
  },
  {
    measure: 'flat',
    name: 'flat',
    what: '1,000 clients by name, 10 fields; of the service five pages of 200 in one operation',
    against: 'all',
    aims: aimsOf(2, 0.8, 1.3),
    questions: async (url) =>
      flatQuestions(await walkPages(url, { first: flatPages.size, order: 'SHORT_NAME' }, flatPages.count)),
  },
  {
    measure: 'erp-card',
    name: 'card, CRM and ERP',
    what: 'one client of the sample as a card, with 5 orders, 5 invoices with paid and remaining, and balances',
    against: 'limit',
    questions: (_url, { cardsWithAccounts }) => cardQuestions(cardsWithAccounts, true),
  },
  {
    measure: 'erp-list',
    name: 'list, CRM and ERP',
    what: '20 clients of the sample with contacts, delivery places and their last 3 invoices, three pages',
    against: 'limit',
    questions: async (url) => listQuestions(pageOfSample, await walkPages(url, pageOfSample, 3), true),
  },
  {
    measure: 'search',
    name: 'search',
    what: 'the first 20 found with their number, by names, towns, numbers, fragments and misspellings; the limit runs the same statements',
    against: 'limit',
    questions: () => searchQuestions(),
  },
  {
    measure: 'upload',
    name: 'upload',
    what: 'files of 1 MiB, 8 at a time, each forced to disk; of the service as multipart form to addAttachment with its record',
    against: 'limit',
    connections: 8,
    questions: () => uploadQuestions(bulkCardId(1)),
  },
  {
    measure: 'mutation',
    name: 'mutation',
    what: 'addNote to one of 200 cards; the limit writes the record and its line of the change log in one statement',
    against: 'limit',
    questions: () => noteQuestions(askedCards()),
  },
];

export async function measureContests(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const asked = plans.filter(({ measure }) => options.measures.includes(measure));
  const wanted: readonly SideName[] = asked.some(({ against }) => against === 'all')
    ? options.sides
    : ['service', 'limit'];
  const names = asked.some(({ against }) => against === 'limit') ? withLimit(wanted) : wanted;
  const sides = await openSides(workplace, names);
  const figures: Figure[] = [];
  for (const plan of asked) {
    process.stderr.write(`${plan.name} …\n`);
    const measured = figureOrReason(workplace, plan.name, async () => [
      await contest(plan, sides, {
        ...options,
        sides: plan.against === 'all' ? options.sides : ['service', 'limit'],
      }),
    ]);
    figures.push(...(await measured));
  }
  return [...figures, ...sides.missing];
}

const withLimit = (names: readonly SideName[]): readonly SideName[] =>
  names.includes('limit') ? names : [...names, 'limit'];

async function contest(plan: ContestPlan, sides: ContestSides, options: BenchOptions): Promise<Figure> {
  const service = sides.addresses.get('service');
  if (!service) throw new Error('there is no service to measure');
  const questions = await plan.questions(service.url, sides);
  const names = options.sides.filter((name) => sides.addresses.has(name));
  const contestants: Contestant[] = [];
  for (const name of names) {
    const address = sides.addresses.get(name);
    if (address) contestants.push(await contestant(name, address, questions));
  }
  return runContest(
    { name: plan.name, what: plan.what, sides: contestants, ratios: ratiosOf(names, plan.aims ?? {}) },
    { ...options, connections: plan.connections ?? options.connections },
    sides.load,
  );
}

async function contestant(name: SideName, address: Address, questions: Questions): Promise<Contestant> {
  const { service, headers, limit, compared, peer } = questions;
  if (isStage(name)) return { ...address, name, bodies: service, ...(headers && { headers }) };
  if (isPeer(name)) {
    if (!peer) throw new Error(`${name} cannot answer this`);
    return { ...address, name, bodies: await peer(name, address.url), compared: normalClients };
  }
  const url = `${address.url}${limit.path}`;
  return { ...address, name, url, bodies: limit.bodies, ...(compared && { compared }) };
}
