/** The contests: one card and a page of twenty, each without and with what the ERP says. */
import { bulkCardId, bulkCards } from './bulk-cards.ts';
import { runContest } from './contest.ts';
import type { Figure } from './figures.ts';
import { install, type Installation } from './installation.ts';
import { figureOrReason } from './missing.ts';
import type { BenchOptions } from './options.ts';
import { cardQuestions, listQuestions, walkPages, type Questions } from './questions.ts';
import type { Workplace } from './workplace.ts';

interface ContestPlan {
  readonly measure: 'card' | 'list';
  readonly name: string;
  readonly what: string;
  questions(installation: Installation): Questions | Promise<Questions>;
}

/** Many different cards, so that neither side answers out of a warm row. */
const cardsAsked = 200;

const plans: readonly ContestPlan[] = [
  {
    measure: 'card',
    name: 'card, CRM',
    what: 'one client: 12 fields and the address, 4 contacts, 3 delivery places',
    questions: () => {
      const step = bulkCards / cardsAsked;
      return cardQuestions(
        Array.from({ length: cardsAsked }, (_, index) => bulkCardId(1 + index * step)),
        false,
      );
    },
  },
  {
    measure: 'card',
    name: 'card, CRM and ERP',
    what: 'one client of the sample as above, with 5 orders, 5 invoices with paid and remaining, and balances',
    questions: ({ cardsWithAccounts }) => cardQuestions(cardsWithAccounts, true),
  },
  {
    measure: 'list',
    name: 'list, CRM',
    what: '20 clients by name with contacts and delivery places, the first five pages of 10,060 clients',
    questions: async ({ service }) =>
      listQuestions('SHORT_NAME', await walkPages(service.url, 'SHORT_NAME', 5), false),
  },
  {
    measure: 'list',
    name: 'list, CRM and ERP',
    what: '20 clients of the sample with contacts, delivery places and their last 3 invoices, three pages',
    questions: async ({ service }) =>
      listQuestions('CREATED_AT', await walkPages(service.url, 'CREATED_AT', 3), true),
  },
];

export async function measureContests(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const installation = await install(workplace);
  const figures: Figure[] = [];
  for (const plan of plans.filter(({ measure }) => options.measures.includes(measure))) {
    figures.push(
      ...(await figureOrReason(workplace, plan.name, async () => [
        await contest(plan, installation, options),
      ])),
    );
  }
  return figures;
}

async function contest(
  plan: ContestPlan,
  installation: Installation,
  options: BenchOptions,
): Promise<Figure> {
  const { path, service, reference } = await plan.questions(installation);
  return runContest(
    {
      name: plan.name,
      what: plan.what,
      service: { ...installation.service, bodies: service },
      reference: {
        ...installation.reference,
        url: `${installation.reference.url}${path}`,
        bodies: reference,
      },
    },
    options,
    installation.load,
  );
}
