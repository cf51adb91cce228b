import type { MigrationInterface, QueryRunner } from 'typeorm';

const steps = [
  `CREATE TABLE report_definition (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz(3),
    key text NOT NULL,
    title text COLLATE "pl-x-icu" NOT NULL,
    description text,
    database text NOT NULL CHECK (database IN ('ERP', 'CRM')),
    company_key text,
    sql text NOT NULL,
    parameters jsonb NOT NULL,
    labels jsonb NOT NULL,
    columns jsonb NOT NULL,
    roles text[] NOT NULL,
    max_rows integer,
    retired boolean NOT NULL
  )`,
  `CREATE UNIQUE INDEX report_definition_key ON report_definition (key)`,
];

/** Reports that administrators define through the API. */
export class Reports1795880000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const step of steps) await runner.query(step);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_definition');
  }
}
