import { messageOf } from './fault.ts';

/** The data directory, or what PostgreSQL needs in it, cannot be used; the message names the path, the reason and, where known, the remedy. */
export class DataDirUnusable extends Error {
  override readonly name = 'DataDirUnusable';
  constructor(dataDir: string, reason: string, cause?: unknown) {
    const fault = cause === undefined ? '' : `: ${messageOf(cause)}`;
    super(`The data directory ${dataDir} cannot be used: ${reason}${fault}`, { cause });
  }
}
