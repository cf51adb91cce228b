import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Only numbered rows: a write adds nothing to it, and it is in the order in which the changes of one type are read.
  `CREATE INDEX change_of_type ON change (record_type, position) WHERE position IS NOT NULL`,
  // Told at the commit, however the rows came in; one notice for a transaction.
  `CREATE FUNCTION change_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NOTIFY kartoteka_change;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER change_is_told AFTER INSERT ON change FOR EACH STATEMENT EXECUTE FUNCTION change_is_told()`,
];

/** The feed of changes: reading by type, and the notice that there is something to number. Rows there are get their numbers from the sequencer. */
export class ChangeFeed1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER change_is_told ON change');
    await runner.query('DROP FUNCTION change_is_told');
    await runner.query('DROP INDEX change_of_type');
  }
}
