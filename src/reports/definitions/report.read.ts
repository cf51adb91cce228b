import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { idColumn, type ReadDeclaration } from '../../reads/declaration.ts';
import type { ReportColumn, SqlReport } from '../report.ts';
import { ReportEntity } from './report.entity.ts';

export interface ReportRow extends SqlReport {
  readonly id: string;
  readonly version: number;
  readonly columns: readonly ReportColumn[];
  readonly retired: boolean;
}

export const reportRead: ReadDeclaration<ReportRow, Record<never, never>, 'TITLE', null> = {
  kind: 'report',
  table: 'report_definition',
  card: null,
  columns: {
    id: idColumn('report', 't.id'),
    version: 't.version',
    key: 't.key',
    title: 't.title',
    description: 't.description',
    database: 't.database',
    company: 't.company_key',
    sql: 't.sql',
    parameters: 't.parameters',
    labels: 't.labels',
    columns: 't.columns',
    roles: 't.roles',
    maxRows: 't.max_rows',
    retired: 't.retired',
  },
  parents: {},
  filters: {},
  sorts: { TITLE: { sql: 't.title', type: 'text', nullable: false } },
  defaultOrder: [{ sort: 'TITLE', direction: 'ASC' }],
};

const listed = (items: readonly unknown[]): string | null =>
  items.length === 0 ? null : JSON.stringify(items);

export const reportKind: RecordedKind<ReportEntity, ReportRow> = {
  kind: 'report',
  recordType: 'REPORT',
  entity: ReportEntity,
  read: reportRead,
  clientKeyOf: () => null,
  traced: {
    key: ({ key }) => key,
    title: ({ title }) => title,
    description: ({ description }) => description,
    database: ({ database }) => database,
    company: ({ company }) => company,
    sql: ({ sql }) => sql,
    parameters: ({ parameters }) => listed(parameters),
    columns: ({ labels }) => listed(labels),
    roles: ({ roles }) => (roles.length === 0 ? null : roles.join(', ')),
    maxRows: ({ maxRows }) => (maxRows === null ? null : String(maxRows)),
    retired: ({ retired }) => String(retired),
  },
  uniques: {
    report_definition_key: {
      path: 'input.key',
      message: 'there is already a report with this key',
      existing: async (manager, { key }) => (await manager.findOneBy(ReportEntity, { key }))?.id,
    },
  },
};
