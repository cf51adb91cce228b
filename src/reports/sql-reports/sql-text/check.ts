import type { Problem } from '../../../errors.ts';
import { compareReadings } from './agreement.ts';
import { dialectOf } from './dialect.ts';
import { Outline } from './outline.ts';
import { checkParameters } from './parameters.ts';
import type { SqlParameter } from './parameters.ts';
import { Reading } from './reading.ts';
import { applyRules, asCompared } from './rules.ts';
import { cutIntoTokens, problemAt } from './tokens.ts';
import type { SqlEngine } from './tokens.ts';
import { readTree } from './tree.ts';
import type { Telling } from './tree.ts';

/**
 * Whether a text may be kept as a report: one SELECT that only reads what it may. Three walls, each an allow-list, none
 * trusting the next: characters and tokens, cut as the engine cuts them; the words, functions, names and operators among
 * them; the parser's tree, which must tell the same. What is not known is refused by name. Promises nothing about what a
 * query costs, nor about views and functions of the database itself: the login's rights are the wall behind this one.
 */
export interface ReportSqlRules {
  readonly engine: SqlEngine;
  readonly parameters: readonly SqlParameter[];
  /** Further databases that may be named (SQL Server). */
  readonly databases?: readonly string[];
  /** Functions of the database's own that may be called, with their schemas: `dbo.F_Cena`. */
  readonly functions?: readonly string[];
  /** When given, the only relations that may be read, spelled as texts spell them: with a schema, without, or both. */
  readonly tables?: ReadonlySet<string>;
}

const longest = 50_000;

/** Everything that is wrong with a report's text, each with its place; empty where nothing is. */
export function checkReportSql(text: string, rules: ReportSqlRules): readonly Problem[] {
  if (text.length > longest)
    return [{ path: 'sql', code: 'TOO_LONG', message: `a report has ${longest} characters at most` }];
  const dialect = dialectOf(rules.engine);
  const cut = cutIntoTokens(text, rules.engine);
  const outline = new Outline(text, cut.tokens, dialect);
  outline.problems.push(...cut.problems);
  new Reading(outline).read();
  applyRules(outline, { databases: rules.databases ?? [], functions: rules.functions ?? [] });
  const more = checkParameters(outline, rules.parameters);
  checkTree(outline, rules);
  return withoutRepeats([...outline.problems, ...more]);
}

/** A tree is compared only where the tokens are in order: what was refused already would be told in vaguer words. */
function checkTree(outline: Outline, rules: ReportSqlRules): void {
  const isInOrder = outline.problems.every(({ code }) => code.startsWith('PARAMETER_'));
  const parsed = readTree(outline.text, outline.tokens, outline.dialect);
  if (parsed.kind === 'problem') {
    if (isInOrder) outline.problems.push(parsed.problem);
    return;
  }
  checkTables(outline, parsed.telling, rules);
  for (const name of parsed.telling.assigned)
    outline.problems.push(
      problemAt(outline.text, 0, 'PARAMETER_PLACE', `${name} = … would assign to the parameter ${name}`),
    );
  if (!isInOrder) return;
  for (const word of parsed.telling.strange)
    outline.problems.push(
      problemAt(outline.text, 0, 'FORBIDDEN_CONSTRUCT', `${word} is not among what a report may have`),
    );
  compareReadings(outline, parsed.telling);
}

function checkTables(outline: Outline, { relations }: Telling, { tables }: ReportSqlRules): void {
  if (tables === undefined) return;
  const readable = new Set([...tables].map((name) => asCompared(outline, name)));
  for (const { name, isCommon } of relations) {
    if (isCommon || readable.has(asCompared(outline, name))) continue;
    const place = outline.relations.find(
      ({ parts }) => asCompared(outline, parts.join('.')) === asCompared(outline, name),
    );
    outline.refuse(
      place?.at ?? 0,
      'TABLE_NOT_READABLE',
      `${name} is not among the tables that reports may read`,
    );
  }
}

function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, message }) => {
    const key = `${code} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
