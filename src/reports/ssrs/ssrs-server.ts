/**
 * SQL Server Reporting Services: which reports it has for us, what parameters they take, and each of them rendered as a stream. It promises
 * that only reports of the configured folders are run, that values reach them as values and nothing else, that whoever leaves stops what
 * only they asked for, and that refusals come in our words. Who may run what, and the client behind a parameter, is the gateway's business.
 */
import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { SingleFlight } from '../../erp/guard/single-flight.ts';
import { RecordNotFound } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SsrsConfig } from '../../ssrs-config.ts';
import { Catalogue, type SsrsReport } from './catalogue.ts';
import { refusalOf } from './error-page.ts';
import { formatOf, type SsrsFormat } from './formats.ts';
import { sentValues, type GivenValues, type SentValue } from './parameter-values.ts';
import type { SsrsParameter } from './parameters.ts';
import { renderQuestion } from './render-question.ts';
import { ServerLine, textOf, type Answer } from './server-line.ts';
import { SharedRenders } from './shared-renders.ts';
import { NotReportServer, ReportServerFailure } from './ssrs-errors.ts';

export interface RenderWish {
  /** As in the catalogue. */
  readonly path: string;
  readonly format: SsrsFormat;
  /** By the parameters' names; what is not given has its default. */
  readonly parameters: GivenValues;
  readonly signal: AbortSignal;
}

export interface Rendered {
  /** Breaks with a DomainError where the server breaks off; destroying it cuts the line to the server. */
  readonly body: Readable;
  readonly contentType: string;
}

/** How long lists of reports and of parameters serve again: they change when somebody publishes a report. */
const listsKeptMs = 30_000;

export class SsrsServer {
  private readonly line: ServerLine;
  private readonly lists: Catalogue;
  private readonly renders: SharedRenders;
  private readonly keptReports = new LRUCache<string, readonly SsrsReport[]>({ max: 1, ttl: listsKeptMs });
  private readonly keptParameters = new LRUCache<string, readonly SsrsParameter[]>({
    max: 500,
    ttl: listsKeptMs,
  });
  private readonly readingReports = new SingleFlight<readonly SsrsReport[]>();
  private readonly readingParameters = new SingleFlight<readonly SsrsParameter[]>();

  constructor(
    private readonly config: SsrsConfig,
    private readonly log: Log,
  ) {
    this.line = new ServerLine(config);
    this.lists = new Catalogue(config, this.line, log);
    this.renders = new SharedRenders(config.cacheMs);
  }

  /** The reports of all configured folders, with the roles that may run each. At most half a minute old. */
  async catalogue(signal: AbortSignal): Promise<readonly SsrsReport[]> {
    const kept = this.keptReports.get('');
    if (kept) return kept;
    const read = async (stop: AbortSignal) => {
      const reports = await this.lists.reports(stop);
      this.keptReports.set('', reports);
      return reports;
    };
    return this.told(() => this.readingReports.join('', signal, read, () => signal.reason as Error), signal);
  }

  /** What the report takes. Throws RecordNotFound for what is not in the catalogue. */
  async parameters(path: string, signal: AbortSignal): Promise<readonly SsrsParameter[]> {
    const report = await this.report(path, signal);
    const kept = this.keptParameters.get(report.path);
    if (kept) return kept;
    const read = async (stop: AbortSignal) => {
      const parameters = await this.lists.parameters(report, stop);
      this.keptParameters.set(report.path, parameters);
      return parameters;
    };
    const left = () => signal.reason as Error;
    return this.told(() => this.readingParameters.join(report.path, signal, read, left), signal);
  }

  /**
   * Once the report is there, or has begun to come. Throws RecordNotFound, InputRejected, and what ssrs-errors.ts has.
   */
  async render({ path, format, parameters, signal }: RenderWish): Promise<Rendered> {
    const report = await this.report(path, signal);
    const known = await this.parameters(path, signal);
    const values = sentValues(known, parameters);
    const key = JSON.stringify([report.path, format, values]);
    const ask = (stop: AbortSignal) => this.ask(report, format, values, known, stop);
    const body = await this.told(() => this.renders.render(key, signal, ask), signal);
    return { body, contentType: formatOf(format).contentType };
  }

  /** Cuts every line. */
  close(): void {
    this.line.close();
  }

  private async report(path: string, signal: AbortSignal): Promise<SsrsReport> {
    const reports = await this.catalogue(signal);
    const report = reports.find((one) => one.path === path);
    if (report === undefined) throw new RecordNotFound('report', path);
    return report;
  }

  private async ask(
    { path }: SsrsReport,
    format: SsrsFormat,
    values: readonly SentValue[],
    known: readonly SsrsParameter[],
    signal: AbortSignal,
  ): Promise<Answer> {
    const answer = await this.line.ask(renderQuestion(this.config.url, path, format, values), signal);
    if (answer.status === 200 && formatOf(format).isNamed(answer.contentType)) return answer;
    const page = await textOf(answer, 65_536);
    if (answer.status === 200) throw new NotReportServer('answers something else than the report');
    const parameters = known.map(({ name }) => name);
    throw refusalOf({ status: answer.status, page }, { path, format, parameters });
  }

  /** What goes wrong at the server is also the business of whoever runs the service. */
  private async told<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!signal.aborted && error instanceof ReportServerFailure)
        this.log.warn({ code: error.code, ...error.details }, 'report server refused');
      throw error;
    }
  }
}
