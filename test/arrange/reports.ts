/** Reports of SQL as they are declared, with what a test says of them. */
import type { SqlReport } from '../../src/reports/report.ts';

export const report = (given: Partial<SqlReport> & Pick<SqlReport, 'key' | 'sql'>): SqlReport => ({
  title: given.key,
  description: null,
  database: 'ERP',
  company: null,
  parameters: [],
  labels: [],
  roles: [],
  maxRows: null,
  ...given,
});

export const parameter = (
  name: string,
  given: Partial<SqlReport['parameters'][number]> = {},
): SqlReport['parameters'][number] => ({
  name,
  label: name,
  type: 'TEXT',
  required: false,
  multiple: false,
  defaults: null,
  choices: null,
  choicesSql: null,
  fromClient: null,
  ...given,
});
