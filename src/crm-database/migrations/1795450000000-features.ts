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

  // One row for a value; one for each choice where there may be several. Which column holds it follows from the kind. Of a
  // single choice its place in the list is kept too, because sorts go by it.
  `CREATE TABLE feature_value (
    record_id uuid NOT NULL,
    definition_id uuid NOT NULL REFERENCES feature_definition,
    place integer NOT NULL,
    text_value text COLLATE "pl-x-icu",
    long_text_value text,
    number_value numeric,
    boolean_value boolean,
    date_value date,
    choice_place integer,
    PRIMARY KEY (record_id, definition_id, place),
    CONSTRAINT feature_value_is_one CHECK (
      num_nonnulls(text_value, long_text_value, number_value, boolean_value, date_value) = 1)
  )`,
  // Filters and sorts of lists go by these: first the definition, then its value, then which record.
  `CREATE INDEX feature_value_by_text ON feature_value (definition_id, text_value, record_id) WHERE text_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_equal_text ON feature_value (definition_id, lower(text_value)) WHERE text_value IS NOT NULL`,
  // Without it the planner takes an equal text for a common one, and looks for it card by card.
  `CREATE STATISTICS feature_value_equal_text ON lower(text_value) FROM feature_value`,
  `CREATE INDEX feature_value_by_number ON feature_value (definition_id, number_value, record_id) WHERE number_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_boolean ON feature_value (definition_id, boolean_value, record_id) WHERE boolean_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_date ON feature_value (definition_id, date_value, record_id) WHERE date_value IS NOT NULL`,
  `CREATE INDEX feature_value_by_choice ON feature_value (definition_id, choice_place, record_id) WHERE choice_place IS NOT NULL`,
  `CREATE INDEX feature_value_fragments ON feature_value USING gin (
    folded(text_value) gin_trgm_ops, folded(long_text_value) gin_trgm_ops)`,
  // Whether a record has a value at all, where no other index leads with it.
  `CREATE INDEX feature_value_by_definition ON feature_value (definition_id, record_id) WHERE long_text_value IS NOT NULL`,
];

/** What a client is found by beside its own names, as before there were features. */
const searchedBefore = [
  "SELECT id AS client_id, concat_ws(' ', city, postal_code, tax_id, phone, mobile, fax) AS text FROM client",
  "SELECT client_id, concat_ws(' ', first_name, last_name, phone, mobile) FROM contact WHERE deleted_at IS NULL",
  "SELECT client_id, concat_ws(' ', name, code, city, postal_code, contact_name, phone) FROM delivery_place WHERE deleted_at IS NULL",
  "SELECT client_id, concat_ws(' ', name, code, tax_id, city, contact_name, phone) FROM recipient WHERE deleted_at IS NULL",
];

const subRecords = ['contact', 'delivery_place', 'recipient'];

const textKinds = `('TEXT', 'LONG_TEXT', 'LINK')`;
const featureText = "concat_ws(' ', v.text_value, v.long_text_value)";
const textFeatures = `feature_value v JOIN feature_definition d ON d.id = v.definition_id AND d.kind IN ${textKinds}`;

/** The texts of features, a card's own and those of its records. */
const searchedFeatures = [
  `SELECT v.record_id, ${featureText} FROM ${textFeatures} WHERE d.record_type = 'CLIENT'`,
  ...subRecords.map(
    (table) =>
      `SELECT r.client_id, ${featureText} FROM ${table} r JOIN ${textFeatures} ON v.record_id = r.id WHERE r.deleted_at IS NULL`,
  ),
];

const searchView = (branches: readonly string[]): string =>
  `CREATE OR REPLACE VIEW client_search_text AS ${branches.join(' UNION ALL ')}`;

const searching = [
  searchView([...searchedBefore, ...searchedFeatures]),
  `CREATE FUNCTION client_search_feature_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      changed feature_value := coalesce(NEW, OLD);
      card uuid;
    BEGIN
      IF NOT EXISTS (SELECT FROM feature_definition WHERE id = changed.definition_id AND kind IN ${textKinds}) THEN
        RETURN NULL;
      END IF;
      card := (SELECT id FROM client WHERE id = changed.record_id ${subRecords
        .map((table) => `UNION ALL SELECT client_id FROM ${table} WHERE id = changed.record_id`)
        .join(' ')});
      IF card IS NOT NULL THEN PERFORM refresh_client_search(card); END IF;
      RETURN NULL;
    END $$`,
  // At the end of the transaction, as for every other text: the document's lock can close no circle.
  ...Object.entries({ INSERT: 'NEW', DELETE: 'OLD' }).map(
    ([
      event,
      row,
    ]) => `CREATE CONSTRAINT TRIGGER client_search_feature_${event.toLowerCase()} AFTER ${event} ON feature_value
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      WHEN (${row}.text_value IS NOT NULL OR ${row}.long_text_value IS NOT NULL)
      EXECUTE FUNCTION client_search_feature_changed()`,
  ),
];

/** Definable features and their values, for records of any type. */
export class Features1795450000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...statements, ...searching]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(searchView(searchedBefore));
    await runner.query('DROP TABLE feature_value, feature_definition');
    await runner.query('DROP FUNCTION client_search_feature_changed');
  }
}
