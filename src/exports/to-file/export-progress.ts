/** How far an export into a file has come, for people: of the CRM by rows; of the ERP by customers, as its rows are not counted beforehand. */
import { progressBar } from '../../progress.ts';
import type { ExportRequest } from '../export-request.ts';
import type { ExportMeter } from '../exporter.ts';
import { RecordScan } from './record-scan.ts';

export class ExportProgress implements ExportMeter {
  private readonly began = performance.now();
  private readonly bar = progressBar(this.began);
  private readonly scan: RecordScan | undefined;
  private counted = 0;
  private passed = 0;
  private all: number | undefined;

  constructor(
    private readonly wanted: ExportRequest,
    /** Rows that were there already. */
    private readonly before: number,
  ) {
    const { format, set } = wanted;
    // COPY's own bytes go through as they are, uncounted.
    this.scan = set.source === 'erp' || format === 'xlsx' ? undefined : new RecordScan(format);
  }

  /** There are so many: rows of the CRM, or customers. */
  outOf(all: number): void {
    this.all = all;
  }

  rows(count: number): void {
    this.counted += count;
    if (this.wanted.set.source !== 'erp') this.show();
  }

  customers(count: number): void {
    this.passed += count;
    this.show();
  }

  take(piece: Buffer): void {
    if (!this.scan) return;
    this.scan.take(piece);
    // What is gone on with has its names already.
    const names = this.wanted.format === 'ndjson' || this.before > 0 ? 0 : 1;
    this.counted = Math.max(0, this.scan.records - names);
    this.show();
  }

  summary(): string {
    const seconds = (performance.now() - this.began) / 1_000;
    return `${this.before + this.counted} rows, ${this.perSecond()} rows/s, ${seconds.toFixed(1)} s`;
  }

  private perSecond(): number {
    return Math.round(this.counted / Math.max((performance.now() - this.began) / 1_000, 0.001));
  }

  private show(): void {
    const { all, before, counted, passed } = this;
    if (all === undefined) return;
    const { name, source } = this.wanted.set;
    const rate = `${this.perSecond()} rows/s`;
    if (source === 'erp') this.bar(name, passed, all, ` customers, ${before + counted} rows, ${rate}`);
    else this.bar(name, before + counted, before + all, ` rows, ${rate}`);
  }
}
