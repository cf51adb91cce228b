/** Apollo's own remarks as events of the service's log. */
import type { Log } from '../../log.ts';

type Remark = (message?: unknown) => void;

export function apolloLogger(log: Log): { debug: Remark; info: Remark; warn: Remark; error: Remark } {
  const remark =
    (level: keyof Log): Remark =>
    (message) =>
      log[level]({ remark: String(message).slice(0, 300) }, 'apollo server');
  return { debug: remark('debug'), info: remark('info'), warn: remark('warn'), error: remark('error') };
}
