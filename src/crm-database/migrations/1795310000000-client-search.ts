import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands between words or within them, once texts are folded; quoted for SQL. */
const signs = String.raw`'!"#$%&''()*+,-./:;<=>?@[\]^_{|}~' || chr(96)`;
const blanks = `E'\\t\\n\\r\\u00a0'`;

const tables = [
  `CREATE TABLE client_search (
    client_id uuid PRIMARY KEY REFERENCES client ON DELETE CASCADE,
    names text COLLATE "C" NOT NULL,
    document text COLLATE "C" NOT NULL
  )`,
  // Which patterns are rare is known by looking at many documents; a guess here can mean reading a million.
  'ALTER TABLE client_search ALTER COLUMN document SET STATISTICS 500, ALTER COLUMN names SET STATISTICS 500',
  // Not unique: two writers who bring the same new word must not wait for each other, and a word twice does no harm.
  `CREATE TABLE search_word (
    word text COLLATE "C" NOT NULL,
    variants text[] COLLATE "C" NOT NULL
  )`,
];

const functions = [
  // Words between single spaces, with one before and one behind; a word with signs in it stands also without them.
  `CREATE FUNCTION search_words(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
      signs CONSTANT text := ${signs};
      plain text := translate(folded(given), ${blanks}, '    ');
      parts text := translate(plain, signs, repeat(' ', length(signs)));
    BEGIN
      IF parts <> plain THEN
        parts := concat_ws(' ', parts, (
          SELECT string_agg(translate(word, signs, ''), ' ') FROM string_to_table(plain, ' ') AS word
          WHERE translate(word, signs, '') <> btrim(word, signs)));
      END IF;
      RETURN ' ' || btrim(regexp_replace(parts, ' +', ' ', 'g')) || ' ';
    END $$`,
  // The word, and the word without each of its letters: two words one mistake apart have one of these in common.
  `CREATE FUNCTION search_variants(word text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT array_agg(DISTINCT overlay(word placing '' from at for 1) COLLATE "C") || word
      FROM generate_series(1, length(word)) AS at)`,
  // What a client is found by beside its own names: a row for each text. Another kind of text is another branch here, and a
  // trigger on its table.
  `CREATE VIEW client_search_text AS
    SELECT id AS client_id, concat_ws(' ', city, postal_code, tax_id, phone, mobile, fax) AS text FROM client
    UNION ALL SELECT client_id, concat_ws(' ', first_name, last_name, phone, mobile) FROM contact WHERE deleted_at IS NULL
    UNION ALL SELECT client_id, concat_ws(' ', name, code, city, postal_code, contact_name, phone) FROM delivery_place WHERE deleted_at IS NULL
    UNION ALL SELECT client_id, concat_ws(' ', name, code, tax_id, city, contact_name, phone) FROM recipient WHERE deleted_at IS NULL`,
  `CREATE FUNCTION search_names(client) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN search_words(concat_ws(' ', $1.short_name, $1.full_name, $1.code))`,
  `CREATE FUNCTION remember_search_words(documents text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_word (word, variants)
    SELECT word, search_variants(word)
    FROM (SELECT DISTINCT word FROM string_to_table(documents, ' ') AS word WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]') AS given
    WHERE NOT EXISTS (SELECT FROM search_word AS known WHERE known.word = given.word)
  $$`,
  // The document's row is locked before the card is read: two who change parts of one card at once both see the other's.
  `CREATE FUNCTION refresh_client_search(key uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      new_names text;
      new_document text;
    BEGIN
      PERFORM FROM client_search WHERE client_id = key FOR UPDATE;
      SELECT search_names(c), search_names(c) || ltrim(search_words(
          (SELECT string_agg(part.text, ' ') FROM client_search_text AS part WHERE part.client_id = key)))
        INTO new_names, new_document FROM client AS c WHERE c.id = key;
      IF new_names IS NULL THEN RETURN; END IF;
      INSERT INTO client_search AS s VALUES (key, new_names, new_document)
        ON CONFLICT (client_id) DO UPDATE SET names = EXCLUDED.names, document = EXCLUDED.document
        WHERE s.document <> EXCLUDED.document;
      IF FOUND THEN PERFORM remember_search_words(new_document); END IF;
    END $$`,
  `CREATE FUNCTION client_search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM refresh_client_search(NEW.id);
      RETURN NULL;
    END $$`,
  // A part that moves to another card leaves the first one's document.
  `CREATE FUNCTION client_search_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN PERFORM refresh_client_search(OLD.client_id); END IF;
      IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.client_id <> OLD.client_id) THEN
        PERFORM refresh_client_search(NEW.client_id);
      END IF;
      RETURN NULL;
    END $$`,
  // For whoever brings many cards at once, with the triggers off: documents for those between two keys that have none.
  `CREATE FUNCTION fill_client_search(first_key uuid, last_key uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE new_documents text[];
    BEGIN
      WITH parts AS (
        SELECT client_id, string_agg(text, ' ') AS text FROM client_search_text
        WHERE client_id BETWEEN first_key AND last_key GROUP BY client_id
      ), filled AS (
        INSERT INTO client_search
        SELECT id, names, names || ltrim(search_words(text))
        FROM (SELECT c.id, search_names(c) AS names, parts.text FROM client AS c JOIN parts ON parts.client_id = c.id OFFSET 0) AS made
        ON CONFLICT DO NOTHING RETURNING document
      ) SELECT array_agg(document) INTO new_documents FROM filled;
      PERFORM remember_search_words(array_to_string(new_documents, ''));
    END $$`,
  "SELECT fill_client_search('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff')",
];

