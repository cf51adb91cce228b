/** Texts that must never be kept as reports, each with the code that tells why. */
import type { HostileSql } from './sql-texts/hostile-row.ts';
import { statements, writing } from './sql-texts/hostile-statements.ts';
import { functions, names } from './sql-texts/hostile-reach.ts';
import { characters, parameters, quotes, readings } from './sql-texts/hostile-texts.ts';

export const hostileSql: readonly HostileSql[] = [
  ...statements,
  ...writing,
  ...functions,
  ...names,
  ...characters,
  ...quotes,
  ...readings,
  ...parameters,
];
