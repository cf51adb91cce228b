import { folded } from './characters.ts';
import type { Named, Outline } from './outline.ts';

/** What may be named in a report beside the relations and functions that all reports may use. */
export interface Permitted {
  /** Further databases. */
  readonly databases: readonly string[];
  /** Functions of the database's own, with their schemas. */
  readonly functions: readonly string[];
}

/** The rules that are told from the tokens alone, so that they hold whatever the parser makes of the text. */
export function applyRules(outline: Outline, permitted: Permitted): void {
  checkStatement(outline);
  for (const call of outline.calls) checkCall(outline, call, permitted);
  for (const name of outline.names) checkName(outline, name, permitted);
  for (const relation of outline.relations) checkRelation(outline, relation, permitted);
}

function checkStatement(outline: Outline): void {
  if (!outline.isWord(0, 'SELECT', 'WITH'))
    outline.refuse(0, 'NOT_A_SELECT', 'a report begins with SELECT, or with WITH and ends in a SELECT');
  for (const [at, { kind, value }] of outline.tokens.entries())
    if (kind === 'symbol' && value === ';' && at < outline.tokens.length - 1)
      outline.refuse(
        at,
        'NOT_ONE_STATEMENT',
        'a report is one statement, and something follows its semicolon',
      );
}

/** As names are compared: SQL Server's without case, PostgreSQL's as it reads them. */
export function asCompared(outline: Outline, name: string): string {
  return outline.dialect.engine === 'SQL_SERVER' ? name.toLowerCase() : name;
}

function isListed(outline: Outline, list: readonly string[], name: string): boolean {
  return list.some((one) => asCompared(outline, one) === asCompared(outline, name));
}

function checkCall(outline: Outline, call: Named, { functions }: Permitted): void {
  const word = outline.word(call.at);
  if (call.parts.length === 1 && word !== null && outline.dialect.functions.allowed.has(word)) return;
  const name = call.parts.join('.');
  if (call.parts.length > 1 && isListed(outline, functions, name)) return;
  outline.refuse(
    call.at,
    'FORBIDDEN_FUNCTION',
    `the function ${name} is not taken: ${reason(outline, call)}`,
  );
}

function reason(outline: Outline, { parts, at }: Named): string {
  if (outline.isWord(at + 2, 'NOLOCK')) return 'write WITH (NOLOCK) if it is a hint';
  const last = folded(parts.at(-1) ?? '');
  const known = outline.dialect.functions.reasons.find(([pattern]) => pattern.test(last))?.[1];
  if (known !== undefined) return known;
  return parts.length > 1
    ? "methods and functions of the database's own must be permitted one by one"
    : 'it is not among those that a report may call';
}

/** A name anywhere: no report has reason to name the server's own schemas. */
function checkName(outline: Outline, { parts, at }: Named, { databases }: Permitted): void {
  const { schemas, relations } = outline.dialect.system;
  const system = parts.slice(0, -1).find((part) => schemas.has(folded(part)));
  const isOwn = outline.dialect.engine === 'POSTGRESQL' && relations.test(folded(parts.at(-1) ?? ''));
  if (system !== undefined || (isOwn && outline.roles[at] !== 'call'))
    outline.refuse(at, 'SYSTEM_CATALOG', `${parts.join('.')} is the server's own, not the firm's data`);
  if (parts.length > 4 || (parts.length === 4 && !isListed(outline, databases, parts[0] ?? '')))
    outline.refuse(at, 'OTHER_DATABASE', `${parts.join('.')} is on another server or in another database`);
  if (parts.includes('') && parts.length !== 3)
    outline.refuse(at, 'SQL_SYNTAX', `${parts.join('.')} lacks a part`);
}

function checkRelation(outline: Outline, { parts, at }: Named, { databases }: Permitted): void {
  const name = parts.join('.');
  const last = parts.at(-1) ?? '';
  if (last.startsWith('#'))
    outline.refuse(at, 'FORBIDDEN_CONSTRUCT', `${name}: a report has no temporary tables`);
  if (outline.dialect.engine === 'SQL_SERVER' && outline.dialect.system.relations.test(folded(last)))
    outline.refuse(at, 'SYSTEM_CATALOG', `${name} is the server's own, not the firm's data`);
  if (parts.length === 4) outline.refuse(at, 'OTHER_DATABASE', `${name} is on another server`);
  if (parts.length === 3 && !isListed(outline, databases, parts[0] ?? ''))
    outline.refuse(at, 'OTHER_DATABASE', `${name} is in another database, which reports may not read`);
}