const indexes = [
  'CREATE INDEX client_search_by_name ON client_search (left(names, 120))',
  'CREATE INDEX client_search_names ON client_search USING gin (names gin_trgm_ops)',
  'CREATE INDEX client_search_document ON client_search USING gin (document gin_trgm_ops)',
  'CREATE INDEX search_word_itself ON search_word (word)',
  'CREATE INDEX search_word_variants ON search_word USING gin (variants)',
  'CREATE INDEX search_word_alike ON search_word USING gin (word gin_trgm_ops)',
];

const parts = {
  contact: 'client_id, deleted_at, first_name, last_name, phone, mobile',
  delivery_place: 'client_id, deleted_at, name, code, city, postal_code, contact_name, phone',
  recipient: 'client_id, deleted_at, name, code, tax_id, city, contact_name, phone',
};

/** At the end of the transaction, when every other row is locked already: so the document's lock can close no circle. */
const deferred = 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION';

const triggers = [
  `CREATE CONSTRAINT TRIGGER client_search_changed
    AFTER INSERT OR UPDATE OF short_name, full_name, code, city, postal_code, tax_id, phone, mobile, fax ON client
    ${deferred} client_search_changed()`,
  ...Object.entries(parts).map(
    ([table, columns]) => `CREATE CONSTRAINT TRIGGER client_search_part_changed
      AFTER INSERT OR DELETE OR UPDATE OF ${columns} ON ${table} ${deferred} client_search_part_changed()`,
  ),
];

/** What clients are searched by: one document for each, kept by triggers in the transaction of the write; and the words in them. */
export class ClientSearch1795310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...functions, ...indexes, ...triggers]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(parts))
      await runner.query(`DROP TRIGGER client_search_part_changed ON ${table}`);
    await runner.query('DROP TRIGGER client_search_changed ON client');
    await runner.query(`DROP FUNCTION client_search_changed, client_search_part_changed, fill_client_search,
      refresh_client_search, remember_search_words, search_names, search_variants, search_words`);
    await runner.query('DROP VIEW client_search_text');
    await runner.query('DROP TABLE client_search, search_word');
  }
}
