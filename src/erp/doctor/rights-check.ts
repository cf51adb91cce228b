/**
 * Whether the login can do more than read. SQL Server is asked what the login may, by every name a right can have: on the
 * server, the databases, the schema, the base tables and whatever else the login sees. Nothing is tried out.
 */
import type { RawRow } from '../statement.ts';
import { listed, type Findings } from './findings.ts';
import type { Inquiry } from './inquiry.ts';
import type { BaseColumn, Survey } from './survey.ts';
import { textIn } from './row-text.ts';

const writing = ['INSERT', 'UPDATE', 'DELETE', 'ALTER', 'CONTROL'] as const;

const serverRoles = [
  'sysadmin',
  'serveradmin',
  'securityadmin',
  'setupadmin',
  'processadmin',
  'diskadmin',
  'dbcreator',
  'bulkadmin',
];
const databaseRoles = [
  'db_owner',
  'db_datawriter',
  'db_ddladmin',
  'db_securityadmin',
  'db_accessadmin',
  'db_backupoperator',
];

const text = (value: string): string => `N'${value.replaceAll("'", "''")}'`;
const quotedName = (name: string): string => `[${name.replaceAll(']', ']]')}]`;

interface Question {
  readonly words: string;
  readonly sql: string;
}

const permission = (securable: string | null, kind: string | null, name: string): string =>
  `HAS_PERMS_BY_NAME(${[securable, kind].map((part) => (part === null ? 'NULL' : text(part))).join(', ')}, ${text(name)})`;

const rolesAsked: readonly Question[] = [
  ...serverRoles.map((role) => ({
    words: `is a member of ${role}`,
    sql: `IS_SRVROLEMEMBER(${text(role)})`,
  })),
  { words: 'has CONTROL SERVER', sql: permission(null, null, 'CONTROL SERVER') },
  ...databaseRoles.map((role) => ({ words: `is a member of ${role}`, sql: `IS_ROLEMEMBER(${text(role)})` })),
];

const on = (what: string, securable: string | null, kind: string): readonly Question[] =>
  writing.map((name) => ({ words: `${name} on ${what}`, sql: permission(securable, kind, name) }));

/** The answers by their question: true, false, or undefined where SQL Server says neither. */
async function answers(inquiry: Inquiry, shape: string, asked: readonly Question[]) {
  const columns = asked.map(({ sql }, index) => `${sql} AS a${index}`);
  const [row = {}] = await inquiry.rows(shape, `SELECT ${columns.join(',\n  ')}`);
  const answerOf = (value: unknown): boolean | undefined => (value == null ? undefined : Number(value) === 1);
  return asked.map(({ words }, index) => ({ words, holds: answerOf(row[`a${index}`]) }));
}

/** One group of questions: what the login can, as a fault each group; what could not be told, as a note. */
async function checkGroup(
  inquiry: Inquiry,
  findings: Findings,
  what: string,
  asked: readonly Question[],
): Promise<void> {
  const told = await inquiry.tried(() => answers(inquiry, `rights on ${what}`, asked));
  if ('untold' in told) {
    findings.add('NOTE', `rights on ${what} could not be checked: ${told.untold}`);
    return;
  }
  const held = told.value.filter(({ holds }) => holds === true).map(({ words }) => words);
  if (held.length > 0)
    findings.add('FAULT', `THE LOGIN CAN WRITE: it ${listed(held.map((words) => had(words)))}`);
  else if (told.value.some(({ holds }) => holds === undefined))
    findings.add('NOTE', `rights on ${what} could not be checked: SQL Server does not tell this login`);
}

const had = (words: string): string => (/^(is|has) /.test(words) ? words : `has ${words}`);

const seen = writing
  .slice(0, 3)
  .map(
    (name) =>
      `HAS_PERMS_BY_NAME(N'[' + REPLACE(s.name, N']', N']]') + N'].[' + REPLACE(o.name, N']', N']]') + N']', N'OBJECT', ${text(name)}) = 1`,
  )
  .join(' OR ');

