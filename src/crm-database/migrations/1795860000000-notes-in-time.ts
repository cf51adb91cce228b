import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A card's notes by their time alone, as its history reads them; note_of_client has the pinned ones first. Without it the planner goes along
 * everybody's notes where one card has most of them.
 */
export class NotesInTime1795860000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX note_of_client_in_time ON note (client_id, created_at, id) WHERE deleted_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX note_of_client_in_time');
  }
}
