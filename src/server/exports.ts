/** The address of exports: `/export/{set}.{ndjson|csv}`. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { DataSource } from 'typeorm';
import { TooManyCopies, type CopyOut } from '../crm-database/copy-out.ts';
import { DomainError, Forbidden } from '../errors.ts';
import { copyStatement } from '../exports/copy-statement.ts';
import { crmSets } from '../exports/crm-sets.ts';
import { logExport } from '../exports/export-log.ts';
import { readExportRequest, type ExportFormat, type ExportRequest } from '../exports/export-request.ts';
import { sightOf } from '../reads/own-cards.ts';
import type { Actor } from '../request.ts';
import type { Callers } from '../users/callers.ts';
import { answer, answerStream, type Exchange } from './http/exchange.ts';
import type { Routes } from './http/http-server.ts';
import { Refusal, refusalOf } from './http/refusal.ts';

interface ExportParts {
  readonly dataSource: DataSource;
  readonly copyOut: CopyOut;
  readonly callers: Callers;
}

const root = '/export/';

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  'csv-excel-pl': 'text/csv; charset=utf-8; header=present',
};

function requirePermitted({ access }: Actor, { set }: ExportRequest): void {
  const lacking = (['exports.run', set.need] as const).filter((need) => !access.permissions.has(need));
  if (lacking.length === 0) return;
  throw new Forbidden(
    lacking.map((need) => ({ path: 'set', code: 'PERMISSION', message: `${set.name} needs ${need}` })),
  );
}

function headersOf({ set, format }: ExportRequest): OutgoingHttpHeaders {
  const name = `${set.name}.${format === 'ndjson' ? 'ndjson' : 'csv'}`;
  return {
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  };
}

const tooMany = ({ most }: TooManyCopies): Refusal =>
  new Refusal(429, 'RATE_LIMITED', `At most ${most} exports run at once: try again in a moment.`, {
    headers: { 'retry-after': '10' },
    details: { limit: 'exports', most, retryAfter: 10 },
  });

export function exportRoutes({ dataSource, copyOut, callers }: ExportParts): Routes {
  const send = async (exchange: Exchange, hungUp: AbortSignal): Promise<void> => {
    const { request, path, search, requestId } = exchange;
    const actor = await callers.identify(request, hungUp, requestId);
    const wanted = readExportRequest(crmSets, path.slice(root.length), search);
    requirePermitted(actor, wanted);
    if (request.method === 'HEAD') {
      answer(exchange, 200, headersOf(wanted));
      return;
    }
    const rows = await copyOut.read(copyStatement(wanted, sightOf({ actor })), hungUp);
    try {
      await logExport(dataSource, actor, wanted);
    } catch (fault) {
      rows.destroy();
      throw fault;
    }
    await answerStream(exchange, 200, headersOf(wanted), rows);
  };
  const handle = async (exchange: Exchange): Promise<void> => {
    const hungUp = new AbortController();
    exchange.response.once('close', () => hungUp.abort());
    try {
      await send(exchange, hungUp.signal);
    } catch (fault) {
      // What an export that nobody waits for breaks off with is no fault.
      if (hungUp.signal.aborted && !exchange.response.headersSent) return;
      if (fault instanceof TooManyCopies) throw tooMany(fault);
      throw fault instanceof DomainError ? refusalOf(fault) : fault;
    }
  };
  return { [`${root}*`]: { GET: handle, HEAD: handle } };
}
