/** What is measured, in the form that `--json` prints. */
import type { Machine } from './machine.ts';
import type { BenchOptions } from './options.ts';
import type { Spread } from './spreads.ts';

/** One of those that answer the same requests. */
export interface Side {
  readonly name: string;
  readonly requestsPerSecond: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  /** Of its own process; null where the system does not tell. */
  readonly cpuMsPerRequest: Spread | null;
  readonly requests: number;
}

/** One side's figure to another's, within each round. */
export interface RatioFigure {
  readonly of: string;
  readonly to: string;
  /** Requests per second, or processor time of the answering process for each of them. */
  readonly measure: 'requests' | 'processor';
  /** Null where the system does not tell. */
  readonly ratio: Spread | null;
  /** The median should not be below it for requests, and not above it for processor time; null where nothing is promised. */
  readonly aim: number | null;
  /** Null where nothing is promised. */
  readonly met: boolean | null;
}

export interface ContestFigure {
  readonly kind: 'contest';
  readonly name: string;
  readonly what: string;
  readonly sides: readonly Side[];
  readonly ratios: readonly RatioFigure[];
}

export interface TimeFigure {
  readonly kind: 'time';
  readonly name: string;
  readonly what: string;
  readonly seconds: Spread;
  readonly runs: number;
  /** Seconds to each event of the service's log on the way, in their order. */
  readonly steps: Readonly<Record<string, Spread>>;
  /** The median should not be above it. */
  readonly aimSeconds: number;
  readonly met: boolean;
}

/** The same question put to a big ledger and to a small one, in turn, one request at a time. */
export interface ComparisonFigure {
  readonly kind: 'comparison';
  readonly name: string;
  /** Medians of the rounds' medians. */
  readonly manyMs: Spread;
  readonly fewMs: Spread;
  /** Of the many to the few, within each round. */
  readonly ratio: Spread;
  /** The median ratio should not be above it; null where nothing is promised. */
  readonly aimRatio: number | null;
  /** Null where nothing is promised. */
  readonly met: boolean | null;
}

/** One question asked again and again of an ERP that takes its time over each statement. */
export interface LatencyFigure {
  readonly kind: 'latency';
  readonly name: string;
  readonly medianMs: Spread;
  readonly p95Ms: Spread;
  /** At the ERP, for one request. */
  readonly statements: number;
  /** The median should be below it; null where nothing is promised. */
  readonly aimMs: number | null;
  /** Null where nothing is promised. */
  readonly met: boolean | null;
}

/** One group of questions at one number of clients. */
export interface GrowthSize {
  readonly clients: number;
  /** What it took to come to this number from the one before. */
  readonly seedSeconds: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
  /** Of the median, to that of the first size. */
  readonly ratio: number;
  /** Aims that were not met, in words. */
  readonly missed: readonly string[];
  readonly shortfalls: readonly { readonly question: string; readonly ms: number; readonly plan: string }[];
}

export interface GrowthFigure {
  readonly kind: 'growth';
  readonly name: string;
  readonly what: string;
  readonly sizes: readonly GrowthSize[];
}

/** A whole set taken by a caller that does nothing with it. */
export interface ExportFigure {
  readonly kind: 'export';
  readonly name: string;
  readonly rows: number;
  readonly rowsPerSecond: Spread;
  /** Rows per second of COPY's own bytes of the bare columns; null where there is nothing of the kind. */
  readonly reference: Spread | null;
  /** Of the service to the reference, within each round; the median should not be below the aim. */
  readonly ratio: Spread | null;
  readonly aimRatio: number | null;
  /** The most memory that the service's process had above what it had before, of all rounds; should not be above the aim. */
  readonly growthMiB: number;
  readonly aimGrowthMiB: number;
  readonly met: boolean;
}

/** What the service's process holds, PostgreSQL and the ERP being others. */
export interface MemoryFigure {
  readonly kind: 'memory';
  readonly name: string;
  readonly what: string;
  readonly mebibytes: Spread;
  /** The median should be below it; null where nothing is promised. */
  readonly aimMebibytes: number | null;
  /** Null where nothing is promised. */
  readonly met: boolean | null;
}

/** Asked for, and not to be had: shown in its place with the reason. */
export interface MissingFigure {
  readonly kind: 'not measured';
  readonly name: string;
  readonly reason: string;
}

export type Figure =
  | ContestFigure
  | TimeFigure
  | ComparisonFigure
  | LatencyFigure
  | GrowthFigure
  | ExportFigure
  | MemoryFigure
  | MissingFigure;

export interface BenchResult {
  readonly date: string;
  readonly machine: Machine;
  readonly options: BenchOptions;
  readonly figures: readonly Figure[];
}
