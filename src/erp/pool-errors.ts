/** What the driver throws, told in the errors of the door. Server messages may hold values: they go no further than `cause`. */
import { DomainError } from '../errors.ts';
import { ErpBrokenOff, ErpContract, ErpTimeout, ErpUnavailable, ErpUnreachable } from './erp-errors.ts';

interface DriverFault {
  readonly code: string | undefined;
  readonly number: number | undefined;
  readonly severity: number | undefined;
}

/** The parts of an error that are safe to log. */
export function driverFault(error: unknown): DriverFault {
  const fault: { code?: unknown; number?: unknown; class?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  return {
    code: typeof fault.code === 'string' ? fault.code : undefined,
    number: typeof fault.number === 'number' ? fault.number : undefined,
    severity: typeof fault.class === 'number' ? fault.class : undefined,
  };
}

const lockTimeout = 1222;
const deadlockVictim = 1205;
/** Statements the server cannot even read: the fault is this service's, and must show up as such. */
const ownFaults: ReadonlySet<number> = new Set([102, 105, 137, 156, 8003, 8144, 8178, 40000]);
/** From here on the server itself is in trouble: memory, disk, a fatal error of the connection. */
const firstServerTrouble = 17;

/** The view or column named by "Invalid object name 'x'" (208) and "Invalid column name 'x'" (207). */
function missingThing(number: number, error: unknown): { view?: string; column?: string } {
  const name = error instanceof Error ? /'([^']{1,260})'/.exec(error.message)?.[1] : undefined;
  if (name === undefined) return {};
  if (number === 208) return { view: name };
  return number === 207 ? { column: name } : {};
}

function serverError(company: string, number: number, severity: number, error: unknown): unknown {
  if (number === lockTimeout) return new ErpTimeout(company, 'LOCK', error);
  if (number === deadlockVictim) return new ErpBrokenOff(company, error);
  if (severity >= firstServerTrouble) return new ErpUnavailable(company, error);
  if (ownFaults.has(number)) return error;
  const what = missingThing(number, error);
  const named = what.view ?? what.column;
  const message = named === undefined ? `SQL error ${number}` : `SQL error ${number}, ${named}`;
  return new ErpContract(company, what, message, error);
}

const timeoutCodes: ReadonlySet<string> = new Set(['ETIMEOUT', 'ECANCEL']);
const lineCodes: ReadonlySet<string> = new Set(['ESOCKET', 'ECLOSE', 'ECONNRESET', 'ENOTOPEN', 'EPIPE']);

/** While connecting: whatever goes wrong, the company is not there. */
export const connectError = (company: string, error: unknown): Error =>
  error instanceof ErpUnreachable ? error : new ErpUnreachable(company, error);

/** While a statement runs. Faults of this service's own making come back as they are. */
export function statementError(company: string, error: unknown, rowsSeen: number): unknown {
  if (error instanceof DomainError) return error;
  const { code, number, severity } = driverFault(error);
  if (number !== undefined) return serverError(company, number, severity ?? 16, error);
  if (code === undefined) return error;
  if (timeoutCodes.has(code)) return new ErpTimeout(company, 'LIMIT', error);
  if (!lineCodes.has(code)) return error;
  return rowsSeen === 0 ? new ErpBrokenOff(company, error) : new ErpUnavailable(company, error);
}

/** That this one lost against another says nothing of the server's health. */
export const isDeadlock = (error: unknown): boolean =>
  error instanceof ErpBrokenOff && driverFault(error.cause).number === deadlockVictim;
