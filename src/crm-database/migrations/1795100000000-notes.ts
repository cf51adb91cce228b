import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes on cards. */
export class Notes1795100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE note (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version > 0),
      created_at timestamptz(3) NOT NULL,
      created_by text NOT NULL,
      updated_at timestamptz(3) NOT NULL,
      updated_by text NOT NULL,
      deleted_at timestamptz(3),
      client_id uuid NOT NULL REFERENCES client,
      text text NOT NULL,
      pinned boolean NOT NULL
    )`);
    await runner.query('CREATE INDEX note_of_client ON note (client_id, pinned, created_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}
