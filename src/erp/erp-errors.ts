/** Why a company's ERP gave no answer. Each names the company, so that the caller knows which part is missing. */
import { DomainError } from '../errors.ts';

abstract class ErpFailure extends DomainError {
  constructor(
    readonly company: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { company: this.company };
  }
}

/** Not reachable, refusing the login, or broken off. */
export class ErpUnavailable extends ErpFailure {
  readonly code = 'ERP_UNAVAILABLE';
  constructor(company: string, cause?: unknown, message = `the ERP of ${company} does not answer`) {
    super(company, message, { cause });
  }
}

/** No connection could be had: there is no server, or it does not let us in. */
export class ErpUnreachable extends ErpUnavailable {}

/** Not asked: too many wait already, or the server has been failing and is left alone for a while. */
export class ErpNotAsked extends ErpUnavailable {}

/** Broken off before anything of the answer had come: the same statement may be sent once more. */
export class ErpBrokenOff extends ErpUnavailable {}

/**
 * What ran out of time. LIMIT: the statement, at the server. LOCK: its wait for others' locks. QUEUE: its wait to be sent. CALLER: whoever
 * asked went away, or the request's own time was over. REPORT: somebody's own SQL, which tells nothing of the server's health.
 */
export type OutOfTime = 'LIMIT' | 'LOCK' | 'QUEUE' | 'CALLER' | 'REPORT';

export class ErpTimeout extends ErpFailure {
  readonly code = 'ERP_TIMEOUT';
  constructor(
    company: string,
    readonly outOfTime: OutOfTime,
    cause?: unknown,
  ) {
    super(company, `the ERP of ${company} did not answer in time`, { cause });
  }
}

/** A view, column or value is not as the contract has it. */
export class ErpContract extends ErpFailure {
  readonly code = 'ERP_CONTRACT';
  constructor(
    company: string,
    readonly what: { readonly view?: string; readonly column?: string },
    message: string,
    cause?: unknown,
  ) {
    super(company, `the ERP of ${company} does not keep the contract: ${message}`, { cause });
  }

  override get details() {
    return { company: this.company, ...this.what };
  }
}

/** This ERP does not have the section: its view was not installed, or keeps no such column. */
export class NotOffered extends ErpFailure {
  readonly code = 'NOT_OFFERED';
  constructor(
    company: string,
    readonly view: string,
    readonly column?: string,
  ) {
    super(company, `the ERP of ${company} does not offer ${[view, column].filter(Boolean).join('.')}`);
  }

  override get details() {
    const { company, view, column } = this;
    return { company, view, ...(column !== undefined && { column }) };
  }
}

/**
 * A card's account names what no customer of this ERP can be called: a fault of the link, not of the ERP. Comes of an ERP that was
 * changed for another, since linking asks it.
 */
export class BrokenLink extends ErpFailure {
  readonly code = 'NOT_FOUND';
  constructor(
    company: string,
    readonly customerId: string,
  ) {
    super(
      company,
      `the card is linked to ${JSON.stringify(customerId)}, which no customer of ${company} can be: unlink that account`,
    );
  }

  override get details() {
    return { company: this.company, customerId: this.customerId };
  }
}
