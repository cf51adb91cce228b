/** The address of reports, `/reports/{key}.{form}?client=…`, and how the gateway is put together. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { AtOnceEach, TooManyAtOnce } from '../at-once.ts';
import { logAuditLine } from '../changes/audit-lines.ts';
import { DomainError, InputRejected, type Problem } from '../errors.ts';
import type { Rows } from '../exports/cells.ts';
import { dialects, isDialect, type TextFormat } from '../exports/export-format.ts';
import type { ColumnType, SetColumn } from '../exports/export-set.ts';
import { begun, rowStream } from '../exports/row-stream.ts';
import { rowText } from '../exports/row-text.ts';
import { xlsxStream } from '../exports/xlsx/xlsx-stream.ts';
import type { ReportValueType } from '../reports/report.ts';
import { labelOf, ssrsRoot, type OfferedSqlReport } from '../reports/gateway/offered-report.ts';
import { formatsOf } from '../reports/gateway/report.resolver.ts';
import type { Asked } from '../reports/gateway/report-values.ts';
import type { ReportCatalogue } from '../reports/gateway/report-catalogue.ts';
import type { Reports } from '../reports/gateway/reports.ts';
import { isSsrsFormat } from '../reports/ssrs/formats.ts';
import type { RequestContext } from '../request.ts';
import type { Callers } from '../users/callers.ts';
import { answer, answerStream, type Exchange } from './http/exchange.ts';
import type { Routes } from './http/http-server.ts';
import { Refusal, refusalOf } from './http/refusal.ts';

interface ReportRouteParts {
  readonly dataSource: DataSource;
  readonly catalogue: ReportCatalogue;
  readonly reports: Reports;
  readonly callers: Callers;
}

const root = '/reports/';
/** Of one caller. */
const atOnce = 3;

const mediaTypes: Readonly<Record<string, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const columnTypes: Readonly<Record<ReportValueType, ColumnType>> = {
  TEXT: 'text',
  INTEGER: 'decimal',
  DECIMAL: 'decimal',
  BOOLEAN: 'text',
  DATE: 'date',
  DATETIME: 'text',
};

interface Address {
  readonly key: string;
  readonly ending: string;
}

/** Throws InputRejected. */
function addressIn(path: string): Address {
  const problem = (code: string, message: string) => new InputRejected([{ path: 'address', code, message }]);
  let name: string;
  try {
    name = decodeURIComponent(path.slice(root.length));
  } catch {
    throw problem('ENCODING', 'is not UTF-8 in percent signs');
  }
  const dot = name.lastIndexOf('.');
  if (dot < 1) throw problem('FORMAT', 'ends with the form of the report, such as .csv');
  return { key: name.slice(0, dot), ending: name.slice(dot + 1) };
}

interface Parameters extends Asked {
  readonly dialect: TextFormat;
}

/** What a report server takes for nothing at all. */
const nothing = ':isnull';

/** Throws InputRejected. */
function parametersIn(search: string, { key, ending }: Address): Parameters {
  const problems: Problem[] = [];
  const single = new Map<string, string>();
  const given = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (['client', 'company', 'dialect'].includes(name)) {
      if (single.has(name)) problems.push({ path: name, code: 'REPEATED', message: 'may be given once' });
      single.set(name, value);
    } else if (key.startsWith(ssrsRoot) && name.endsWith(nothing))
      given.set(name.slice(0, -nothing.length), []);
    else given.set(name, [...(given.get(name) ?? []), value]);
  }
  const dialect = single.get('dialect') ?? 'rfc4180';
  if (!isDialect(dialect))
    problems.push({
      path: 'dialect',
      code: 'DIALECT',
      message: `there are ${Object.keys(dialects).join(' and ')}`,
    });
  else if (single.has('dialect') && (ending !== 'csv' || key.startsWith(ssrsRoot)))
    problems.push({ path: 'dialect', code: 'DIALECT', message: 'is for csv of reports of SQL' });
  if (problems.length > 0) throw new InputRejected(problems);
  return {
    client: single.get('client'),
    company: single.get('company'),
    given,
    pathOf: (name) => name,
    dialect: isDialect(dialect) ? dialects[dialect] : 'csv',
  };
}

interface Sent {
  readonly body: Readable;
  readonly headers: OutgoingHttpHeaders;
}

class ReportDoor {
  private readonly places = new AtOnceEach(atOnce);

  constructor(private readonly parts: ReportRouteParts) {}

