import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../../changes/recorded.entity.ts';
import type { ColumnLabel, ReportColumn, ReportDatabaseKind, ReportParameter } from '../report.ts';

@Entity({ name: 'report_definition' })
export class ReportEntity extends RecordedEntity {
  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'text' })
  database!: ReportDatabaseKind;

  @Column({ type: 'text', name: 'company_key', nullable: true })
  company!: string | null;

  @Column({ type: 'text' })
  sql!: string;

  @Column({ type: 'jsonb' })
  parameters!: readonly ReportParameter[];

  @Column({ type: 'jsonb' })
  labels!: readonly ColumnLabel[];

  /** As the server described them when the report was saved. */
  @Column({ type: 'jsonb' })
  columns!: readonly ReportColumn[];

  @Column({ type: 'text', array: true })
  roles!: string[];

  @Column({ type: 'integer', name: 'max_rows', nullable: true })
  maxRows!: number | null;

  @Column({ type: 'boolean' })
  retired!: boolean;
}
