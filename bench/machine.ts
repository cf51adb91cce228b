/** Where a figure comes from: without it no figure says anything. */
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly processors: number;
  readonly processor: string;
  readonly memoryMiB: number;
  readonly system: string;
  readonly node: string;
  /** Before the measuring: how many processes already wanted a processor. */
  readonly loadBefore: number;
}

export const thisMachine = (): Machine => ({
  processors: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  memoryMiB: Math.round(totalmem() / 1_048_576),
  system: `${type()} ${release()} ${process.arch}`,
  node: process.version,
  loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
});
