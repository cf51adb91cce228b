/**
 * Errors that callers are told about. Rooms throw them; src/server/format-error.ts translates them, once, by a table over
 * `ErrorCode`. Whatever is thrown and is not one of these tells the caller only the request's id.
 */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'LOGIN_UNAVAILABLE'
  | 'FORBIDDEN'
  | 'TOO_COMPLEX'
  | 'RATE_LIMITED'
  | 'PAYLOAD_TOO_LARGE'
  | 'CONFLICT'
  | 'DUPLICATE'
  | 'ERP_UNAVAILABLE'
  | 'ERP_TIMEOUT'
  | 'ERP_CONTRACT'
  | 'NOT_OFFERED'
  | 'INTERNAL_SERVER_ERROR';

/** One thing wrong with what a caller sent: where (dotted path from the argument), which rule, and in words. */
export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  /** Of a DUPLICATE: the record that has the value already. */
  readonly existingId?: string;
  /** The record it is about, where the input names none. */
  readonly recordId?: string;
}

export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;
  /** What goes into the answer's `extensions` beside the code. */
  get details(): Readonly<Record<string, unknown>> {
    return {};
  }
}

/** What was sent cannot be accepted; every problem is told at once. */
export class InputRejected extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('; '));
  }
  override get details() {
    return { problems: this.problems };
  }
}

/** The caller may not do or see this, whatever the record; every reason is told at once. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
  constructor(readonly problems: readonly Problem[]) {
    super(`not permitted: ${problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`);
  }
  override get details() {
    return { problems: this.problems };
  }
}

/** There is no such record, or the caller may not see it: the two are never told apart. */
export class RecordNotFound extends DomainError {
  readonly code = 'NOT_FOUND';
  constructor(
    readonly path: string,
    readonly id: string,
  ) {
    super(`${path}: there is no record ${id}`);
  }
  override get details() {
    return { path: this.path, id: this.id };
  }
}

/**
 * Somebody else changed the record since the caller read it, deleted it, or restored it. Carries the state as it is now and
 * what changed since.
 */
export class VersionConflict extends DomainError {
  readonly code = 'CONFLICT';
  constructor(
    readonly current: Readonly<Record<string, unknown>> & { readonly version: number },
    readonly changedFields: readonly string[],
    what = 'was changed meanwhile and is',
  ) {
    super(`the record ${what} at version ${current.version}`);
  }
  override get details() {
    return { current: this.current, changedFields: this.changedFields };
  }
}

/** A value that must be unique is already taken. */
export class DuplicateRecord extends DomainError {
  readonly code = 'DUPLICATE';
  constructor(
    readonly path: string,
    message: string,
    readonly existingId: string | undefined,
  ) {
    super(message);
  }
  override get details() {
    return { path: this.path, existingId: this.existingId };
  }
}
