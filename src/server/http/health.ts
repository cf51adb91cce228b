/**
 * The health addresses. Live: the process answers. Ready: every required part works; optional parts, such as one company's
 * ERP, make it degraded and nothing worse. They tell which part, never why: the reason goes to the log.
 */
import type { Log } from '../../log.ts';
import { answerJson } from './exchange.ts';
import type { Handler, Routes } from './http-server.ts';
import { loggable } from './loggable.ts';

interface CheckResult {
  readonly ok: boolean;
  readonly detail?: string;
}
export type Checks = Readonly<Record<string, () => Promise<CheckResult>>>;

export interface HealthOptions {
  /** Without any of these the service is not ready. */
  readonly required: Checks;
  /** Without one of these it is ready, but degraded. */
  readonly optional: Checks;
  readonly log: Log;
  /** A check that takes longer has failed. */
  readonly checkTimeoutMs?: number;
}

interface Report {
  readonly status: 'ready' | 'degraded' | 'unavailable';
  readonly checks: Readonly<Record<string, CheckResult>>;
}

function within(check: () => Promise<CheckResult>, limitMs: number): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ ok: false, detail: `no answer within ${limitMs} ms` }), limitMs);
    check()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

export function healthRoutes({ required, optional, log, checkTimeoutMs = 2_000 }: HealthOptions): Routes {
  const runOne = async ([name, check]: [string, () => Promise<CheckResult>]) => {
    try {
      return [name, await within(check, checkTimeoutMs)] as const;
    } catch (fault) {
      log.warn({ check: name, fault: loggable(fault) }, 'health check failed');
      return [name, { ok: false }] as const;
    }
  };
  const runAll = async (): Promise<Report> => {
    const [needed, wished] = await Promise.all(
      [required, optional].map((checks) => Promise.all(Object.entries(checks).map(runOne))),
    );
    const failed = (results: typeof needed) => (results ?? []).some(([, { ok }]) => !ok);
    return {
      status: failed(needed) ? 'unavailable' : failed(wished) ? 'degraded' : 'ready',
      checks: Object.fromEntries([...(needed ?? []), ...(wished ?? [])]),
    };
  };

  let underWay: Promise<Report> | undefined;
  // Callers who ask at the same time share one round: asking often must not load what is asked about.
  const report = (): Promise<Report> =>
    (underWay ??= runAll().finally(() => {
      underWay = undefined;
    }));

  const ready: Handler = async (exchange) => {
    const body = await report();
    answerJson(exchange, body.status === 'unavailable' ? 503 : 200, body);
  };
  const live: Handler = (exchange) => answerJson(exchange, 200, { status: 'live' });
  return { '/health/live': { GET: live, HEAD: live }, '/health/ready': { GET: ready, HEAD: ready } };
}