  async send(exchange: Exchange, signal: AbortSignal): Promise<void> {
    const { request, path, search, requestId } = exchange;
    const actor = await this.parts.callers.identify(request, signal, requestId);
    const address = addressIn(path);
    const context: RequestContext = { requestId, actor, signal };
    const asked = parametersIn(search, address);
    const leave = this.places.enter(actor.id);
    try {
      const { body, headers } = await this.open(address, asked, context);
      body.once('close', leave);
      await this.note(address, asked, context).catch((fault: unknown) => {
        body.destroy();
        throw fault;
      });
      if (request.method === 'HEAD') {
        body.destroy();
        answer(exchange, 200, headers);
        return;
      }
      await answerStream(exchange, 200, headers, body);
    } finally {
      leave();
    }
  }

  private async open(address: Address, asked: Parameters, context: RequestContext): Promise<Sent> {
    const { catalogue, reports } = this.parts;
    const { key, ending } = address;
    const found = await catalogue.find(key, context);
    const formats = formatsOf(found.engine);
    if (!formats.includes(ending))
      throw new InputRejected([
        {
          path: 'format',
          code: 'FORMAT',
          message: `is not ${JSON.stringify(ending.slice(0, 20))}: there are ${formats.join(', ')}`,
        },
      ]);
    if (found.engine === 'SQL') return this.sql(found, ending, asked, context);
    if (!isSsrsFormat(ending)) throw new Error(`${ending} is no format of a report server`);
    const { body, contentType } = await reports.render(found, ending, asked, context);
    return { body, headers: headersOf(contentType, `${found.title}.${ending}`) };
  }

  private async sql(
    found: OfferedSqlReport,
    ending: string,
    asked: Parameters,
    context: RequestContext,
  ): Promise<Sent> {
    const { run } = await this.parts.reports.openSql(found, asked, context);
    const { labels } = found.report;
    const columns = run.columns.map(({ name, type }): SetColumn => ({
      name: ending === 'ndjson' ? name : labelOf(labels, name).label,
      type: columnTypes[type],
    }));
    const rows: Rows = await begun(whole(run.rows, run.truncated));
    const body =
      ending === 'xlsx'
        ? xlsxStream(found.key, columns, rows)
        : rowStream(rowText(ending === 'ndjson' ? 'ndjson' : asked.dialect, columns), rows);
    return { body, headers: headersOf(mediaTypes[ending] ?? '', `${found.key}.${ending}`) };
  }

  private note(
    { key, ending }: Address,
    { client, company, given }: Asked,
    { actor }: RequestContext,
  ): Promise<void> {
    const told = {
      report: key,
      format: ending,
      ...(client === undefined ? {} : { client }),
      ...(company === undefined ? {} : { company }),
      ...Object.fromEntries([...given].map(([name, values]) => [name, values.join(', ')])),
    };
    return logAuditLine(this.parts.dataSource, { by: actor, recordType: 'EXPORT', action: 'EXPORTED', told });
  }
}

/** A file that looked whole and was not would be believed: where there is more than may be told, it breaks. */
async function* whole(
  rows: AsyncGenerator<readonly (readonly (string | null)[])[]>,
  truncated: () => boolean,
): AsyncGenerator<readonly (readonly (string | null)[])[]> {
  try {
    yield* rows;
    if (truncated()) throw new Error('the report has more rows than it may have');
  } finally {
    await rows.return(undefined);
  }
}

const headersOf = (contentType: string, fileName: string): OutgoingHttpHeaders => ({
  'content-type': contentType,
  'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  'cache-control': 'no-store',
});

const tooMany = ({ most }: TooManyAtOnce): Refusal =>
  new Refusal(
    429,
    'RATE_LIMITED',
    `At most ${most} reports of one caller run at once: try again in a moment.`,
    {
      headers: { 'retry-after': '10' },
      details: { limit: 'reports', most, retryAfter: 10 },
    },
  );

export function reportRoutes(parts: ReportRouteParts): Routes {
  const door = new ReportDoor(parts);
  const handle = async (exchange: Exchange): Promise<void> => {
    const hungUp = new AbortController();
    exchange.response.once('close', () => hungUp.abort());
    try {
      await door.send(exchange, hungUp.signal);
    } catch (fault) {
      if (hungUp.signal.aborted && !exchange.response.headersSent) return;
      if (fault instanceof TooManyAtOnce) throw tooMany(fault);
      throw fault instanceof DomainError && !exchange.response.headersSent ? refusalOf(fault) : fault;
    }
  };
  return { [`${root}*`]: { GET: handle, HEAD: handle } };
}