/** Grants on single tables, of whatever the login sees in the views' database. */
async function checkObjects(inquiry: Inquiry, findings: Findings): Promise<void> {
  const told = await inquiry.tried(() =>
    inquiry.rows(
      'rights on objects',
      [
        'SELECT TOP (3) s.name AS schema_name, o.name AS object_name, COUNT_BIG(*) OVER () AS total',
        'FROM sys.objects AS o INNER JOIN sys.schemas AS s ON s.schema_id = o.schema_id',
        `WHERE o.type IN ('U', 'V') AND (${seen})`,
        'ORDER BY s.name, o.name',
      ].join('\n'),
    ),
  );
  if ('untold' in told) {
    findings.add('NOTE', `rights on single tables could not be checked: ${told.untold}`);
    return;
  }
  if (told.value.length === 0) return;
  const names = told.value.map((row) => `${textIn(row, 'schema_name')}.${textIn(row, 'object_name')}`);
  const total = Number(told.value[0]?.['total']);
  const more = total > names.length ? ` and ${total - names.length} more` : '';
  findings.add('FAULT', `THE LOGIN CAN WRITE: it can insert, update or delete in ${names.join(', ')}${more}`);
}

async function checkWider(inquiry: Inquiry, findings: Findings): Promise<void> {
  const asked: readonly Question[] = [
    { words: 'reads', sql: "IS_ROLEMEMBER(N'db_datareader')" },
    { words: 'runs', sql: permission(null, 'DATABASE', 'EXECUTE') },
  ];
  const told = await inquiry.tried(() => answers(inquiry, 'wider rights', asked));
  if ('untold' in told) return;
  const [reads, runs] = told.value;
  if (reads?.holds === true)
    findings.add('WARN', 'the login is a member of db_datareader: it reads every table, not the views alone');
  if (runs?.holds === true)
    findings.add('WARN', 'the login may execute every procedure of the database, and a procedure may write');
}

/** The base tables that could be seen, once each. */
function baseTables({ origins }: Survey): readonly BaseColumn[] {
  const tables = new Map<string, BaseColumn>();
  for (const columns of origins.values())
    for (const base of columns.values())
      if (base) tables.set([base.database, base.schema, base.table].join('\0').toLowerCase(), base);
  return [...tables.values()];
}

/** The views' own database was asked already; what a view reads in another one is asked there. */
async function checkBaseTables(
  inquiry: Inquiry,
  survey: Survey,
  database: string,
  findings: Findings,
): Promise<void> {
  const tables = baseTables(survey).filter((base) => base.database.toLowerCase() !== database.toLowerCase());
  for (const [other, own] of Map.groupBy(tables, (base) => base.database)) {
    if (other === '') continue;
    await checkGroup(inquiry, findings, `database ${other}`, [
      ...on(`database ${other}`, quotedName(other), 'DATABASE'),
      ...own.flatMap(({ schema, table }) => onTable([other, schema, table].map(quotedName).join('.'))),
    ]);
  }
}

/** A table that the login cannot see is one it has no right on: then SQL Server answers NULL. */
const onTable = (name: string): readonly Question[] =>
  on(name, name, 'OBJECT')
    .slice(0, 3)
    .map(({ words, sql }) => ({ words, sql: `COALESCE(${sql}, 0)` }));

async function currentDatabase(inquiry: Inquiry): Promise<string> {
  const rows: readonly RawRow[] = await inquiry.rows('database', 'SELECT DB_NAME() AS name');
  return textIn(rows[0], 'name');
}

export async function checkRights(inquiry: Inquiry, survey: Survey, findings: Findings): Promise<void> {
  const { schema } = inquiry.company;
  const database = await currentDatabase(inquiry);
  await checkGroup(inquiry, findings, 'the server and by roles', rolesAsked);
  await checkGroup(inquiry, findings, `database ${database}`, on(`database ${database}`, null, 'DATABASE'));
  await checkGroup(
    inquiry,
    findings,
    `schema ${schema}`,
    on(`schema ${schema}`, quotedName(schema), 'SCHEMA'),
  );
  await checkObjects(inquiry, findings);
  await checkBaseTables(inquiry, survey, database, findings);
  await checkWider(inquiry, findings);
  if (findings.list.length === 0)
    findings.add('OK', 'the login can only read: it has no right and no role that writes');
  else if (findings.calm)
    findings.add('NOTE', 'where it could be asked, the login has no right and no role that writes');
}
