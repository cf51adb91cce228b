/**
 * The door to all companies' ERPs, put together: each company with its guard and its catalogue. Promises to connect to
 * nothing before it is asked, and that every statement of a company goes through its one guard.
 */
import type { CompanyConfig } from '../../company-config.ts';
import type { Log } from '../../log.ts';
import { openCatalogue } from '../catalogue.ts';
import { companiesOf, type Companies, type Company } from '../companies.ts';
import { dayFormat } from '../days.ts';
import { ErpContract } from '../erp-errors.ts';
import { noteFreshness } from '../freshness.ts';
import type { Ask } from '../statement.ts';
import { memoryAnswerCache, type AnswerCache } from './answer-cache.ts';
import { CompanyGuard } from './guard.ts';
import { noMeter, type DoorMeter, type DoorStatus } from './meter.ts';

export interface ErpDoor {
  readonly companies: Companies;
  /** How each company's door stands just now. */
  status(): readonly DoorStatus[];
  /** Waits for running statements. */
  close(): Promise<void>;
}

export interface DoorSettings {
  readonly companies: readonly CompanyConfig[];
  /** Nobody waits longer for one statement. */
  readonly timeoutMs: number;
  readonly log: Log;
  /** How long an answer counts as fresh; not at all when not given. */
  readonly cacheMs?: number;
  /** How long the last answer may serve when the ERP fails; not at all when not given. */
  readonly staleMs?: number;
  /** What all companies' kept answers may take together. */
  readonly cacheBytes?: number;
  /** Statements that take longer are logged. */
  readonly slowMs?: number;
  readonly cache?: AnswerCache;
  readonly meter?: DoorMeter;
  readonly now?: () => Date;
}

const usualCacheBytes = 67_108_864;
const usualSlowMs = 1_000;

/** Connects to nothing yet: a company is reached when first asked. Throws for an address that cannot be read. */
export function createErpDoor(settings: DoorSettings): ErpDoor {
  const { companies, now = () => new Date(), cacheBytes = usualCacheBytes } = settings;
  const guarding = {
    cacheMs: 0,
    staleMs: 0,
    slowMs: usualSlowMs,
    meter: noMeter,
    ...settings,
    cache: settings.cache ?? memoryAnswerCache(cacheBytes),
  };
  const guarded = companies.map((config) => ({ config, guard: new CompanyGuard(config, guarding) }));
  return {
    companies: companiesOf(guarded.map(({ config, guard }) => companyAt(config, guard, now))),
    status: () => guarded.map(({ guard }) => guard.status),
    close: async () => {
      await Promise.all(guarded.map(({ guard }) => guard.close()));
    },
  };
}

function companyAt(config: CompanyConfig, guard: CompanyGuard, now: () => Date): Company {
  const { key, name, timeZone, schema } = config;
  const askNow: Ask = (statement, signal) => guard.askNow(statement, signal);
  const catalogue = openCatalogue(key, schema, askNow);
  const watched =
    (ask: Ask): Ask =>
    async (statement, signal) => {
      try {
        const answer = await ask(statement, signal);
        noteFreshness(signal, key, answer);
        return answer;
      } catch (error) {
        // Something the catalogue had is gone or changed.
        if (error instanceof ErpContract) catalogue.forget();
        throw error;
      }
    };
  return {
    key,
    name,
    timeZone,
    schema,
    catalogue,
    ask: watched((statement, signal) => guard.ask(statement, signal)),
    askNow: watched(askNow),
    stream: async (statement, signal, limitMs) => {
      const stream = await guard.stream(statement, signal, limitMs);
      noteFreshness(signal, key, { state: 'LIVE', asOf: new Date().toISOString() });
      return stream;
    },
    lastAnswer: () => guard.lastAnswer,
    today: dayIn(timeZone, now),
  };
}

const minuteMs = 60_000;

/** The day it is there, worked out once a minute: zones turn on whole minutes, and every row of a list may ask. */
function dayIn(timeZone: string, now: () => Date): () => string {
  const days = dayFormat(timeZone);
  let known = { minute: Number.NaN, day: '' };
  return () => {
    const time = now();
    const minute = Math.floor(time.getTime() / minuteMs);
    if (minute !== known.minute) known = { minute, day: days.format(time) };
    return known.day;
  };
}
