/** Why the report server gave no report. The words are ours: of the server's own text nothing is passed on but its error code. */
import { DomainError } from '../../errors.ts';

/**
 * LOGIN_REFUSED: our account is not let in. UNREACHABLE: no connection. BROKEN_OFF: the line was cut before the answer had ended. BUSY:
 * too many wait already, here or there. NOT_SERVING: the server says that it does not serve just now.
 */
export type WhyUnavailable = 'LOGIN_REFUSED' | 'UNREACHABLE' | 'BROKEN_OFF' | 'BUSY' | 'NOT_SERVING';

const wordsOf = {
  LOGIN_REFUSED: 'does not let this service log in',
  UNREACHABLE: 'cannot be reached',
  BROKEN_OFF: 'broke off in the middle of its answer',
  BUSY: 'has too much to do just now',
  NOT_SERVING: 'does not serve reports just now',
} as const satisfies Record<WhyUnavailable, string>;

export abstract class ReportServerFailure extends DomainError {
  abstract readonly reason: string;
  override get details(): Readonly<Record<string, unknown>> {
    return { source: 'SSRS', reason: this.reason };
  }
}

export class ReportServerUnavailable extends ReportServerFailure {
  readonly code = 'ERP_UNAVAILABLE';
  constructor(
    readonly reason: WhyUnavailable,
    cause?: unknown,
  ) {
    super(`the report server ${wordsOf[reason]}`, { cause });
  }
}

/** Either the server's own limit or ours. */
export class ReportServerTimeout extends ReportServerFailure {
  readonly code = 'ERP_TIMEOUT';
  readonly reason = 'TIMEOUT';
  constructor() {
    super('the report server did not answer in time');
  }
}

/** The report was begun and could not be made: its data source, its query or its layout is at fault. */
export class ReportFailed extends ReportServerFailure {
  readonly code = 'ERP_CONTRACT';
  readonly reason = 'REPORT_FAILED';
  constructor(readonly errorCode: string) {
    super(`the report server could not make the report (${errorCode})`);
  }
  override get details() {
    return { ...super.details, errorCode: this.errorCode };
  }
}

/** What answers at the address is no report server, or not as one of 2017 and later answers. */
export class NotReportServer extends ReportServerFailure {
  readonly code = 'ERP_CONTRACT';
  readonly reason = 'NOT_A_REPORT_SERVER';
  constructor(what: string) {
    super(`what answers instead of the report server ${what}`);
  }
}

/** This report server has no renderer for the format. */
export class FormatNotOffered extends ReportServerFailure {
  readonly code = 'NOT_OFFERED';
  readonly reason = 'FORMAT';
  constructor(readonly format: string) {
    super(`the report server does not write ${format}`);
  }
}

/** The account that this service logs in with may not run the report. */
export class ReportAccessDenied extends ReportServerFailure {
  readonly code = 'FORBIDDEN';
  readonly reason = 'ACCESS_DENIED';
  constructor() {
    super('the report server does not let this service run the report');
  }
}
