/**
 * Reports that administrators keep through the API. What is saved was checked, and described by the server it is to run on; versions and the
 * change log are those of every record. A retired report is offered to nobody and can be taken up again.
 */
import type { Recorder } from '../../changes/recorder.ts';
import type { NewValues } from '../../changes/writing.ts';
import { InputRejected, type Problem } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { changedRequired, changedText } from '../../values/changed.ts';
import { keyOf } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { ColumnLabel, ReportColumn, ReportParameter, SqlReport } from '../report.ts';
import type { ReportEntity } from './report.entity.ts';
import type {
  DefineReportInput,
  ReportColumnInput,
  ReportParameterInput,
  UpdateReportInput,
} from './report.inputs.ts';
import { reportKind, type ReportRow } from './report.read.ts';

/** What stands between a text and its being kept. */
export interface ReportInspection {
  /** What is wrong with it, by the paths of the input. */
  readonly problems: (report: SqlReport) => Promise<readonly Problem[]>;
  /** As the server describes its columns. Throws InputRejected for what the server refuses, and why it gave no answer. */
  describe(report: SqlReport, signal: AbortSignal): Promise<readonly ReportColumn[]>;
}

type Values = NewValues<ReportEntity>;

export const parameterOf = (given: ReportParameterInput): ReportParameter => ({
  name: given.name.trim(),
  label: given.label.trim(),
  type: given.type,
  required: given.required ?? false,
  multiple: given.multiple ?? false,
  defaults: given.defaults ?? null,
  choices: given.choices ?? null,
  choicesSql: given.choicesSql?.trim() || null,
  fromClient: given.fromClient ?? null,
});

const labelOf = ({ name, label, format }: ReportColumnInput): ColumnLabel => ({
  name,
  label: label.trim(),
  format: format?.trim() || null,
});

type Members = Pick<SqlReport, 'description' | 'company' | 'parameters' | 'labels' | 'maxRows'> & {
  readonly roles: string[];
};

const membersOver = (before: Members, given: DefineReportInput | UpdateReportInput): Members => ({
  description: changedText(given.description, before.description),
  company: changedText(given.company, before.company),
  parameters: given.parameters === undefined ? before.parameters : (given.parameters ?? []).map(parameterOf),
  labels: given.columns === undefined ? before.labels : (given.columns ?? []).map(labelOf),
  roles: given.roles ?? before.roles,
  maxRows: given.maxRows === undefined ? before.maxRows : given.maxRows,
});

export const blank: Members = {
  description: null,
  company: null,
  parameters: [],
  labels: [],
  roles: [],
  maxRows: null,
};

export class ReportService {
  constructor(
    private readonly recorder: Recorder,
    private readonly inspection: ReportInspection,
  ) {}

  /** Throws InputRejected, DuplicateRecord, and why the server gave no description. */
  async define(actor: Actor, input: DefineReportInput, signal: AbortSignal): Promise<ReportRow> {
    const { key, title, database, sql } = input;
    const values = { ...membersOver(blank, input), key, title: title.trim(), database, sql };
    const columns = await this.inspected(values, signal);
    return this.recorder.write(actor, async (writing) => {
      const { id } = await writing.create(reportKind, undefined, { ...values, columns, retired: false });
      return writing.read(reportKind, id);
    });
  }

  /** Throws InputRejected, RecordNotFound, VersionConflict, and why the server gave no description. */
  async update(actor: Actor, input: UpdateReportInput, signal: AbortSignal): Promise<ReportRow> {
    const key = keyOf('report', input.id, 'input.id');
    const over = (before: Values): Omit<Values, 'columns' | 'retired'> => ({
      ...membersOver(before, input),
      key: before.key,
      title: changedRequired(input.title, before.title),
      database: before.database,
      sql: input.sql ?? before.sql,
    });
    // Servers are asked before the transaction, so that none is held open by a slow one.
    const seen = await this.recorder.write(actor, (writing) =>
      writing.lock(reportKind, key, input.version, 'input.id'),
    );
    const columns = await this.inspected(over(seen), signal);
    return this.recorder.write(actor, async (writing) => {
      const before = await writing.lock(reportKind, key, input.version, 'input.id');
      await writing.update(reportKind, before, { ...over(before), columns });
      return writing.read(reportKind, key);
    });
  }

  /** Offers it no longer. Throws RecordNotFound, VersionConflict. */
  retire(actor: Actor, { id, version }: VersionedId, retired: boolean): Promise<ReportRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('report', id, 'input.id');
      const before = await writing.lock(reportKind, key, version, 'input.id');
      await writing.update(reportKind, before, { retired });
      return writing.read(reportKind, key);
    });
  }

  private async inspected(report: SqlReport, signal: AbortSignal): Promise<readonly ReportColumn[]> {
    const problems = await this.inspection.problems(report);
    if (problems.length > 0) throw new InputRejected(problems);
    const columns = await this.inspection.describe(report, signal);
    await this.describeChoices(report, signal);
    const unknown = report.labels.flatMap(({ name }, place): Problem[] =>
      columns.some((column) => column.name === name)
        ? []
        : [
            {
              path: `input.columns.${place}.name`,
              code: 'COLUMN',
              message: `the report has no column ${name}: it has ${columns.map((column) => column.name).join(', ')}`,
            },
          ],
    );
    if (unknown.length > 0) throw new InputRejected(unknown);
    return columns;
  }

  private async describeChoices(report: SqlReport, signal: AbortSignal): Promise<void> {
    for (const [place, { choicesSql }] of report.parameters.entries()) {
      if (choicesSql === null) continue;
      try {
        await this.inspection.describe({ ...report, sql: choicesSql, parameters: [] }, signal);
      } catch (fault) {
        if (!(fault instanceof InputRejected)) throw fault;
        throw new InputRejected(
          fault.problems.map((problem) => ({ ...problem, path: `input.parameters.${place}.choicesSql` })),
        );
      }
    }
  }
}
