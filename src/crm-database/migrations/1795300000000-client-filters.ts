import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Both are trusted: whoever may create in the database may make them.
  'CREATE EXTENSION IF NOT EXISTS unaccent',
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',

  // Small letters without accents (ł as l). unaccent is called stable only because its rules are a file that could be changed.
  `CREATE FUNCTION folded(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(unaccent('unaccent', given) COLLATE "pl-x-icu") COLLATE "C"`,

  // Fragments of any of these, by whichever is asked for.
  `CREATE INDEX client_fragments ON client USING gin (
    folded(short_name) gin_trgm_ops, folded(full_name) gin_trgm_ops, folded(code) gin_trgm_ops, folded(city) gin_trgm_ops,
    folded(postal_code) gin_trgm_ops, tax_id gin_trgm_ops)`,
  'CREATE INDEX client_equal_short_name ON client (lower(short_name))',
  'CREATE INDEX client_equal_full_name ON client (lower(full_name))',
  'CREATE INDEX client_equal_city ON client (lower(city))',
  'CREATE INDEX client_equal_postal_code ON client (lower(postal_code))',
  'CREATE INDEX client_equal_country ON client (country)',
  'CREATE INDEX client_by_card_type ON client (card_type_id)',
  'CREATE INDEX client_deleted ON client (short_name, id) WHERE deleted_at IS NOT NULL',
];

/** What filters of clients stand on: texts compared with letter case and accents aside, and an index for each member. */
export class ClientFilters1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX client_fragments, client_equal_short_name, client_equal_full_name, client_equal_city,
      client_equal_postal_code, client_equal_country, client_by_card_type, client_deleted`);
    await runner.query('DROP FUNCTION folded');
  }
}
