import type { Dialect as ParserDialect } from '@polyglot-sql/sdk';
import { Dialect as parserDialects } from './parser.ts';
import type { SqlEngine } from './tokens.ts';
import { postgresqlFunctions } from './postgresql-functions.ts';
import { postgresqlWords } from './postgresql-words.ts';
import { sqlServerFunctions } from './sql-server-functions.ts';
import { sqlServerWords } from './sql-server-words.ts';
import type { Functions, SystemNames, Words } from './word-lists.ts';

export interface Dialect extends Words {
  readonly engine: SqlEngine;
  readonly parser: ParserDialect;
  readonly functions: Functions;
  readonly system: SystemNames;
}

const dialects: Readonly<Record<SqlEngine, Dialect>> = {
  SQL_SERVER: {
    engine: 'SQL_SERVER',
    parser: parserDialects.TSQL,
    ...sqlServerWords,
    functions: sqlServerFunctions,
    system: {
      schemas: new Set(['sys', 'information_schema', 'master', 'msdb', 'tempdb']),
      relations:
        /^(?:sys(?:altfiles|cacheobjects|charsets|columns|comments|configures|constraints|curconfigs|cursor\w*|databases|depends|devices|filegroups|files|files1|foreignkeys|fulltextcatalogs|fulltextnotify|indexes|indexkeys|languages|lockinfo|logins|members|messages|objects|oledbusers|opentapes|perfinfo|permissions|processes|protects|references|remotelogins|segments|servers|types|users|xlogins)|dm_.*|fn_.*|sp_.*|xp_.*)$/u,
    },
  },
  POSTGRESQL: {
    engine: 'POSTGRESQL',
    parser: parserDialects.PostgreSQL,
    ...postgresqlWords,
    functions: postgresqlFunctions,
    system: {
      schemas: new Set(['information_schema', 'pg_catalog', 'pg_toast', 'pg_temp']),
      relations: /^pg_/u,
    },
  },
};

export function dialectOf(engine: SqlEngine): Dialect {
  return dialects[engine];
}
