import type { MigrationInterface, QueryRunner } from 'typeorm';

const fileColumns = `
    file_name text COLLATE "pl-x-icu" NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$')`;

const statements = [
  `CREATE TABLE attachment (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz(3),
    client_id uuid NOT NULL REFERENCES client,
    category text NOT NULL,
    description text,
    valid_from date,
    valid_until date,
    revision integer NOT NULL,${fileColumns},
    CONSTRAINT attachment_days CHECK (valid_until >= valid_from)
  )`,
  `CREATE INDEX attachment_of_client ON attachment (client_id, created_at, id)`,
  `CREATE INDEX attachment_by_valid_until ON attachment (valid_until, id) WHERE deleted_at IS NULL`,

  // The id is the key under which the bytes are stored: no two revisions share bytes, and each row has its own.
  `CREATE TABLE attachment_revision (
    id uuid PRIMARY KEY,
    attachment_id uuid NOT NULL REFERENCES attachment,
    number integer NOT NULL CHECK (number > 0),${fileColumns},
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL
  )`,
  `CREATE UNIQUE INDEX attachment_revision_number ON attachment_revision (attachment_id, number)`,
  // An attachment without the revision it names would have no bytes.
  `ALTER TABLE attachment ADD CONSTRAINT attachment_latest FOREIGN KEY (id, revision)
    REFERENCES attachment_revision (attachment_id, number) DEFERRABLE INITIALLY DEFERRED`,

  `CREATE TABLE installation_secret (
    name text PRIMARY KEY,
    value bytea NOT NULL,
    made_at timestamptz(3) NOT NULL
  )`,
];

/** Attachments with their revisions, and what only this installation knows. */
export class Attachments1795320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE attachment, attachment_revision, installation_secret CASCADE');
  }
}
