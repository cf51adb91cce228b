import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What firms call themselves before their name: it tells what they do and how they stand, not who they are. */
const before = [
  '(?:firma|przedsiebiorstwo|zaklad|spoldzielnia)(?: (?:handlow|uslugow|produkcyj|wielobranzow|prywatn)[a-z]*)*(?: i (?:handlow|uslugow|produkcyj)[a-z]*)*',
  'p ?p ?h ?u',
  '[pf] ?h ?u',
  '[pf] ?p?h',
  'p ?p ?u',
  'p ?w',
].join('|');

/** Legal forms, as they stand behind the name when signs have become blanks. */
const behind = [
  'sp(?:olka)? ?z ?o ?o',
  'sp(?:olka)? z ograniczona odpowiedzialnoscia',
  '(?:prosta )?spolka akcyjna',
  'spolka (?:jawna|komandytowa|partnerska|cywilna|komandytowo akcyjna)',
  '(?:sp|spolka) ?[jkpc]',
  'p ?s ?a',
  's ?k ?a',
  's ?[acjk]',
  'w (?:likwidacji|upadlosci|restrukturyzacji)',
  'gmbh(?: co kg)?|[ak]g|ltd|limited|inc|llc|s ?r ?[ol]|spol s r o|a ?s|sarl|b ?v|n ?v|oy|a ?b|uab|sia',
].join('|');

/** Names are cut to what tells who a firm is once, when written: similar ones are compared by the thousand. */
const firmNames = [
  'DROP INDEX client_firm_names',
  `CREATE OR REPLACE FUNCTION plain_words(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN btrim(regexp_replace(folded(given) COLLATE "pl-x-icu", '[^[:alnum:]]+', ' ', 'g')) COLLATE "C"`,
  `CREATE OR REPLACE FUNCTION firm_name(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(
      nullif(btrim(regexp_replace(regexp_replace(
        plain_words(given), '^(?:(?:${before})(?: |$))+', ''), '(?:^| )(?:(?:${behind})(?: |$))+$', '')), ''),
      plain_words(given))`,
  `ALTER TABLE client
    ADD COLUMN firm_full_name text COLLATE "C" GENERATED ALWAYS AS (firm_name(full_name)) STORED,
    ADD COLUMN firm_short_name text COLLATE "C" GENERATED ALWAYS AS (firm_name(short_name)) STORED`,
  'CREATE INDEX client_firm_names ON client USING gin (firm_full_name gin_trgm_ops, firm_short_name gin_trgm_ops)',
  `CREATE OR REPLACE FUNCTION cards_named_like(name text, town text) RETURNS TABLE (client_id uuid, likeness real)
    LANGUAGE sql STABLE STRICT SET pg_trgm.similarity_threshold = 0.5 AS $$
    SELECT id, greatest(similarity(firm_full_name, given.name), similarity(firm_short_name, given.name))
    FROM (SELECT firm_name(name) AS name OFFSET 0) AS given, client
    WHERE (firm_full_name % given.name OR firm_short_name % given.name) AND (town = '' OR folded(city) = folded(town))
  $$`,
];

const merging = [
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
];

/** Which files may be of no size. */
const sizes = (condition: string): string[] =>
  ['attachment', 'attachment_revision'].map(
    (table) => `ALTER TABLE ${table} DROP CONSTRAINT ${table}_size_check,
      ADD CONSTRAINT ${table}_size_check CHECK (${condition})`,
  );

const forgetting = (doubtful: string): string => `
  CREATE OR REPLACE FUNCTION forget_search_words(given text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      doubtful text;
      found_in uuid;
    BEGIN
      SET CONSTRAINTS ALL IMMEDIATE;
      SET CONSTRAINTS ALL DEFERRED;
      FOR doubtful IN ${doubtful} LOOP
        EXECUTE format('SELECT client_id FROM client_search WHERE document LIKE %L LIMIT 1', '% ' || doubtful || ' %') INTO found_in;
        IF found_in IS NULL THEN DELETE FROM search_word WHERE word = doubtful; END IF;
      END LOOP;
    END $$`;

const erasing = [
  ...sizes(`size > 0 OR file_name = '(erased)'`),
  // Most words of a text, and every short one, are not remembered: they need not be looked for in every document.
  forgetting(
    `SELECT DISTINCT word FROM search_word WHERE word = ANY(string_to_array(search_words(given) COLLATE "C", ' '))`,
  ),
];

/** The memory of merges that undoing them goes by, similar names found faster, and attachments of which nothing is left. */
export class MergingAndErasing1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...firmNames, ...merging, ...erasing]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const back = [
      forgetting(
        `SELECT DISTINCT word FROM string_to_table(search_words(given), ' ') AS word WHERE word <> ''`,
      ),
      'DROP TABLE client_merge_record, client_merge',
      'DROP INDEX client_by_merged_into',
      'ALTER TABLE recipient ALTER CONSTRAINT recipient_delivery_place NOT DEFERRABLE',
      'ALTER TABLE client ALTER CONSTRAINT client_primary_contact NOT DEFERRABLE',
      'DROP INDEX client_firm_names',
      `CREATE OR REPLACE FUNCTION cards_named_like(name text, town text) RETURNS TABLE (client_id uuid, likeness real)
        LANGUAGE sql STABLE STRICT SET pg_trgm.similarity_threshold = 0.5 AS $$
        SELECT id, greatest(similarity(firm_name(full_name), firm_name(name)), similarity(firm_name(short_name), firm_name(name)))
        FROM client
        WHERE (firm_name(full_name) % firm_name(name) OR firm_name(short_name) % firm_name(name))
          AND (town = '' OR folded(city) = folded(town))
      $$`,
      'ALTER TABLE client DROP COLUMN firm_full_name, DROP COLUMN firm_short_name',
      'CREATE INDEX client_firm_names ON client USING gin (firm_name(full_name) gin_trgm_ops, firm_name(short_name) gin_trgm_ops)',
    ];
    for (const statement of back) await runner.query(statement);
  }
}
