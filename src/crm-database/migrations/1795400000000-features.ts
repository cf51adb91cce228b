import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',

  `CREATE TABLE feature_definition (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz(3),
    record_type text NOT NULL,
    key text NOT NULL,
    name text COLLATE "pl-x-icu" NOT NULL,
    description text,
    card_type_ids uuid[] NOT NULL,
    kind text NOT NULL,
    group_name text COLLATE "pl-x-icu",
    position integer NOT NULL,
    required boolean NOT NULL,
    unit text,
    choices jsonb NOT NULL,
    minimum numeric,
    maximum numeric,
    pattern text,
    retired boolean NOT NULL
  )`,
  `CREATE UNIQUE INDEX feature_definition_key ON feature_definition (record_type, lower(key))`,

  // One row for a value; one for each choice where there may be several. Which column holds it follows from the kind.
  `CREATE TABLE feature_value (
    record_id uuid NOT NULL,
    definition_id uuid NOT NULL REFERENCES feature_definition,
    place integer NOT NULL,
    text_value text COLLATE "pl-x-icu",
    long_text_value text,
    number_value numeric,
    boolean_value boolean,
    date_value date,
    PRIMARY KEY (record_id, definition_id, place),
    CONSTRAINT feature_value_is_one CHECK (
      num_nonnulls(text_value, long_text_value, number_value, boolean_value, date_value) = 1)
  )`,
  // Filters and sorts of lists go by these: first the definition, then its value, then which record.
  `CREATE INDEX feature_value_by_text ON feature_value (definition_id, text_value, record_id) WHERE text_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_equal_text ON feature_value (definition_id, lower(text_value)) WHERE text_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_number ON feature_value (definition_id, number_value, record_id) WHERE number_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_boolean ON feature_value (definition_id, boolean_value, record_id) WHERE boolean_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_date ON feature_value (definition_id, date_value, record_id) WHERE date_value IS NOT NULL`,
  `CREATE INDEX feature_value_fragments ON feature_value USING gin (
    folded(text_value) gin_trgm_ops, folded(long_text_value) gin_trgm_ops)`,
  // Whether a record has a value at all, where no other index leads with it.
  `CREATE INDEX feature_value_by_definition ON feature_value (definition_id, record_id) WHERE long_text_value IS NOT NULL`,
];

/** Definable features and their values, for records of any type. */
export class Features1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feature_value, feature_definition');
  }
}
