/**
 * What the records that are there have to say against an input, gathered so that a caller is told all of it at once. One
 * objection alone is thrown as its own error, with what that error carries; several are the problems of one InputRejected.
 */
import { DuplicateRecord, InputRejected, RecordNotFound, type Problem } from '../errors.ts';

interface Objection {
  readonly problem: Problem;
  readonly alone: () => Error;
}

export class Objections {
  private readonly all: Objection[] = [];

  reject(problem: Problem): void {
    this.all.push({ problem, alone: () => new InputRejected([problem]) });
  }

  notFound(path: string, id: string): void {
    const message = `there is no record ${id}`;
    this.all.push({
      problem: { path, code: 'NOT_FOUND', message },
      alone: () => new RecordNotFound(path, id),
    });
  }

  duplicate(path: string, message: string, existingId: string | undefined): void {
    this.all.push({
      problem: { path, code: 'DUPLICATE', message, ...(existingId === undefined ? {} : { existingId }) },
      alone: () => new DuplicateRecord(path, message, existingId),
    });
  }

  get problems(): readonly Problem[] {
    return this.all.map(({ problem }) => problem);
  }

  /** All of it; undefined where there is nothing. */
  get error(): Error | undefined {
    const [first, ...more] = this.all;
    return more.length === 0 ? first?.alone() : new InputRejected(this.problems);
  }

  /** Throws what there is; nothing where there is nothing. */
  raise(): void {
    const { error } = this;
    if (error) throw error;
  }
}
