/** Whoever follows one card reads its changes by their place in the feed, however many others lie between. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ChangesOfCard1795810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX change_of_card ON change (client_id, position) WHERE position IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX change_of_card');
  }
}
