import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Users are never deleted, so the keys need no foreign keys; the service looks at whom it writes here.
  `ALTER TABLE client ADD COLUMN shared_with uuid[] NOT NULL DEFAULT '{}'`,
  // Most cards are shared with nobody, and the index holds none of these.
  `CREATE INDEX client_shared_with ON client USING gin (shared_with) WHERE shared_with <> '{}'`,
];

/** With whom a card is shared, beside who looks after it. */
export class Sharing1795710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client DROP COLUMN shared_with');
  }
}
