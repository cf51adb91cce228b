import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Beside clients, which have theirs. */
const tables = ['contact', 'delivery_place', 'recipient', 'note', 'event', 'attachment'];
const columns = ['created_at', 'updated_at'];

/** What was made or changed in a time, found without reading the whole table: what reporting tools ask for again and again. */
export class ReportingRanges1795850000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      for (const column of columns)
        await runner.query(`CREATE INDEX ${table}_by_${column} ON ${table} (${column}, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      for (const column of columns) await runner.query(`DROP INDEX ${table}_by_${column}`);
  }
}
