import { SqlServerError } from '../engine.ts';
import type { Column, SqlType } from '../engine.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Catalog } from './catalog.ts';
import { convert } from './conversion.ts';
import type { Definition } from './definitions.ts';
import { placeIn } from './expressions.ts';
import { textOf, tokenise } from './lexer.ts';
import type { Token } from './lexer.ts';
import { readLiteralInsert } from './literal-rows.ts';
import { translateQuery } from './queries.ts';
import { readAlone, readStatement } from './read-statement.ts';
import { Scope } from './scope.ts';
import { readSteps } from './steps.ts';
import type { Step } from './steps.ts';
import type { Query, Statement } from './syntax.ts';
import { Translation } from './translation.ts';
import type { Translators } from './translation.ts';
import { refuse, typeText } from './types.ts';
import { translateWriting } from './writing.ts';

/**
 * What is to be sent to PostgreSQL for one statement: made once for a text, the types of its variables and a state of the
 * catalog, and kept, so that a statement sent again and again costs no parsing.
 */
export type Plan = { readonly sql: string; readonly used: readonly string[] } & (
  | { readonly kind: 'rows'; readonly columns: readonly Column[] }
  | { readonly kind: 'assign'; readonly targets: readonly string[]; readonly columns: readonly Column[] }
  | { readonly kind: 'change'; readonly verb: string }
  | { readonly kind: 'define'; readonly statement: Definition; readonly definition: string }
);

export type Variables = ReadonlyMap<string, SqlType>;

const steps = new BoundedMap<readonly Step[]>(500);

/** Texts longer than this are scripts, sent once: keeping them would cost more than reading them. */
const longestKept = 200_000;

export function stepsOf(text: string): readonly Step[] {
  return text.length > longestKept ? readSteps(text) : steps.get(text, () => readSteps(text));
}

const plans = new WeakMap<Catalog, BoundedMap<Plan>>();

export interface PlanContext {
  readonly catalog: Catalog;
  readonly variables: Variables;
  /** Names and types of the variables as one text, made once per batch. */
  readonly signature: string;
  readonly identityInsert: boolean;
}

export function signatureOf(variables: Variables): string {
  return [...variables].map(([name, type]) => `${name} ${typeText(type)}`).join(',');
}

function kept(context: PlanContext, key: string, make: () => Plan): Plan {
  if (key.length > longestKept) return make();
  const known = plans.get(context.catalog) ?? new BoundedMap<Plan>(500);
  plans.set(context.catalog, known);
  return known.get(`${context.identityInsert}\n${context.signature}\n${key}`, make);
}

const views = new BoundedMap<Query>(200);

const translators: Translators = {
  query: translateQuery,
  view: (translation, definition) => {
    const query = views.get(definition, () => {
      const statement = readStatement(definition, tokenise(definition));
      if (statement.kind !== 'query') throw refuse('a view that is not a query');
      return statement.query;
    });
    return translation.query(query, null, 'bare');
  },
};

function translationFor({ catalog, variables, identityInsert }: PlanContext): Translation {
  return new Translation(catalog, variables, translators, identityInsert);
}

export function planStatement(source: string, tokens: readonly Token[], context: PlanContext): Plan {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const key = source.slice(first?.start ?? 0, last?.end ?? 0);
  return kept(context, key, () => makePlan(source, tokens, context));
}

function makePlan(source: string, tokens: readonly Token[], context: PlanContext): Plan {
  const statement = readLiteralInsert(tokens) ?? readStatement(source, tokens);
  const translation = translationFor(context);
  switch (statement.kind) {
    case 'query':
      return planQuery(translation, statement.query);
    case 'insert':
    case 'update':
    case 'delete':
    case 'truncate': {
      const sql = translateWriting(translation, statement);
      return { kind: 'change', sql, used: translation.used, verb: statement.kind.toUpperCase() };
    }
    case 'createSchema':
    case 'createTable':
    case 'createIndex':
    case 'createView':
    case 'drop':
    case 'dropSchema':
      return {
        kind: 'define',
        sql: '',
        used: [],
        statement,
        definition: definitionIn(source, tokens, statement),
      };
  }
}

/** The query of a view as it was written. */
function definitionIn(source: string, tokens: readonly Token[], statement: Statement): string {
  if (statement.kind !== 'createView') return '';
  const as = tokens.findIndex((token) => token.kind === 'word' && token.value === 'AS');
  return textOf(source, tokens.slice(as + 1));
}

function planQuery(translation: Translation, query: Query): Plan {
  const translated = translateQuery(translation, query, null, 'bare');
  const columns = translated.columns.map(({ name, type, nullable }): Column => ({
    name: name ?? '',
    type,
    nullable,
  }));
  const { used } = translation;
  const targets = assigned(query);
  if (targets.length === 0) return { kind: 'rows', sql: translated.sql, used, columns };
  if (targets.length !== columns.length)
    throw new SqlServerError(
      141,
      'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.',
      15,
    );
  return { kind: 'assign', sql: translated.sql, used, targets, columns };
}

function assigned(query: Query): string[] {
  if (query.body.kind !== 'select') return [];
  return query.body.items.flatMap((item) => (item.kind === 'assign' ? [item.variable] : []));
}

/** A value for a variable, in the variable's type: SET, and DECLARE with a value. */
export function planAssignment(
  source: string,
  tokens: readonly Token[],
  name: string,
  context: PlanContext,
): Plan {
  const key = `${name} = ${textOf(source, tokens)}`;
  return kept(context, key, () => {
    const translation = translationFor(context);
    const { type } = translation.declared(name);
    const place = placeIn(translation, new Scope([], null));
    const value = convert(place.value(readAlone(source, tokens, false)), type);
    const columns = [{ name, type, nullable: true }];
    return { kind: 'assign', sql: `SELECT ${value.sql}`, used: translation.used, targets: [name], columns };
  });
}

/** A query of one row and column: 1 when the condition holds. */
export function planCondition(source: string, tokens: readonly Token[], context: PlanContext): Plan {
  return kept(context, `IF ${textOf(source, tokens)}`, () => {
    const translation = translationFor(context);
    const place = placeIn(translation, new Scope([], null));
    const condition = place.condition(readAlone(source, tokens, true));
    const columns: Column[] = [{ name: '', type: { name: 'int' }, nullable: false }];
    return {
      kind: 'rows',
      sql: `SELECT CASE WHEN ${condition} THEN 1 ELSE 0 END`,
      used: translation.used,
      columns,
    };
  });
}

/** For definitions, which look at the catalog as they go. */
export function translationOf(context: PlanContext): Translation {
  return translationFor(context);
}
