/**
 * What a measurement leaves on the machine for a while: processes and folders. Whoever makes one says here how it goes away
 * again, and it does, last made first, when the work ends, fails, or is cut short by Ctrl-C.
 */
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Leave = () => Promise<void>;

export class Workplace {
  private readonly interruption = new AbortController();
  private readonly leaving: Leave[] = [];
  private ending: Promise<void> | undefined;

  /** Aborts when the user wants no more of it. */
  get interrupted(): AbortSignal {
    return this.interruption.signal;
  }

  interrupt(): void {
    this.interruption.abort(new Error('interrupted'));
  }

  /** Answers a way to do it earlier; it is done once. */
  onLeaving(leave: Leave): Leave {
    const once: Leave = async () => {
      const place = this.leaving.indexOf(once);
      if (place < 0) return;
      this.leaving.splice(place, 1);
      await leave();
    };
    this.leaving.push(once);
    return once;
  }

  /** Goes on after a failure, so that nothing stays behind because of something else, and then throws it. */
  leave(): Promise<void> {
    this.ending ??= this.leaveAll();
    return this.ending;
  }

  /** An empty folder that other users may enter: as root the database runs as one of them. */
  async folder(): Promise<string> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'kartoteka-bench-'));
    this.onLeaving(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    await chmod(folder, 0o755);
    return folder;
  }

  private async leaveAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let leave = this.leaving.at(-1); leave; leave = this.leaving.at(-1)) {
      await leave().catch((fault: unknown) => failures.push(fault));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  }
}

/** Runs the work and cleans up after it whatever happens. Ctrl-C ends the program once that is done. */
export async function inWorkplace<Result>(work: (workplace: Workplace) => Promise<Result>): Promise<Result> {
  const workplace = new Workplace();
  const stop = (signal: NodeJS.Signals) => {
    workplace.interrupt();
    void workplace.leave().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(workplace);
  } finally {
    await workplace.leave();
    for (const signal of signals) process.off(signal, stop);
  }
}
