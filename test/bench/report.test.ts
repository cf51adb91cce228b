import { describe, expect, it } from '@jest/globals';
import type { BenchResult, ContestFigure, Figure, Side } from '../../bench/figures.ts';
import { benchText, tableOf } from '../../bench/report.ts';

const side = (name: string, requestsPerSecond: number): Side => ({
  name,
  requestsPerSecond: { median: requestsPerSecond, min: requestsPerSecond - 10, max: requestsPerSecond + 10 },
  p50Ms: { median: 1.234, min: 1, max: 2 },
  p99Ms: { median: 12.34, min: 10, max: 20 },
  cpuMsPerRequest: null,
  requests: 1_000,
});

const contest: ContestFigure = {
  kind: 'contest',
  name: 'card',
  what: 'one client',
  sides: [side('service', 500), side('limit', 1_000)],
  ratios: [
    {
      of: 'service',
      to: 'limit',
      measure: 'requests',
      ratio: { median: 0.5, min: 0.4, max: 0.6 },
      aim: 0.6,
      met: false,
    },
    { of: 'service', to: 'limit', measure: 'processor', ratio: null, aim: null, met: true },
  ],
};

const result = (figures: readonly Figure[]): BenchResult => ({
  date: '2026-01-02T03:04:05.000Z',
  machine: {
    processors: 2,
    processor: 'Test',
    memoryMiB: 4_096,
    system: 'Linux',
    node: 'v24',
    loadBefore: 0.5,
  },
  options: {
    measures: ['card'],
    sides: ['service', 'limit'],
    rounds: 5,
    seconds: 5,
    connections: 32,
    json: false,
    clients: [],
    named: true,
  },
  figures,
});

describe('the table', () => {
  it('is as wide as its cells', () => {
    expect(
      tableOf([
        ['', 'count'],
        ['kill', '100'],
        ['stop', '5'],
      ]),
    ).toBe('      count\nkill    100\nstop      5');
  });

  it('shows median and spread of every side, and each ratio with its aim', () => {
    const text = benchText(result([contest]));
    expect(text).toMatch(/card: service +500 \(490\.\.510\) .* -$/m);
    expect(text).toMatch(/card: limit +1000 \(990\.\.1010\)/);
    expect(text).toMatch(
      /card: service to limit, requests\/s +0\.50 \(0\.40\.\.0\.60\) +at least 0\.6 +MISSED$/m,
    );
    expect(text).toMatch(/card: service to limit, CPU ms\/request +- +-$/m);
  });

  it('shows memory with its aim', () => {
    const memory = {
      kind: 'memory',
      name: 'at rest',
      what: 'nobody asks',
      mebibytes: { median: 250, min: 240, max: 260 },
      aimMebibytes: 200,
      met: false,
    } as const;
    const text = benchText(
      result([memory, { ...memory, name: 'under load', aimMebibytes: null, met: true }]),
    );
    expect(text).toMatch(/at rest +250 \(240\.\.260\) +200 +MISSED$/m);
    expect(text).toMatch(/under load +250 \(240\.\.260\) +-$/m);
  });

  it('says of a start above its aim that the aim was missed', () => {
    const steps = { 'PostgreSQL started': { median: 1.5, min: 1, max: 2 } };
    const start = {
      kind: 'time' as const,
      name: 'start, second',
      what: 'again',
      runs: 3,
      aimSeconds: 6,
      steps,
    };
    const text = benchText(
      result([
        { ...start, seconds: { median: 6.5, min: 5, max: 7 }, met: false },
        { ...start, name: 'start, empty', seconds: { median: 4, min: 3, max: 5 }, met: true },
      ]),
    );
    expect(text).toMatch(/start, second +6\.50 \(5\.00\.\.7\.00\) +3 +6 +MISSED/);
    expect(text).toContain('start, second: PostgreSQL started 1.50');
    expect(text).toMatch(/start, empty +4\.00 \(3\.00\.\.5\.00\) +3 +6 +met/);
  });

  it('shows many beside few with the aim for their ratio, and of what has no aim that it has none', () => {
    const compared = {
      kind: 'comparison' as const,
      manyMs: { median: 30, min: 29, max: 31 },
      fewMs: { median: 10, min: 9, max: 11 },
      ratio: { median: 3, min: 2.9, max: 3.1 },
    };
    const text = benchText(
      result([
        { ...compared, name: 'invoices', aimRatio: 2, met: false },
        { ...compared, name: 'balances', aimRatio: null, met: true },
      ]),
    );
    expect(text).toMatch(/invoices +30\.0 \(29\.0\.\.31\.0\) +10\.0 .* 3\.00 \(2\.90\.\.3\.10\) +2 +MISSED/);
    expect(text).toMatch(/balances .* -$/m);
  });

  it('shows sections side by side with their statements and the aim', () => {
    const text = benchText(
      result([
        {
          kind: 'latency',
          name: '3 sections',
          medianMs: { median: 120, min: 119, max: 121 },
          p95Ms: { median: 140, min: 130, max: 150 },
          statements: 3,
          aimMs: 200,
          met: true,
        },
      ]),
    );
    expect(text).toMatch(/3 sections +120 \(119\.\.121\) +140 \(130\.\.150\) +3 +200 +met/);
  });

  it('shows what could not be measured, with the reason', () => {
    const text = benchText(
      result([contest, { kind: 'not measured', name: 'list', reason: 'the two differ' }]),
    );
    expect(text).toContain('NOT MEASURED list: the two differ');
  });

  it('says where and when it was measured', () => {
    expect(benchText(result([]))).toContain('2026-01-02T03:04:05.000Z  2 × Test, 4096 MiB, Linux, Node v24');
  });

  it('shows growth with its ratio, what it missed, and the plan of what was slow', () => {
    const size = {
      clients: 10_000,
      seedSeconds: 3,
      medianMs: 5,
      p95Ms: 9,
      worstMs: 10,
      ratio: 1,
      missed: [],
      shortfalls: [],
    };
    const grown = {
      ...size,
      clients: 100_000,
      worstMs: 350,
      ratio: 1.5,
      missed: ['worst above 300 ms'],
      shortfalls: [{ question: 'kow', ms: 350, plan: 'Seq Scan' }],
    };
    const text = benchText(
      result([{ kind: 'growth', name: 'searches', what: 'forty', sizes: [size, grown] }]),
    );
    expect(text).toMatch(/searches +10000 +5\.00 +9\.00 +10\.0 +1\.00$/m);
    expect(text).toMatch(/searches +100000 .* 350 +1\.50 +MISSED: worst above 300 ms$/m);
    expect(text).toContain('searches, 100000 clients, 350 ms: kow\nSeq Scan');
  });
});
