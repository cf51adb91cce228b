/** Reports as administrators write them: every one must pass the check. */
import { onPostgresql } from './sql-texts/honest-postgresql.ts';
import type { HonestSql } from './sql-texts/honest-row.ts';
import { moreOnSqlServer } from './sql-texts/honest-sql-server-values.ts';
import { onSqlServer } from './sql-texts/honest-sql-server.ts';

export const honestSql: readonly HonestSql[] = [...onSqlServer, ...moreOnSqlServer, ...onPostgresql];
