/** Exports of ERPs go along the customers of a company, byte by byte, whatever the database's own order of letters is. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountsInOrder1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX erp_account_in_order ON erp_account (company_key, (customer_id COLLATE "C")) WHERE deleted_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX erp_account_in_order');
  }
}
