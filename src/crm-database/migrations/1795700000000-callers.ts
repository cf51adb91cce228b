import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Users become records like others. Whoever is there already was made by the service itself.
  `ALTER TABLE user_account
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT now(),
    ADD COLUMN created_by text NOT NULL DEFAULT 'Kartoteka',
    ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
    ADD COLUMN updated_by text NOT NULL DEFAULT 'Kartoteka',
    ADD COLUMN deleted_at timestamptz(3),
    ADD COLUMN issuer text,
    ADD COLUMN subject text,
    ADD COLUMN roles text[] NOT NULL DEFAULT '{}',
    ADD COLUMN told_at timestamptz(3)`,
  `ALTER TABLE user_account ADD CONSTRAINT user_account_login UNIQUE (issuer, subject)`,

  `CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz(3),
    name text COLLATE "pl-x-icu" NOT NULL,
    prefix text NOT NULL CONSTRAINT api_key_prefix UNIQUE,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    permissions text[] NOT NULL,
    maker_id uuid NOT NULL REFERENCES user_account,
    expires_at timestamptz(3) NOT NULL,
    last_used_at timestamptz(3)
  )`,
  `CREATE INDEX api_key_by_created_at ON api_key (created_at, id)`,
  `CREATE INDEX api_key_of_maker ON api_key (maker_id)`,
];

/** Who signs in: users as their login tells them, and keys for programs. */
export class Callers1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_key');
    await runner.query(`ALTER TABLE user_account DROP COLUMN version, DROP COLUMN created_at, DROP COLUMN created_by,
      DROP COLUMN updated_at, DROP COLUMN updated_by, DROP COLUMN deleted_at, DROP COLUMN issuer, DROP COLUMN subject,
      DROP COLUMN roles, DROP COLUMN told_at`);
  }
}
