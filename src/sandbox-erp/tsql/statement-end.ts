import type { Token } from './lexer.ts';
import { refuse } from './types.ts';

/** Where a statement ends when no semicolon says so: before a word that starts one and does not belong to this one. */
const starters = new Set(
  `SELECT INSERT UPDATE DELETE CREATE ALTER DROP SET DECLARE BEGIN COMMIT ROLLBACK SAVE USE PRINT WAITFOR IF WHILE EXEC
  EXECUTE TRUNCATE WITH GRANT DENY REVOKE MERGE RAISERROR THROW RETURN GOTO OPEN CLOSE FETCH DBCC BACKUP RESTORE KILL`.split(
    /\s+/u,
  ),
);

export function isStarter(token: Token): boolean {
  return token.kind === 'word' && starters.has(token.value);
}

/** What may follow the word a statement starts with; whatever else starts one is refused here, by name. */
const followers: Readonly<Record<string, RegExp>> = {
  SELECT: /^/u,
  WITH: /^/u,
  '(': /^/u,
  TRUNCATE: /^TABLE$/u,
  INSERT: /^(?!TOP$)/u,
  UPDATE: /^(?!TOP$)/u,
  DELETE: /^(?!TOP$)/u,
  CREATE: /^(?:TABLE|VIEW|SCHEMA|INDEX|UNIQUE|CLUSTERED|NONCLUSTERED|OR)$/u,
  ALTER: /^VIEW$/u,
  DROP: /^(?:TABLE|VIEW|SCHEMA)$/u,
};

export function checkStart(first: string, second: string): void {
  const follower = followers[first];
  if (follower?.test(second) === true) return;
  throw refuse(follower === undefined ? `the statement ${first}` : `${first} ${second}`);
}

interface Walk {
  readonly first: string;
  readonly before: string;
  /** Whether the statement has come to its own verb (after WITH), its rows (of an INSERT), its SET (of an UPDATE). */
  readonly seen: ReadonlySet<string>;
}

const verbs = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE'];

const belongs: Readonly<Record<string, (walk: Walk) => boolean>> = {
  SELECT: ({ first, before, seen }) =>
    ['UNION', 'ALL', 'EXCEPT', 'INTERSECT'].includes(before) ||
    (first === 'INSERT' && !seen.has('SELECT') && !seen.has('VALUES')) ||
    (first === 'WITH' && (!seen.has('SELECT') || !verbs.some((verb) => seen.has(verb)))) ||
    first === 'GRANT',
  INSERT: (walk) => isVerbOfWith(walk),
  UPDATE: (walk) => isVerbOfWith(walk),
  DELETE: (walk) => isVerbOfWith(walk) || walk.before === 'ON',
  SET: ({ first, seen }) =>
    (first === 'UPDATE' || (first === 'WITH' && seen.has('UPDATE'))) && !seen.has('SET'),
  ALTER: ({ before }) => before === 'OR',
  IF: ({ before }) => ['TABLE', 'VIEW', 'SCHEMA', 'INDEX'].includes(before),
  WITH: () => true,
  FETCH: () => true,
};

function isVerbOfWith({ first, seen }: Walk): boolean {
  return first === 'WITH' && !verbs.some((verb) => seen.has(verb));
}

/** The index just after the statement that starts at `start`. */
export function statementEnd(tokens: readonly Token[], start: number): number {
  const first = tokens[start]?.value ?? '';
  const opening = tokens.slice(start, start + 4).map((token) => token.value);
  if ((first === 'CREATE' || first === 'ALTER') && opening.includes('VIEW')) return tokens.length;
  const seen = new Set<string>();
  let depth = 0;
  let cases = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'symbol') {
      if (token.value === '(') depth += 1;
      if (token.value === ')') depth -= 1;
      if (token.value === ';' && depth === 0) return at;
    }
    if (token.kind !== 'word' || depth > 0) continue;
    if (token.value === 'CASE') cases += 1;
    else if (token.value === 'END' && cases > 0) cases -= 1;
    else if (cases === 0 && (token.value === 'END' || token.value === 'ELSE')) return at;
    else if (
      at > start &&
      isStarter(token) &&
      !continues(token, { first, before: wordBefore(tokens, at), seen })
    )
      return at;
    seen.add(token.value);
  }
  return tokens.length;
}

function wordBefore(tokens: readonly Token[], at: number): string {
  const token = tokens[at - 1];
  return token?.kind === 'word' ? token.value : '';
}

function continues(token: Token, walk: Walk): boolean {
  return belongs[token.value]?.(walk) === true;
}
