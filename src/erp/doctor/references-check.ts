/** Rows that refer to what is not there. */
import { bracketed } from '../statement.ts';
import { counted, listed, type Findings } from './findings.ts';
import type { Inquiry } from './inquiry.ts';
import { references, type Reference } from './references.ts';
import type { ContractView } from './contract.ts';
import { examples } from './sample-keys.ts';
import type { FoundView } from './survey.ts';

export async function checkReferences(
  inquiry: Inquiry,
  contract: readonly ContractView[],
  found: ReadonlyMap<string, FoundView>,
  findings: Findings,
): Promise<void> {
  const able = references.filter(
    ({ from, columns, to, key }) =>
      columns.every((column) => found.get(from)?.has(column)) &&
      key.every((column) => found.get(to)?.has(column)),
  );
  let whole = 0;
  for (const reference of able) {
    const keys = contract.find(({ name }) => name === reference.from)?.key ?? [];
    if (await checkReference(inquiry, reference, keys, findings)) whole += 1;
  }
  if (whole > 0) findings.add('OK', `references between views that lead somewhere in every row: ${whole}`);
}

const all = (alias: string, columns: readonly string[], test: string): string =>
  columns.map((column) => `${alias}.${bracketed(column)} ${test}`).join(' AND ');

async function checkReference(
  inquiry: Inquiry,
  { from, columns, to, key, needed }: Reference,
  fromKey: readonly string[],
  findings: Findings,
): Promise<boolean> {
  const links = key.map((column, index) => `t.${bracketed(column)} = d.${bracketed(columns[index] ?? '')}`);
  const missing = `NOT EXISTS (SELECT 1 AS one FROM ${inquiry.table(to)} AS t WHERE ${links.join(' AND ')})`;
  const set = all('d', columns, 'IS NOT NULL');
  const halves = columns.length === 1 ? '1 = 0' : `NOT (${all('d', columns, 'IS NULL')}) AND NOT (${set})`;
  const source = `${inquiry.table(from)} AS d`;
  const about = { view: from, ...(columns.length === 1 && { column: columns[0] }) };
  const by = listed(columns);
  const told = await inquiry.tried(() =>
    inquiry.rows(
      `${from} without ${to}`,
      [
        `SELECT SUM(CASE WHEN ${set} THEN 1 ELSE 0 END) AS broken, SUM(CASE WHEN ${halves} THEN 1 ELSE 0 END) AS half`,
        `FROM ${source}`,
        `WHERE (${set} AND ${missing}) OR (${halves})`,
      ].join('\n'),
    ),
  );
  if ('untold' in told) {
    findings.add('WARN', `${from} → ${to} by ${by} could not be checked: ${told.untold}`, about);
    return false;
  }
  const [row = {}] = told.value;
  const [broken, half] = [Number(row['broken'] ?? 0), Number(row['half'] ?? 0)];
  if (broken > 0) {
    const such = await examples(inquiry, { view: from, columns: fromKey, where: `${set} AND ${missing}` });
    const level = needed === true ? 'FAULT' : 'WARN';
    findings.add(level, `${from}.${by}: the ${to} is not there in ${counted(broken, 'row')}${such}`, about);
  }
  if (half > 0)
    findings.add('WARN', `${from}.${by}: one part without the other in ${counted(half, 'row')}`, about);
  return broken === 0 && half === 0;
}
