/** What was thrown, looked at without trusting its class: an error of the system may come from another realm, where instanceof says no. */
import { types } from 'node:util';

/** ENOENT and the like, of the system's errors. */
export function codeOf(fault: unknown): string | undefined {
  if (!types.isNativeError(fault) || !('code' in fault)) return undefined;
  return typeof fault.code === 'string' ? fault.code : undefined;
}

export const isMissing = (fault: unknown) => codeOf(fault) === 'ENOENT';

export const messageOf = (fault: unknown) => (types.isNativeError(fault) ? fault.message : String(fault));
