/**
 * Keys: bare, so that the ERP's indexes serve; told apart, so that one key is one record; and with an index behind what they
 * are looked up by. Where the server does not show this login what is behind a view, that is said, and nothing is concluded.
 */
import { bracketed } from '../statement.ts';
import type { ContractColumn, ContractView } from './contract.ts';
import { counted, listed, type Findings } from './findings.ts';
import { hasIndex } from './index-look.ts';
import type { Inquiry } from './inquiry.ts';
import { lookedUpBy } from './lookups-check.ts';
import { examples } from './sample-keys.ts';
import type { BaseColumn, Origins, Survey } from './survey.ts';
import { textIn } from './row-text.ts';

/** A column that only tells records of one number space apart may be a literal, and lists are only sorted by these. */
const mayBeLiteral = /_(type|line)$/;
const onlySorted = ['line_no', 'match_no'];

export async function checkKeys(
  inquiry: Inquiry,
  view: ContractView,
  survey: Survey,
  findings: Findings,
): Promise<void> {
  const found = survey.views.get(view.name);
  const keys = view.columns.filter(
    ({ name, kind }) => (kind === 'key' || onlySorted.includes(name)) && found?.has(name),
  );
  const names = keys.map(({ name }) => name);
  const origins = survey.origins.get(view.name);
  if (!origins) {
    const why = survey.unseen.get(view.name) ?? '';
    findings.add('NOTE', `${view.name}: whether ${listed(names)} are bare could not be checked: ${why}`, {
      view: view.name,
    });
  } else await checkBare(inquiry, view.name, keys, origins, findings);
  await checkUnique(inquiry, view, names, findings);
  if (origins) await checkIndexes(inquiry, view.name, origins, findings);
}

async function checkBare(
  inquiry: Inquiry,
  view: string,
  keys: readonly ContractColumn[],
  origins: Origins,
  findings: Findings,
): Promise<void> {
  const bare: string[] = [];
  for (const key of keys) {
    const base = origins.get(key.name);
    if (base && !base.computed) bare.push(key.name);
    else if (base) {
      const message = `${view}.${key.name} is a computed column of ${base.table}: it must have an index of its own`;
      findings.add('WARN', message, { view, column: key.name });
    } else if (await isHarmless(inquiry, view, key, findings)) bare.push(key.name);
  }
  if (bare.length === keys.length)
    findings.add('OK', `${view}: ${listed(bare)} ${bare.length === 1 ? 'is' : 'are'} bare`, { view });
}

/** Of a key that no base column is: whether it is a literal that may stand there, 0 of one number space or always NULL. */
async function isHarmless(
  inquiry: Inquiry,
  view: string,
  { name: column, nullable }: ContractColumn,
  findings: Findings,
): Promise<boolean> {
  const about = { view, column };
  const most = mayBeLiteral.test(column) ? 1 : nullable ? 0 : -1;
  const told = most < 0 ? { value: Number.POSITIVE_INFINITY } : await differentValues(inquiry, view, column);
  if ('untold' in told) {
    findings.add(
      'NOTE',
      `${view}.${column}: whether it is a literal could not be checked: ${told.untold}`,
      about,
    );
    return false;
  }
  if (told.value <= most) return true;
  findings.add(
    onlySorted.includes(column) ? 'WARN' : 'FAULT',
    `${view}.${column} is computed: an expression stands where the ERP's bare column must, and no index serves it`,
    about,
  );
  return false;
}

const differentValues = (inquiry: Inquiry, view: string, column: string) =>
  inquiry.tried(async () => {
    const text = `SELECT COUNT(DISTINCT v.${bracketed(column)}) AS number FROM ${inquiry.table(view)} AS v`;
    const [row] = await inquiry.rows(`different values of ${view}.${column}`, text);
    return Number(row?.['number']);
  });

async function checkUnique(
  inquiry: Inquiry,
  view: ContractView,
  present: readonly string[],
  findings: Findings,
): Promise<void> {
  if (!view.key.every((column) => present.includes(column))) return;
  const names = view.key.map((column) => `v.${bracketed(column)}`).join(', ');
  const repeated = `(SELECT ${names}, COUNT_BIG(*) AS times FROM ${inquiry.table(view.name)} AS v GROUP BY ${names} HAVING COUNT_BIG(*) > 1) AS d`;
  const told = await inquiry.tried(() =>
    inquiry.rows(
      `duplicates in ${view.name}`,
      `SELECT COUNT_BIG(*) AS keys, SUM(d.times) AS records FROM ${repeated}`,
    ),
  );
  const key = listed(view.key);
  const about = { view: view.name, ...(view.key.length === 1 && { column: key }) };
  if ('untold' in told) {
    findings.add(
      'WARN',
      `${view.name}: whether ${key} can repeat could not be checked: ${told.untold}`,
      about,
    );
    return;
  }
  const number = Number(told.value[0]?.['keys']);
  if (number === 0) {
    findings.add('OK', `${view.name}: no two rows have the same ${key}`, about);
    return;
  }
  // A customer's key may be a tax id or a name.
  const such =
    view.name === 'customer'
      ? ''
      : await examples(inquiry, { view: view.name, columns: view.key, from: repeated });
  findings.add(
    'FAULT',
    `${view.name}: ${key} ${view.key.length === 1 ? 'is' : 'are'} not unique: ${counted(number, 'key')} in ${textIn(told.value[0], 'records')} rows${such}`,
    about,
  );
}

/** One of the columns leads an index of the table that they come from. */
async function checkIndexes(
  inquiry: Inquiry,
  view: string,
  origins: Origins,
  findings: Findings,
): Promise<void> {
  for (const columns of lookedUpBy(view)) {
    const bases = columns.map((column) => origins.get(column)).filter((base) => base !== undefined);
    if (bases.length === 0) continue;
    const about = { view, ...(columns.length === 1 && { column: columns[0] }) };
    const by = listed(columns);
    const told = await inquiry.tried(() => hasIndex(inquiry, bases));
    if ('untold' in told)
      findings.add('NOTE', `${view} by ${by}: indexes could not be checked: ${told.untold}`, about);
    else if (told.value === 'unseen')
      findings.add(
        'NOTE',
        `${view} by ${by}: indexes could not be checked: the login does not see ${tableOf(bases)}, which is as it should be with ownership chaining`,
        about,
      );
    else if (told.value === 'none')
      findings.add(
        'WARN',
        `${view} by ${by}: no index of ${tableOf(bases)} begins with ${[...new Set(bases.map((base) => base.column))].join(' or ')}`,
        about,
      );
    else
      findings.add(
        'OK',
        `${view} by ${by}: an index of ${tableOf(bases)} begins with ${columns.length === 1 ? 'it' : 'one of them'}`,
        about,
      );
  }
}

const tableOf = (bases: readonly BaseColumn[]): string =>
  listed([...new Set(bases.map(({ schema, table }) => `${schema}.${table}`))]);
