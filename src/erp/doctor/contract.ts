/** The contract as erp/contract.sql writes it: that page is the only place where views, columns and types are said. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../config.ts';
import { references } from './references.ts';

export type ColumnKind = 'key' | 'number' | 'text' | 'amount' | 'day' | 'moment' | 'bit';

export interface ContractColumn {
  readonly name: string;
  /** As the page writes it. */
  readonly type: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
}

export interface ContractView {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly ContractColumn[];
}

const contractFile = join(packageRoot, 'erp', 'contract.sql');

const table = /^CREATE TABLE kartoteka\.(\w+) \(\n([\s\S]*?)^\);$/gm;
const column = /^ +(\w+) +(\w+(?:\([\d,]+\))?) +(NOT NULL|NULL)( PRIMARY KEY)?/gm;

const kinds: Readonly<Record<string, ColumnKind>> = {
  int: 'number',
  decimal: 'amount',
  date: 'day',
  datetime2: 'moment',
  bit: 'bit',
};

const kindOf = (type: string): ColumnKind => kinds[/^\w+/.exec(type)?.[0] ?? ''] ?? 'text';

function viewOf(name: string, body: string): ContractView {
  const written = [...body.matchAll(column)];
  const together = /PRIMARY KEY \(([^)]+)\)/.exec(body)?.[1]?.split(', ');
  const key = together ?? written.flatMap(([, own = '', , , primary]) => (primary ? [own] : []));
  const keys = new Set([
    ...key,
    ...references.filter(({ from }) => from === name).flatMap((one) => one.columns),
  ]);
  const columns = written.map(([, own = '', type = '', nullable]) => ({
    name: own,
    type,
    // The number of a line is shown as well.
    kind: keys.has(own) && own !== 'line_no' ? ('key' as const) : kindOf(type),
    nullable: nullable === 'NULL',
  }));
  return { name, key, columns };
}

export async function readContract(): Promise<readonly ContractView[]> {
  const script = await readFile(contractFile, 'utf8');
  return [...script.matchAll(table)].map(([, name = '', body = '']) => viewOf(name, body));
}
