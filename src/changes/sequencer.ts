/**
 * Gives committed changes their place in the feed. A change is written without a position; the sequencer, in a transaction
 * of its own, numbers those it finds, one sequencer at a time over all services on the database. A position is therefore seen only
 * once every lower one is, however late or early its writer committed: whoever reads on from a position misses nothing.
 * It is woken by the notice of a commit, by its own clock should a notice be lost, and by readers who find unnumbered rows.
 */
import { isNativeError } from 'node:util/types';
import { ListeningConnection } from '../crm-database/listening-connection.ts';
import { isBrokenConnection } from '../crm-database/read-database.ts';
import type { Log } from '../log.ts';

export interface SequencerOptions {
  readonly url: string;
  readonly log: Log;
  /** How often it looks without having been woken. */
  readonly everyMs?: number;
  /** The longest it waits while another sequencer is at work. */
  readonly lockPatienceMs?: number;
}

/** Over all services on the database; src/crm-database/data-source.ts has the number before it. */
const sequencerLock = 7_423_902;
const channel = 'kartoteka_change';
const batchSize = 1_000;
/** Notices that come so close together are answered by one round: each commit of its own takes the disk from the writers. */
const gatherMs = 20;

/**
 * In one message, so that nobody holds the lock while a service sleeps. The lock is taken by a statement of its own: the next one's
 * snapshot then holds all that the sequencer before has numbered, which it would not at a stricter isolation level. Changes
 * are numbered in the order in which they were written: a record is written by one transaction after another, so its versions
 * keep their order, within a batch and over several. The last condition is hidden from the planner, which would take its index for
 * the join: every number would then walk by all the entries that a long transaction elsewhere keeps from being cleared away.
 */
const numberingScript = (lockPatienceMs: number): string => `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL lock_timeout = ${lockPatienceMs};
  SELECT pg_advisory_xact_lock(${sequencerLock});
  WITH waiting AS (SELECT id FROM change WHERE position IS NULL ORDER BY id LIMIT ${batchSize}),
    numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM waiting)
  UPDATE change SET position = (SELECT coalesce(max(position), 0) FROM change) + numbered.place
    FROM numbered WHERE change.id = numbered.id AND coalesce(change.position, 0) = 0;
  COMMIT`;

/** PostgreSQL's code for a lock that was not to be had in time. */
const lockNotAvailable = '55P03';
const isLockedOut = (fault: unknown): boolean =>
  isNativeError(fault) && 'code' in fault && fault.code === lockNotAvailable;

/** With an erasure, which rewrites lines of the log that have no number yet. */
const deadlockDetected = '40P01';
const isDeadlock = (fault: unknown): boolean =>
  isNativeError(fault) && 'code' in fault && fault.code === deadlockDetected;

export class Sequencer {
  private readonly connection: ListeningConnection;
  private readonly script: string;
  private readonly log: Log;
  private readonly everyMs: number;
  private clock: NodeJS.Timeout | undefined;
  private woken: NodeJS.Timeout | undefined;
  private closed = false;
  /** The round under way, or the last one. */
  private round: Promise<unknown> = Promise.resolve();
  /** The round that begins when that one is over. */
  private nextRound: Promise<boolean> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor({ url, log, everyMs = 2_000, lockPatienceMs = 5_000 }: SequencerOptions) {
    this.log = log;
    this.everyMs = everyMs;
    this.script = numberingScript(lockPatienceMs);
    this.connection = new ListeningConnection({
      url,
      channel,
      onNotice: () => this.catchUpSoon(),
      patienceMs: lockPatienceMs + 10_000,
      log,
    });
  }

  /** Listens from now on, and has numbered a first batch of what there was. A database out of reach is tried again by the clock. */
  async start(): Promise<void> {
    this.clock = setInterval(() => void this.catchUp(), this.everyMs);
    if (await this.tryAdvance()) void this.catchUp();
  }

  /**
   * Numbers a batch of what was committed before the call; answers whether there may be more. Calls share a round that has not
   * begun. Gives up and answers false when another holds the lock for too long: what it has not numbered comes later.
   */
  advance(): Promise<boolean> {
    return (this.nextRound ??= this.round.then(() => {
      this.nextRound = undefined;
      const round = this.numberBatch();
      this.round = round.catch(() => undefined);
      return round;
    }));
  }

  /** Called after every round of this sequencer, whoever has numbered what there was. */
  onRound(listener: () => void): void {
    this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.clock);
    clearTimeout(this.woken);
    await this.round;
    await this.connection.close();
  }

  private catchUpSoon(): void {
    this.woken ??= setTimeout(() => {
      this.woken = undefined;
      void this.catchUp();
    }, gatherMs);
  }

  private async catchUp(): Promise<void> {
    while (!this.closed && (await this.tryAdvance()));
  }

  private async tryAdvance(): Promise<boolean> {
    try {
      return await this.advance();
    } catch (fault) {
      const reason = isNativeError(fault) ? fault.message : String(fault);
      if (!this.closed) this.log.warn({ fault: reason }, 'changes could not be numbered, and will be later');
      return false;
    }
  }

  private async numberBatch(): Promise<boolean> {
    try {
      return await this.runScript();
    } catch (fault) {
      if (isLockedOut(fault)) {
        this.log.warn({}, 'changes wait for another sequencer that holds the lock');
        return false;
      }
      if (this.closed || !(isBrokenConnection(fault) || isDeadlock(fault))) throw fault;
      // Numbering again what has been numbered does nothing.
      return await this.runScript();
    }
  }

  private async runScript(): Promise<boolean> {
    const results = await this.connection.run(this.script);
    const rows = results.find(({ command }) => command === 'UPDATE')?.rowCount ?? 0;
    if (rows > 0) this.log.debug({ rows }, 'changes numbered');
    for (const listener of this.listeners) listener();
    return rows === batchSize;
  }
}
