/**
 * Finds clients by what somebody typed. Every word must be somewhere in the client's search document, which the database
 * keeps in the transaction of each write (docs/decisions/client-search.md). Cards found by code, tax id or the beginning
 * of the name come before those with the words in their names, and these before those that have them anywhere: a thousand
 * candidates at most, each with its rank. Where few are found as typed, words with typing mistakes are read as the known
 * words nearest to them. The filter holds for candidates, so that it never comes too late.
 */
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Bind } from '../reads/declaration.ts';
import type { Tree } from '../reads/filter-tree.ts';
import { amongOwn, type Sight } from '../reads/own-cards.ts';
import type { Found } from '../reads/reads.ts';
import { binder, filterConditions } from '../reads/page-rows.ts';
import { bareTaxId } from '../values/tax-id.ts';
import { clientRead, type ClientCriteria } from './client.read.ts';
import type { SearchWords } from './search-words.ts';
import { mistakesAllowed, variantsTwoAway, wordsMeant } from './spelling.ts';

/** Which cards are looked through: those of the filter, as far as the caller sees them. */
interface Among {
  readonly criteria: Tree<ClientCriteria> | undefined;
  readonly sight: Sight | undefined;
}

const conditionsOf = ({ criteria, sight }: Among, bind: Bind): string[] => [
  ...filterConditions(clientRead, criteria, bind),
  ...amongOwn(clientRead.card, sight, bind),
];

const mostCandidates = 1_000;
/** Fewer than these, found as typed, and typing mistakes are looked for. */
const enoughAsTyped = 20;
/** Of a card whose code, tax id or short name is what was typed: then there was no mistake. */
const exactRank = 0;
const mostMeant = 6;
/** Of cards with mistakes forgiven, behind all that were found as typed: in their names, and elsewhere. */
const forgivenRanks = { names: 8, elsewhere: 9 } as const;

interface Candidate {
  readonly key: string;
  readonly rank: number;
}

/** Shorter ones are found at the beginning of words only: their fragments are everywhere, and no index knows them. */
const shortestFragment = 3;

interface Patterns {
  readonly begins: string;
  readonly wordsStart: (column: string) => string;
  readonly wordsWhole: (column: string) => string;
  readonly fragments: (column: string) => string;
}

function patternsOf({ words, phrase }: SearchWords, bind: Bind): Patterns {
  // Words are letters and digits only, so none of them means anything in a pattern.
  const folded = (pattern: string) => `folded(${bind(pattern, 'text')})`;
  const starts = words.map((word) => folded(`% ${word}%`));
  const wholes = words.map((word) => folded(`% ${word} %`));
  const fragments = words.map((word, index) =>
    word.length < shortestFragment ? (starts[index] ?? '') : folded(`%${word}%`),
  );
  const all = (patterns: readonly string[]) => (column: string) =>
    `(${patterns.map((pattern) => `${column} LIKE ${pattern}`).join(' AND ')})`;
  return {
    begins: `left(s.names, 120) LIKE ${folded(` ${phrase}`.slice(0, 119) + '%')}`,
    wordsStart: all(starts),
    wordsWhole: all(wholes),
    fragments: all(fragments),
  };
}

const whereSql = (conditions: readonly string[]): string => conditions.join(' AND ');

const fromSql = 'FROM client_search s JOIN client t ON t.id = s.client_id';

function typedStatement(given: SearchWords, among: Among) {
  const { bind, values } = binder();
  const filter = conditionsOf(among, bind);
  const { begins, wordsStart, wordsWhole, fragments } = patternsOf(given, bind);
  const code = bind(given.whole.toLowerCase(), 'text');
  const taxId = bind(bareTaxId(given.whole), 'text');
  const exact = `(lower(t.code) = ${code} OR t.tax_id = ${taxId})`;
  const sameName = `folded(t.short_name) = folded(${bind(given.whole, 'text')})`;
  const limit = bind(mostCandidates + 1, 'int');
  const ranks = [
    `${exact} OR ${sameName}`,
    begins,
    wordsWhole('s.names'),
    wordsStart('s.names'),
    wordsWhole('s.document'),
    wordsStart('s.document'),
    fragments('s.names'),
  ];
  const rank = `CASE ${ranks.map((condition, place) => `WHEN ${condition} THEN ${place}`).join(' ')} ELSE ${ranks.length} END`;
  const stage = (...conditions: readonly string[]) =>
    `SELECT t.id AS key, ${rank} AS rank ${fromSql} WHERE ${whereSql([...conditions, ...filter])}`;
  // One after another, and only until there are enough. Each leaves out what the one before it has.
  const stages = [
    stage(exact),
    `${stage(begins)} ORDER BY left(s.names, 120), s.client_id LIMIT ${limit}`,
    `${stage(wordsStart('s.names'), `NOT ${begins}`)} LIMIT ${limit}`,
    `${stage(fragments('s.document'), `NOT ${wordsStart('s.names')}`)} LIMIT ${limit}`,
  ];
  return { text: `${stages.map((sql) => `(${sql})`).join(' UNION ALL ')} LIMIT ${limit}`, values };
}

