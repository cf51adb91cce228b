import { SqlServerError } from '../engine.ts';
import { refuse } from './types.ts';

/** SET options. Those that change nothing here are accepted in the one position that is always in force. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  ANSI_DEFAULTS: ['ON'],
  ANSI_NULLS: ['ON'],
  ANSI_NULL_DFLT_ON: ['ON'],
  ANSI_PADDING: ['ON'],
  ANSI_WARNINGS: ['ON'],
  ARITHABORT: ['ON', 'OFF'],
  CONCAT_NULL_YIELDS_NULL: ['ON'],
  CURSOR_CLOSE_ON_COMMIT: ['OFF'],
  DATEFIRST: ['7'],
  DATEFORMAT: ['MDY', 'YMD', 'DMY'],
  IMPLICIT_TRANSACTIONS: ['OFF'],
  LANGUAGE: ['US_ENGLISH', 'ENGLISH'],
  NUMERIC_ROUNDABORT: ['OFF'],
  QUOTED_IDENTIFIER: ['ON'],
  ROWCOUNT: ['0'],
  NOCOUNT: ['ON', 'OFF'],
  XACT_ABORT: ['ON', 'OFF'],
  IDENTITY_INSERT: ['ON', 'OFF'],
  ISOLATION: ['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SNAPSHOT', 'SERIALIZABLE'],
};

const numbers: Readonly<Record<string, RegExp>> = {
  LOCK_TIMEOUT: /^-1$|^\d{1,9}$/u,
  TEXTSIZE: /^-?\d+$/u,
  DEADLOCK_PRIORITY: /^(?:LOW|NORMAL|HIGH|-?\d{1,2})$/u,
};

/** The value, when it is one that can be honoured. */
export function checkOption(name: string, value: string): string {
  const allowed = fixed[name];
  const pattern = numbers[name];
  if (allowed === undefined && pattern === undefined) {
    if (/^[A-Z_]+$/u.test(name)) throw refuse(`SET ${name}`);
    throw new SqlServerError(102, `Incorrect syntax near '${name}'.`, 15);
  }
  if (allowed?.includes(value) === true || pattern?.test(value) === true) return value;
  throw refuse(`SET ${name} ${value}`);
}
