/**
 * What one company's ERP offers: the contract's views that exist in its schema, with their columns and types, read from the
 * server itself and kept. Promises that a view which is not there answers NOT_OFFERED and a column that is missing
 * answers ERP_CONTRACT with its name, before any statement is sent that would stumble over it.
 */
import { ErpContract, ErpTimeout, ErpUnavailable, NotOffered } from './erp-errors.ts';
import { type ColumnType, parameterType } from './key-types.ts';
import type { Answer, Ask, RawRow, SqlType, Statement } from './statement.ts';
import { untilAborted } from './until-aborted.ts';

/** A catalogue older than this is read again when next needed ... */
const keptMs = 300_000;
/** ... and one that would make us refuse is doubted sooner: the administrator may just have installed the view. */
const doubtedMs = 5_000;

type Columns = ReadonlyMap<string, ColumnType>;

interface Snapshot {
  readonly views: ReadonlyMap<string, Columns>;
  readonly asOf: string;
  readonly readAt: number;
}

export interface View {
  readonly name: string;
  /** The column's type as parameters take it. Throws ErpContract where it is none that a key or a text can have. */
  typeOf(column: string): SqlType;
}

export interface Catalogue {
  /** Throws NotOffered, ErpContract, or why the catalogue could not be read. */
  view(name: string, columns: readonly string[], signal: AbortSignal): Promise<View>;
  offers(name: string, signal: AbortSignal): Promise<boolean>;
  /** The views there are and when that was read, at most `maxAgeMs` ago. */
  offered(signal: AbortSignal, maxAgeMs: number): Promise<{ views: ReadonlySet<string>; asOf: string }>;
  /** What was there when last read, however long ago. */
  last(): { views: ReadonlySet<string>; asOf: string } | undefined;
  /** What was read is wrong: read again next time. */
  forget(): void;
}

export function openCatalogue(company: string, schema: string, ask: Ask): Catalogue {
  return new ServerCatalogue(company, schema, ask);
}

class ServerCatalogue implements Catalogue {
  private kept: Snapshot | undefined;
  private reading: Promise<Snapshot> | undefined;

  constructor(
    private readonly company: string,
    private readonly schema: string,
    private readonly ask: Ask,
  ) {}

  async view(name: string, columns: readonly string[], signal: AbortSignal): Promise<View> {
    let snapshot = await this.known(signal);
    if (refusal(this.company, snapshot, name, columns)) snapshot = await this.snapshot(signal, doubtedMs);
    const error = refusal(this.company, snapshot, name, columns);
    if (error) throw error;
    const types = snapshot.views.get(name);
    return { name, typeOf: (column) => this.typeOf(name, column, types?.get(column)) };
  }

  async offers(name: string, signal: AbortSignal): Promise<boolean> {
    return (await this.known(signal)).views.has(name);
  }

  async offered(signal: AbortSignal, maxAgeMs: number) {
    return viewsIn(await this.snapshot(signal, maxAgeMs));
  }

  last() {
    return this.kept && viewsIn(this.kept);
  }

  forget(): void {
    this.kept = undefined;
  }

  private typeOf(view: string, column: string, type: ColumnType | undefined): SqlType {
    const declared = type && parameterType(type);
    if (declared) return declared;
    const message = `${view}.${column} has a type that cannot be compared exactly: ${type?.name ?? 'none'}`;
    throw new ErpContract(this.company, { view, column }, message);
  }

  /** While the server fails, what was read of it last: answers kept from it may serve, and they are asked for by these types. */
  private async known(signal: AbortSignal): Promise<Snapshot> {
    const { kept } = this;
    try {
      return await this.snapshot(signal, keptMs);
    } catch (error) {
      const failed = error instanceof ErpUnavailable || error instanceof ErpTimeout;
      if (!kept || !failed || signal.aborted) throw error;
      return kept;
    }
  }

  /** One reading serves all who wait for it, so it does not end with the caller who happened to come first. */
  private snapshot(signal: AbortSignal, maxAgeMs: number): Promise<Snapshot> {
    if (this.kept && Date.now() - this.kept.readAt < maxAgeMs) return Promise.resolve(this.kept);
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return untilAborted(this.reading, signal, () => new ErpTimeout(this.company, 'CALLER', signal.reason));
  }

  private async read(): Promise<Snapshot> {
    const readAt = Date.now();
    const answer = await this.ask(catalogueStatement(this.schema), neverAborted);
    this.kept = { views: viewsOf(answer), asOf: answer.asOf, readAt };
    return this.kept;
  }
}

const viewsIn = ({ views, asOf }: Snapshot) => ({ views: new Set(views.keys()), asOf });

const neverAborted = new AbortController().signal;

function refusal(
  company: string,
  { views }: Snapshot,
  name: string,
  columns: readonly string[],
): Error | undefined {
  const present = views.get(name);
  if (!present) return new NotOffered(company, name);
  const column = columns.find((wanted) => !present.has(wanted));
  if (column === undefined) return undefined;
  return new ErpContract(company, { view: name, column }, `${name} has no column ${column}`);
}

/** Alias types are told as what they are made of. */
function catalogueStatement(schema: string): Statement {
  return {
    shape: 'catalogue',
    text: [
      'SELECT o.name AS view_name, c.name AS column_name, t.name AS type_name, c.max_length AS max_length,',
      '  c.precision AS precision, c.scale AS scale',
      'FROM sys.schemas AS s',
      'INNER JOIN sys.objects AS o ON o.schema_id = s.schema_id',
      'INNER JOIN sys.columns AS c ON c.object_id = o.object_id',
      'INNER JOIN sys.types AS t ON t.user_type_id = c.system_type_id',
      "WHERE s.name = @schema AND o.type IN ('U', 'V')",
    ].join('\n'),
    parameters: [{ name: 'schema', type: { name: 'nvarchar', length: 128 }, value: schema }],
  };
}

function viewsOf({ rows }: Answer): ReadonlyMap<string, Columns> {
  const views = new Map<string, Map<string, ColumnType>>();
  for (const row of rows) {
    const { view, column, type } = described(row);
    const columns = views.get(view) ?? new Map<string, ColumnType>();
    columns.set(column, type);
    views.set(view, columns);
  }
  return views;
}

/** Names are compared as the contract writes them, in small letters: an ERP's collation may tell letters apart or not. */
function described(row: RawRow) {
  return {
    view: String(row['view_name']).toLowerCase(),
    column: String(row['column_name']).toLowerCase(),
    type: {
      name: String(row['type_name']),
      bytes: Number(row['max_length']),
      precision: Number(row['precision']),
      scale: Number(row['scale']),
    },
  };
}
