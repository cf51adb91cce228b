import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // What points at records within one card is looked at when a card's records have moved, not while they move.
  'ALTER TABLE client ALTER CONSTRAINT client_primary_contact DEFERRABLE INITIALLY IMMEDIATE',
  'ALTER TABLE recipient ALTER CONSTRAINT recipient_delivery_place DEFERRABLE INITIALLY IMMEDIATE',
  'CREATE INDEX client_by_merged_into ON client (merged_into_id) WHERE merged_into_id IS NOT NULL',

  `CREATE TABLE client_merge (
    id uuid PRIMARY KEY,
    winner_id uuid NOT NULL REFERENCES client,
    merged_at timestamptz(3) NOT NULL,
    merged_by text NOT NULL,
    undone_at timestamptz(3),
    undone_by text
  )`,
  // What the merge wrote: the versions it met and made, and the keys and instants that were there before, under the entity's names.
  `CREATE TABLE client_merge_record (
    merge_id uuid NOT NULL REFERENCES client_merge,
    record_id uuid NOT NULL,
    record_type text NOT NULL,
    version_before integer NOT NULL,
    version integer NOT NULL,
    before jsonb NOT NULL,
    PRIMARY KEY (merge_id, record_id)
  )`,
  'CREATE INDEX client_merge_record_of ON client_merge_record (record_id, version)',

  // What is left of an erased attachment has no bytes; an upload without any is refused before it comes so far.
  'ALTER TABLE attachment DROP CONSTRAINT attachment_size_check, ADD CONSTRAINT attachment_size CHECK (size >= 0)',
  'ALTER TABLE attachment_revision DROP CONSTRAINT attachment_revision_size_check, ADD CONSTRAINT attachment_revision_size CHECK (size >= 0)',
];

/** The memory of merges, which undoing them goes by, and room for what erasing leaves. */
export class Merging1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE client_merge_record, client_merge');
    await runner.query('DROP INDEX client_by_merged_into');
    await runner.query('ALTER TABLE recipient ALTER CONSTRAINT recipient_delivery_place NOT DEFERRABLE');
    await runner.query('ALTER TABLE client ALTER CONSTRAINT client_primary_contact NOT DEFERRABLE');
  }
}
