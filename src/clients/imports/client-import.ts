/**
 * Imports cards from a CSV file: read, checked and written some at a time, so that a file of any size takes the same memory. A dry
 * run does the same and takes all of it back, and remembers in a table of its session what earlier rows would have taken.
 */
import type { DataSource, QueryRunner } from 'typeorm';
import type { Problem } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import type { ClientImportService, Outcome, Taken } from './client-import.service.ts';
import { atColumns, cardOfRow, type Known, type NewCard, type RefusedRow } from './client-row.ts';
import { columnsOf, type Column } from './columns.ts';
import { csvRows, UnreadableFile, type CsvForm } from './csv-file.ts';

export interface FileImport {
  readonly path: string;
  readonly form: CsvForm;
  readonly known: Known;
  readonly featureKeys: ReadonlySet<string>;
  readonly ignoring: boolean;
  readonly dryRun: boolean;
}

interface Telling {
  refused(row: RefusedRow): void;
  /** Bytes of the file that are dealt with. */
  progress(bytes: number): void;
}

export interface Count {
  created: number;
  there: number;
  refused: number;
}

const together = 200;

export class ClientImport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly service: ClientImportService,
  ) {}

  /** Begins nothing new once `halt` aborts. Throws UnreadableFile, also for a header that will not do. */
  async run(actor: Actor, file: FileImport, tell: Telling, halt: AbortSignal): Promise<Count> {
    const count: Count = { created: 0, there: 0, refused: 0 };
    const earlier = file.dryRun ? await EarlierRows.open(this.dataSource) : undefined;
    let columns: readonly Column[] | undefined;
    let cards: NewCard[] = [];
    const refuse = (row: RefusedRow): void => {
      count.refused += 1;
      tell.refused(row);
    };
    const flush = async (): Promise<void> => {
      const outcomes = earlier
        ? await earlier.among(await this.service.rehearse(actor, cards))
        : await this.service.write(actor, cards);
      for (const { card, made } of outcomes) {
        if (typeof made === 'string') count[made] += 1;
        else
          refuse({ line: card.line, problems: atColumns(made, columns ?? [], card.client.features ?? []) });
      }
      cards = [];
    };
    try {
      for await (const row of csvRows(file.path, file.form)) {
        if (halt.aborted) break;
        if (!columns) {
          columns = headerOf(row.cells, file);
          continue;
        }
        const card = await cardOfRow(row, columns, file.known);
        if ('problems' in card) refuse(card);
        else cards.push(card);
        if (cards.length === together) await flush();
        tell.progress(row.bytes);
      }
      if (!columns) throw new UnreadableFile('has no header');
      if (cards.length > 0 && !halt.aborted) await flush();
      return count;
    } finally {
      await earlier?.close();
    }
  }
}

function headerOf(cells: readonly string[], { featureKeys, known, ignoring }: FileImport): readonly Column[] {
  const { columns, faults } = columnsOf(cells, { featureKeys, cardType: known.cardType, ignoring });
  if (faults.length > 0)
    throw new UnreadableFile(
      `has a header that will not do:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  return columns;
}

/** What rows of earlier turns would have taken, in the database server: the file may have any number of them. */
class EarlierRows {
  private constructor(private readonly runner: QueryRunner) {}

  static async open(dataSource: DataSource): Promise<EarlierRows> {
    const runner = dataSource.createQueryRunner();
    await runner.query('CREATE TEMPORARY TABLE taken_by_earlier_row (value text PRIMARY KEY)');
    return new EarlierRows(runner);
  }

  /** The outcomes, with what earlier rows leave no room for. */
  async among({
    outcomes,
    taken,
  }: {
    outcomes: readonly Outcome[];
    taken: readonly Taken[];
  }): Promise<Outcome[]> {
    const byKey = new Map(taken.map((one) => [one.key, one]));
    const free = await this.take(taken.flatMap(valuesOf));
    return outcomes.map((outcome) => {
      const own = byKey.get(outcome.card.key);
      if (outcome.made !== 'created' || !own) return outcome;
      if (!free.has(`row ${own.key}`)) return { ...outcome, made: 'there' };
      const problems = [
        ...(free.has(`code ${own.code}`) ? [] : [repeated('input.code')]),
        ...(own.taxId === null || free.has(`tax id ${own.taxId}`) ? [] : [repeated('input.taxId')]),
      ];
      return problems.length === 0 ? outcome : { ...outcome, made: problems };
    });
  }

  private async take(values: readonly string[]): Promise<Set<string>> {
    const rows = (await this.runner.query(
      'INSERT INTO taken_by_earlier_row SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING value',
      [values],
    )) as { value: string }[];
    return new Set(rows.map(({ value }) => value));
  }

  async close(): Promise<void> {
    await this.runner.query('DROP TABLE taken_by_earlier_row').finally(() => this.runner.release());
  }
}

const valuesOf = ({ key, code, taxId }: Taken): string[] => [
  `row ${key}`,
  `code ${code}`,
  ...(taxId === null ? [] : [`tax id ${taxId}`]),
];

const repeated = (path: string): Problem => ({
  path,
  code: 'DUPLICATE',
  message: 'stands in an earlier row',
});
