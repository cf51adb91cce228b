/** Reports on a company's SQL Server: cells without a digit lost, parameters of their types, columns as the server describes them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputRejected } from '../../../src/errors.ts';
import { ErpContract } from '../../../src/erp/erp-errors.ts';
import { ReportDatabase } from '../../../src/crm-database/report-database.ts';
import { SqlReportRunner, type RunTarget } from '../../../src/reports/sql-reports/running/sql-runner.ts';
import type { RunParameter } from '../../../src/reports/sql-reports/running/value-forms.ts';
import { answerOf, faultOf } from '../../arrange/report-runs.ts';
import { startErp, type Erp } from '../../erp/arrange-erp.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let erp: Erp;
let crm: ReportDatabase;
let runner: SqlReportRunner;
let target: RunTarget;

beforeAll(async () => {
  erp = await startErp();
  const config = await erp.company('main', {
    fill: `CREATE TABLE dbo.item (id int NOT NULL PRIMARY KEY, name nvarchar(40) NULL, amount decimal(19, 4) NULL, huge decimal(38, 4) NULL,
        paid money NULL, at datetime NULL, day date NULL, open_now bit NULL, big bigint NULL, ratio float NULL, small real NULL,
        key_of uniqueidentifier NULL, precise datetime2(7) NULL, code char(4) NULL, hour time(3) NULL, bytes varbinary(8) NULL);
      INSERT INTO dbo.item (id, name, amount, huge, paid, at, day, open_now, big, ratio, small, key_of, precise, code, hour, bytes) VALUES
        (1, N'Żółć', 12345.6789, 12345678901.2345, -0.0100, '2026-03-29T10:20:30.123', '2026-03-29', 1, 9223372036854775807, 1e300, 0.1,
          'ABCDEF00-0000-4000-8000-000000000001', '2026-03-29T10:20:30.123456', 'AB', '23:59:58.5', 0x01),
        (2, NULL, -0.0001, 123456789012345678.1234, NULL, NULL, NULL, 0, -9223372036854775808, 0.1, -2.5, NULL, NULL, NULL, NULL, NULL);`,
  });
  target = { on: 'ERP', company: erp.door([config]).companies.reach('main') };
  crm = new ReportDatabase({ url: process.env['KARTOTEKA_TEST_POSTGRES'] ?? '', timeoutMs: 10_000, log });
  runner = new SqlReportRunner(crm);
});

afterAll(async () => {
  await runner.close();
  await crm.close();
  await erp.close();
});

const answer = (sql: string, parameters: readonly RunParameter[] = [], values = new Map<string, (string | null)[]>()) =>
  answerOf(runner, { target, sql, parameters, values });
const one = (name: string, type: RunParameter['type']): RunParameter => ({ name, type, multiple: false });

describe('cells', () => {
  it('are exact texts of their types, and null', async () => {
    const columns = 'name, amount, paid, at, day, open_now, big, ratio, small, key_of, precise, hour';
    expect(await answer(`SELECT ${columns} FROM dbo.item ORDER BY id`)).toEqual([
      [
        'Żółć',
        '12345.6789',
        '-0.0100',
        '2026-03-29T10:20:30.123',
        '2026-03-29',
        'true',
        '9223372036854775807',
        `1${'0'.repeat(300)}`,
        '0.1',
        'abcdef00-0000-4000-8000-000000000001',
        '2026-03-29T10:20:30.123456',
        '23:59:58.500',
      ],
      [null, '-0.0001', null, null, null, 'false', '-9223372036854775808', '0.1', '-2.5', null, null, null],
    ]);
  });
});