/** Each word as typed, or as one of the words that may be meant by it. */
function forgivenStatement(
  { words }: SearchWords,
  meant: ReadonlyMap<string, readonly string[]>,
  among: Among,
) {
  const { bind, values } = binder();
  const filter = conditionsOf(among, bind);
  const patternsOfWords = words.map((word) => {
    const patterns = [
      word.length < shortestFragment ? `% ${word}%` : `%${word}%`,
      ...(meant.get(word) ?? []).map((other) => `% ${other} %`),
    ];
    return patterns.map((pattern) => `folded(${bind(pattern, 'text')})`);
  });
  const eachIn = (column: string) =>
    patternsOfWords.map(
      (patterns) => `(${patterns.map((pattern) => `${column} LIKE ${pattern}`).join(' OR ')})`,
    );
  const where = whereSql([...eachIn('s.document'), ...filter]);
  const rank = `CASE WHEN ${whereSql(eachIn('s.names'))} THEN ${forgivenRanks.names} ELSE ${forgivenRanks.elsewhere} END`;
  return {
    text: `SELECT t.id AS key, ${rank} AS rank ${fromSql} WHERE ${where} LIMIT ${bind(mostCandidates + 1, 'int')}`,
    values,
  };
}

export class ClientSearch {
  constructor(private readonly run: RunQuery) {}

  async find(given: SearchWords, among: Among): Promise<Found> {
    if (given.words.length === 0) return { keys: [], ranks: [], complete: true };
    const typed = await this.ask(typedStatement(given, among));
    const doubtful = typed.length < enoughAsTyped && typed.every(({ rank }) => rank > exactRank);
    const meant = doubtful ? await this.meant(given.words) : new Map<string, string[]>();
    const forgiven = meant.size > 0 ? await this.ask(forgivenStatement(given, meant, among)) : [];
    const best = new Map<string, number>();
    for (const { key, rank } of [...typed, ...forgiven]) best.set(key, Math.min(rank, best.get(key) ?? rank));
    const kept = [...best].slice(0, mostCandidates);
    return {
      keys: kept.map(([key]) => key),
      ranks: kept.map(([, rank]) => rank),
      complete: Math.max(typed.length, forgiven.length, best.size) <= mostCandidates,
    };
  }

  /** Planned each time: whether a pattern is rare decides how it is best looked for. */
  private ask(statement: { readonly text: string; readonly values: readonly unknown[] }) {
    return this.run<Candidate>({ name: '', ...statement });
  }

  /** For each word that may be mistyped, the known words that may be meant. */
  private async meant(words: readonly string[]): Promise<Map<string, string[]>> {
    const doubtful = words.filter((word) => mistakesAllowed(word) > 0);
    if (doubtful.length === 0) return new Map();
    const rows = await this.run<{ typed: string; given: string; known: string[] }>({
      name: 'search-words-alike',
      text: `SELECT typed, folded(typed) AS given, ARRAY(
          SELECT word FROM search_word WHERE variants && search_variants(folded(typed)) OR word % folded(typed)) AS known
        FROM unnest($1::text[]) AS typed`,
      values: [doubtful],
    });
    const meant = new Map<string, string[]>();
    for (const { typed, given, known } of rows) {
      const near = wordsMeant(given, known, mostMeant);
      const words = near.length > 0 ? near : wordsMeant(given, await this.knownTwoAway(given), mostMeant);
      if (words.length > 0) meant.set(typed, words);
    }
    return meant;
  }

  /** Asked only where no nearer word is known: it is many keys to look up. */
  private async knownTwoAway(given: string): Promise<string[]> {
    if (mistakesAllowed(given) < 2) return [];
    const text = 'SELECT word FROM search_word WHERE variants && $1::text[]';
    const rows = await this.run<{ word: string }>({
      name: 'search-words-two-away',
      text,
      values: [variantsTwoAway(given)],
    });
    return rows.map(({ word }) => word);
  }
}
