/** The address of exports: `/export/{set}.{ndjson|csv|xlsx}`. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { AtOnce, TooManyAtOnce } from '../at-once.ts';
import type { CopyOut } from '../crm-database/copy-out.ts';
import { DomainError } from '../errors.ts';
import { copyStatement } from '../exports/copy-statement.ts';
import type { ErpExports } from '../exports/erp-rows.ts';
import type { ExportFormat } from '../exports/export-format.ts';
import { logExport } from '../exports/export-log.ts';
import { readExportRequest, type ExportRequest } from '../exports/export-request.ts';
import type { ErpSet } from '../exports/export-set.ts';
import { rowsOfJsonLines } from '../exports/json-lines.ts';
import { begun, rowStream } from '../exports/row-stream.ts';
import { rowText } from '../exports/row-text.ts';
import { requireExport, setsFor } from '../exports/sets.ts';
import { xlsxStream } from '../exports/xlsx/xlsx-stream.ts';
import { sightOf } from '../reads/own-cards.ts';
import type { Actor } from '../request.ts';
import type { Callers } from '../users/callers.ts';
import { answer, answerStream, type Exchange } from './http/exchange.ts';
import type { Routes } from './http/http-server.ts';
import { Refusal, refusalOf } from './http/refusal.ts';

interface ExportParts {
  readonly dataSource: DataSource;
  readonly copyOut: CopyOut;
  readonly erp: ErpExports;
  readonly callers: Callers;
}

const root = '/export/';
/** Of ERPs, beside those that COPY makes. */
const erpExportsAtOnce = 4;

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

/** What is to be sent, begun: its first rows are there. */
interface Begun {
  readonly body: Readable;
  readonly headers: OutgoingHttpHeaders;
}

class Exporting {
  private readonly erpAtOnce = new AtOnce(erpExportsAtOnce);

  constructor(private readonly parts: ExportParts) {}

  async send(exchange: Exchange, hungUp: AbortSignal): Promise<void> {
    const { request, path, search, requestId } = exchange;
    const { callers, dataSource } = this.parts;
    const actor = await callers.identify(request, hungUp, requestId);
    const { permissions } = actor.access;
    const wanted = readExportRequest(setsFor(permissions), path.slice(root.length), search);
    requireExport(wanted.set, permissions);
    if (request.method === 'HEAD') {
      answer(exchange, 200, headersOf(wanted));
      return;
    }
    const { body, headers } = await this.begin(wanted, actor, hungUp);
    try {
      await logExport(dataSource, actor, wanted);
    } catch (fault) {
      body.destroy();
      throw fault;
    }
    await answerStream(exchange, 200, { ...headersOf(wanted), ...headers }, body);
  }

  private async begin(wanted: ExportRequest, actor: Actor, hungUp: AbortSignal): Promise<Begun> {
    const { set } = wanted;
    if (set.source === 'erp') return this.fromErp(set, wanted, actor, hungUp);
    const { format, columns } = wanted;
    const told = format === 'xlsx' ? 'ndjson' : format;
    const text = await this.parts.copyOut.read(
      copyStatement(set, { ...wanted, format: told }, actor),
      hungUp,
    );
    if (format !== 'xlsx') return { body: text, headers: {} };
    return { body: xlsxStream(set.name, columns, rowsOfJsonLines(text, columns)), headers: {} };
  }

  private async fromErp(
    set: ErpSet,
    request: ExportRequest,
    actor: Actor,
    hungUp: AbortSignal,
  ): Promise<Begun> {
    const leave = this.erpAtOnce.enter();
    const over = new AbortController();
    const signal = AbortSignal.any([hungUp, over.signal]);
    const end = (): void => {
      over.abort();
      leave();
    };
    try {
      const { rows, notOffered } = await this.parts.erp.open({
        set,
        request,
        sight: sightOf({ actor }),
        signal,
      });
      const { format, columns } = request;
      const first = await begun(rows);
      const body =
        format === 'xlsx' ? xlsxStream(set.name, columns, first) : rowStream(rowText(format, columns), first);
      body.once('close', end);
      return {
        body,
        headers: notOffered.length > 0 ? { 'x-kartoteka-not-offered': notOffered.join(', ') } : {},
      };
    } catch (fault) {
      end();
      throw fault;
    }
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
