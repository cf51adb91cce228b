/** The address of exports: `/export/{set}.{ndjson|csv|xlsx}`. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { DataSource } from 'typeorm';
import { TooManyAtOnce } from '../at-once.ts';
import { DomainError } from '../errors.ts';
import type { ExportFormat } from '../exports/export-format.ts';
import { logExport } from '../exports/export-log.ts';
import type { ExportRequest } from '../exports/export-request.ts';
import type { Exporter } from '../exports/exporter.ts';
import type { Callers } from '../users/callers.ts';
import { answer, answerStream, type Exchange } from './http/exchange.ts';
import type { Routes } from './http/http-server.ts';
import { Refusal, refusalOf } from './http/refusal.ts';

interface ExportParts {
  readonly dataSource: DataSource;
  readonly exporter: Exporter;
  readonly callers: Callers;
}

const root = '/export/';
const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  'csv-excel-pl': 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function headersOf({ set, format }: ExportRequest): OutgoingHttpHeaders {
  const name = `${set.name}.${format === 'csv-excel-pl' ? 'csv' : format}`;
  return {
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  };
}

const tooMany = ({ most }: TooManyAtOnce): Refusal =>
  new Refusal(429, 'RATE_LIMITED', `At most ${most} exports run at once: try again in a moment.`, {
    headers: { 'retry-after': '10' },
    details: { limit: 'exports', most, retryAfter: 10 },
  });

class Exporting {
  constructor(private readonly parts: ExportParts) {}

  async send(exchange: Exchange, hungUp: AbortSignal): Promise<void> {
    const { request, path, search, requestId } = exchange;
    const { callers, dataSource, exporter } = this.parts;
    const actor = await callers.identify(request, hungUp, requestId);
    const wanted = await exporter.request(actor.access, path.slice(root.length), search);
    if (request.method === 'HEAD') {
      answer(exchange, 200, headersOf(wanted));
      return;
    }
    const { body, notOffered } = await exporter.open({ wanted, actor, signal: hungUp });
    try {
      await logExport(dataSource, actor, wanted);
    } catch (fault) {
      body.destroy();
      throw fault;
    }
    const headers = notOffered.length > 0 ? { 'x-kartoteka-not-offered': notOffered.join(', ') } : {};
    await answerStream(exchange, 200, { ...headersOf(wanted), ...headers }, body);
  }
}

export function exportRoutes(parts: ExportParts): Routes {
  const exporting = new Exporting(parts);
  const handle = async (exchange: Exchange): Promise<void> => {
    const hungUp = new AbortController();
    exchange.response.once('close', () => hungUp.abort());
    try {
      await exporting.send(exchange, hungUp.signal);
    } catch (fault) {
      // What an export that nobody waits for breaks off with is no fault.
      if (hungUp.signal.aborted && !exchange.response.headersSent) return;
      if (fault instanceof TooManyAtOnce) throw tooMany(fault);
      // Where the answer has begun its transfer breaks, and the log says why.
      throw fault instanceof DomainError && !exchange.response.headersSent ? refusalOf(fault) : fault;
    }
  };
  return { [`${root}*`]: { GET: handle, HEAD: handle } };
}
