/**
 * What the ERP door promises in time. First page of a ledger of 300,000 invoices beside one of thirty: a page must cost what it shows
 * and not what there is. And sections of one card while every statement at the ERP takes 100 ms longer: they must run side by
 * side. The service asks a sandbox of the bench's own, and keeps no answers, or nothing of this would be measured.
 */
import { ask } from './ask.ts';
import { cardOfBoth, type LedgerCards } from './bulk-ledgers.ts';
import { cursorFrom, figure, figures, firstPage, pageAfter, sectionsOf } from './erp-questions.ts';
import type { ComparisonFigure, Figure, LatencyFigure } from './figures.ts';
import type { HelperProcess } from './helper-process.ts';
import { installLedgers } from './installation.ts';
import { figureOrReason } from './missing.ts';
import type { BenchOptions } from './options.ts';
import type { SandboxAnswer, SandboxWish } from './sandbox-process.ts';
import { quantile, ratioOf, spreadOf } from './spreads.ts';
import type { Workplace } from './workplace.ts';

interface ErpInstallation {
  readonly url: string;
  readonly sandbox: HelperProcess<SandboxWish, SandboxAnswer>;
  readonly cards: readonly LedgerCards[];
}

const aimRatio = 2;
const delayMs = 100;

export async function measureErp(workplace: Workplace, { rounds }: BenchOptions): Promise<Figure[]> {
  const installation = await install(workplace);
  const measured: Figure[] = [];
  for (const { name, measure } of [...comparisons(installation), ...latencies(installation)]) {
    measured.push(...(await figureOrReason(workplace, name, async () => [await measure(rounds)])));
  }
  return measured;
}

async function install(workplace: Workplace): Promise<ErpInstallation> {
  const { service, sandbox, cards } = await installLedgers(workplace, {
    settings: { ERP_CACHE_MS: '0', ERP_STALE_MS: '0' },
  });
  return { url: service.url, sandbox, cards };
}

interface Measurement {
  readonly name: string;
  readonly measure: (rounds: number) => Promise<Figure>;
}

const lists = ['invoices', 'orders', 'payments', 'settlements'];

/** In the middle of the ten years. */
const middle = '{ issuedOn: { lt: "2021-07-01" } }';

function comparisons({ url, cards }: ErpInstallation): Measurement[] {
  return cards.flatMap(({ company, many, few }) => {
    const compare = (
      name: string,
      aim: number | null,
      bodyFor: (code: string) => Promise<string> | string,
    ): Measurement => ({
      name: `${company}: ${name}`,
      measure: async (rounds) => {
        const bodies = { many: await bodyFor(many), few: await bodyFor(few) };
        return compareSizes({ name: `${company}: ${name}`, url, bodies, aim }, rounds);
      },
    });
    return [
      ...lists.map((list) => compare(`${list}, first 20`, aimRatio, firstPage(list))),
      compare('invoices, 20 from the middle', aimRatio, async (code) =>
        pageAfter('invoices', code, await cursorAt(url, code)),
      ),
      ...Object.keys(figures).map((name) => compare(name, null, figure(name))),
    ];
  });
}

async function cursorAt(url: string, code: string): Promise<string> {
  const { data } = (await ask(url, cursorFrom(code, 'invoices', middle))) as {
    data: { client: { invoices: { pageInfo: { endCursor: string } } } };
  };
  return data.client.invoices.pageInfo.endCursor;
}

/** In each round so many requests to either, fewer of what takes long. */
const pairsPerRound = 40;
const roundMs = 2_000;
const warmUps = 5;

interface SizesQuestion {
  readonly name: string;
  readonly url: string;
  readonly bodies: { readonly many: string; readonly few: string };
  readonly aim: number | null;
}

async function compareSizes(
  { name, url, bodies, aim }: SizesQuestion,
  rounds: number,
): Promise<ComparisonFigure> {
  for (let time = 0; time < warmUps; time += 1) {
    await ask(url, bodies.few);
    await ask(url, bodies.many);
  }
  const many: number[] = [];
  const few: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [ofMany, ofFew]: [number[], number[]] = [[], []];
    const began = performance.now();
    do {
      ofFew.push(await timeOf(url, bodies.few));
      ofMany.push(await timeOf(url, bodies.many));
    } while (ofMany.length < pairsPerRound && performance.now() - began < roundMs);
    many.push(spreadOf(ofMany).median);
    few.push(spreadOf(ofFew).median);
  }
  const ratio = ratioOf(many, few);
  return {
    kind: 'comparison',
    name,
    manyMs: spreadOf(many),
    fewMs: spreadOf(few),
    ratio,
    aimRatio: aim,
    met: aim === null ? null : ratio.median <= aim,
  };
}

async function timeOf(url: string, body: string): Promise<number> {
  const began = performance.now();
  await ask(url, body);
  return performance.now() - began;
}

/** Promised are three, and four: orders, invoices, balances and settlements. One and six show what a section more costs. */
const sectionCounts = [1, 3, 4, 6];
const aimsMs: Readonly<Record<number, number>> = { 3: 200, 4: 160 };
const requestsPerRound = 20;

function latencies({ url, sandbox, cards }: ErpInstallation): Measurement[] {
  const measured = [...cards, { company: 'both', few: cardOfBoth }];
  return measured.flatMap(({ company, few }) =>
    sectionCounts.map((count) => ({
      name: `${company}: ${count} ${count === 1 ? 'section' : 'sections'}`,
      measure: async (rounds): Promise<LatencyFigure> => {
        const name = `${company}: ${count} ${count === 1 ? 'section' : 'sections'}`;
        const body = sectionsOf(count, few);
        for (let time = 0; time < warmUps; time += 1) await ask(url, body);
        await sandbox.ask({ delayMs });
        await ask(url, body);
        const { statements } = await sandbox.ask({ delayMs, counted: true });
        const taken: number[][] = [];
        for (let round = 0; round < rounds; round += 1) {
          const times: number[] = [];
          for (let time = 0; time < requestsPerRound; time += 1) times.push(await timeOf(url, body));
          taken.push(times.toSorted((left, right) => left - right));
        }
        await sandbox.ask({ delayMs: 0 });
        const medianMs = spreadOf(taken.map((times) => quantile(times, 0.5)));
        const aim = aimsMs[count] ?? null;
        return {
          kind: 'latency',
          name,
          medianMs,
          p95Ms: spreadOf(taken.map((times) => quantile(times, 0.95))),
          statements,
          aimMs: aim,
          met: aim === null ? null : medianMs.median < aim,
        };
      },
    })),
  );
}
