/** Exports, begun: of the CRM by COPY, of the ERP through its door. Whoever asks for one has its first rows before anything else is said. */
import type { Readable } from 'node:stream';
import type { Access } from '../access/access.ts';
import { AtOnce, AtOnceEach } from '../at-once.ts';
import type { CopyOut } from '../crm-database/copy-out.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import { InputRejected } from '../errors.ts';
import { sightOf } from '../reads/own-cards.ts';
import type { Actor } from '../request.ts';
import { parsePublicId } from '../values/record-id.ts';
import type { Row, Rows } from './cells.ts';
import { copyStatement, countStatement } from './copy-statement.ts';
import type { ErpExports } from './erp-rows.ts';
import { readExportRequest, type CardTypes, type ExportRequest } from './export-request.ts';
import type { CopySet, ErpSet, ExportSet } from './export-set.ts';
import { rowsOfJsonLines } from './json-lines.ts';
import { begun, rowStream } from './row-stream.ts';
import { rowText } from './row-text.ts';
import { requireExport, setsFor } from './sets.ts';
import { wideDefinitions, wideFeatureSet, wideName } from './wide-feature-set.ts';
import { xlsxStream } from './xlsx/xlsx-stream.ts';

interface ExporterParts {
  readonly run: RunQuery;
  readonly copyOut: CopyOut;
  readonly erp: ErpExports;
}

export interface Export {
  readonly body: Readable;
  /** Keys of companies whose ERP has nothing of the kind. */
  readonly notOffered: readonly string[];
  /** Of the CRM the rows that there are, of the ERP the customers whose rows are told. Counted when asked. */
  readonly size: () => Promise<number>;
}

interface Asked {
  readonly wanted: ExportRequest;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly meter?: ExportMeter | undefined;
}

/** Told how far an export has come. */
export interface ExportMeter {
  /** So many more, where rows are not COPY's own bytes. */
  rows(count: number): void;
  /** Of the ERP: so many more have been passed. */
  customers(count: number): void;
}

async function* metered(rows: Rows, meter: ExportMeter): AsyncGenerator<readonly Row[]> {
  for await (const batch of rows) {
    meter.rows(batch.length);
    yield batch;
  }
}

/** Of ERPs, beside those that COPY makes. */
const erpExportsAtOnce = 4;
/** Of either kind: one caller leaves a place to others. */
const exportsOfCaller = 3;

export class Exporter {
  private readonly erpAtOnce = new AtOnce(erpExportsAtOnce);
  private readonly ofCaller = {
    crm: new AtOnceEach(exportsOfCaller),
    erp: new AtOnceEach(exportsOfCaller),
  };

  constructor(private readonly parts: ExporterParts) {}

  /** `name` as `clients.csv`, `search` as a query string. Throws InputRejected, Forbidden. */
  async request({ permissions }: Access, name: string, search: string): Promise<ExportRequest> {
    const given = new URLSearchParams(search);
    const [sets, cardTypes] = await Promise.all([
      this.sets(setsFor(permissions), permissions, name, given.get('recordType') ?? undefined),
      this.cardTypes(given.get('cardType')),
    ]);
    const wanted = readExportRequest(sets, name, search, cardTypes);
    requireExport(wanted.set, permissions);
    return wanted;
  }

  /** Throws TooManyAtOnce, NotOffered, or why an ERP gave no answer. */
  async open(asked: Asked): Promise<Export> {
    const { wanted, actor } = asked;
    const { set } = wanted;
    const leave = this.ofCaller[set.source === 'erp' ? 'erp' : 'crm'].enter(actor.id);
    try {
      const opened = await (set.source === 'erp' ? this.fromErp(set, asked) : this.fromCrm(set, asked));
      opened.body.once('close', leave);
      return opened;
    } catch (fault) {
      leave();
      throw fault;
    }
  }

  /** What is defined is told only to those who may have it. */
  private async sets(
    sets: ReadonlyMap<string, ExportSet>,
    permissions: Access['permissions'],
    name: string,
    recordType: string | undefined,
  ): Promise<ReadonlyMap<string, ExportSet>> {
    if (!name.startsWith(`${wideName}.`)) return sets;
    const bare = wideFeatureSet(recordType, []);
    if (!permissions.has('exports.run') || !permissions.has(bare.need))
      return new Map(sets).set(wideName, bare);
    const definitions = await wideDefinitions(this.parts.run, recordType);
    return new Map(sets).set(wideName, wideFeatureSet(recordType, definitions));
  }

  private async cardTypes(named: string | null): Promise<CardTypes> {
    if (named === null || parsePublicId(named)) return new Map();
    const found = await this.parts.run<{ readonly id: string }>({
      name: 'card-type-by-key',
      text: 'SELECT id FROM card_type WHERE key = $1',
      values: [named],
    });
    return new Map(found.map(({ id }) => [named, id]));
  }

  private async fromCrm(set: CopySet, { wanted, actor, signal, meter }: Asked): Promise<Export> {
    const { format, columns } = wanted;
    await this.requireBefore(set.end, wanted.after);
    const text = await this.parts.copyOut.read(copyStatement(set, wanted, actor), signal);
    const sheetRows = (): Rows => {
      const rows = rowsOfJsonLines(text, columns);
      return meter ? metered(rows, meter) : rows;
    };
    return {
      body: format === 'xlsx' ? xlsxStream(set.name, columns, sheetRows()) : text,
      notOffered: [],
      size: async () => {
        const statement = { name: '', text: countStatement(set, wanted, actor), values: [] };
        const [counted] = await this.parts.run<{ readonly rows: number }>(statement);
        return counted?.rows ?? 0;
      },
    };
  }

  /** A copy that is ahead of the feed is one of another database, or of a later one: in silence it would miss whatever comes. */
  private async requireBefore(end: string | undefined, after: string | undefined): Promise<void> {
    if (end === undefined || after === undefined) return;
    const [found] = await this.parts.run<{ readonly last: string }>({ name: '', text: end, values: [] });
    if (BigInt(after) <= BigInt(found?.last ?? 0)) return;
    const message = 'is beyond the end of the feed: take the whole set anew';
    throw new InputRejected([{ path: 'after', code: 'CURSOR', message }]);
  }

  private async fromErp(set: ErpSet, { wanted, actor, signal: asked, meter }: Asked): Promise<Export> {
    const leave = this.erpAtOnce.enter();
    const over = new AbortController();
    const end = (): void => {
      over.abort();
      leave();
    };
    try {
      const signal = AbortSignal.any([asked, over.signal]);
      const { rows, notOffered, countCustomers } = await this.parts.erp.open({
        set,
        request: wanted,
        sight: sightOf({ actor }),
        signal,
        passed: (count) => meter?.customers(count),
      });
      const { format, columns } = wanted;
      const first = await begun(meter ? metered(rows, meter) : rows);
      const body =
        format === 'xlsx' ? xlsxStream(set.name, columns, first) : rowStream(rowText(format, columns), first);
      body.once('close', end);
      return { body, notOffered, size: countCustomers };
    } catch (fault) {
      end();
      throw fault;
    }
  }
}
