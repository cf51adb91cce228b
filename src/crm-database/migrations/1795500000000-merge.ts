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

const statements = [
  // Bodies that are parsed now, not when called: ANALYZE looks for functions in no schema of ours.
  `CREATE FUNCTION plain_words(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN btrim(regexp_replace(folded(given) COLLATE "pl-x-icu", '[^[:alnum:]]+', ' ', 'g')) COLLATE "C"`,
  // Small plain letters and digits, without legal forms; all of it where nothing else would be left.
  `CREATE FUNCTION firm_name(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(
      nullif(btrim(regexp_replace(regexp_replace(
        plain_words(given), '^(?:(?:${before})(?: |$))+', ''), '(?:^| )(?:(?:${behind})(?: |$))+$', '')), ''),
      plain_words(given))`,
  // Kept, not made when asked for: similar names are compared by the thousand.
  `ALTER TABLE client
    ADD COLUMN firm_full_name text COLLATE "C" GENERATED ALWAYS AS (firm_name(full_name)) STORED,
    ADD COLUMN firm_short_name text COLLATE "C" GENERATED ALWAYS AS (firm_name(short_name)) STORED`,
  'CREATE INDEX client_firm_names ON client USING gin (firm_full_name gin_trgm_ops, firm_short_name gin_trgm_ops)',
  // The least likeness is set for the function alone: the operator that the index knows takes it from the session.
  `CREATE FUNCTION cards_named_like(name text, town text) RETURNS TABLE (client_id uuid, likeness real)
    LANGUAGE sql STABLE STRICT SET pg_trgm.similarity_threshold = 0.5 AS $$
    SELECT id, greatest(similarity(firm_full_name, given.name), similarity(firm_short_name, given.name))
    FROM (SELECT firm_name(name) AS name OFFSET 0) AS given, client
    WHERE (firm_full_name % given.name OR firm_short_name % given.name) AND (town = '' OR folded(city) = folded(town))
  $$`,

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
  // Words of these texts that are in no client's document any more.
  `CREATE FUNCTION forget_search_words(texts text[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM search_word
    WHERE word IN (SELECT given.word FROM unnest(texts) AS text, string_to_table(search_words(text), ' ') AS given(word))
      AND NOT EXISTS (SELECT FROM client_search WHERE document LIKE '% ' || word || ' %')
  $$`,
  'CREATE INDEX client_merge_record_of ON client_merge_record (record_id, version)',
];

/** What duplicates are found by, the memory of merges that undoing them goes by, and forgetting words for good. */
export class Merge1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION forget_search_words');
    await runner.query('DROP TABLE client_merge_record, client_merge');
    await runner.query('DROP INDEX client_by_merged_into');
    await runner.query('ALTER TABLE recipient ALTER CONSTRAINT recipient_delivery_place NOT DEFERRABLE');
    await runner.query('ALTER TABLE client ALTER CONSTRAINT client_primary_contact NOT DEFERRABLE');
    await runner.query('DROP FUNCTION cards_named_like');
    await runner.query('ALTER TABLE client DROP COLUMN firm_full_name, DROP COLUMN firm_short_name');
    await runner.query('DROP FUNCTION firm_name, plain_words');
  }
}
