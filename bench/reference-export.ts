/**
 * What an export can be at most: COPY's own bytes of the bare columns, passed through node:http. It checks nothing, knows nobody, and
 * tells keys and instants as they are stored.
 */
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { answerMessages } from './helper-process.ts';
import { portOf } from './listening.ts';

export interface ReferenceExportWish {
  readonly databaseUrl: string;
}

/** As many columns as the set has. */
const rows = `SELECT id, version, code, active, card_type_id, short_name, full_name, tax_id, regon, street, postal_code, city, country,
  primary_contact_id, phone, mobile, fax, email, website, account_manager_id, shared_with, merged_into_id, created_at, created_by,
  updated_at, updated_by, deleted_at, deleted_at IS NOT NULL AS deleted FROM client`;

const statements: Readonly<Record<string, string>> = {
  '/clients.csv': `COPY (${rows}) TO STDOUT WITH (FORMAT csv, HEADER)`,
  '/clients.ndjson': String.raw`COPY (SELECT row_to_json(r) FROM (${rows}) r) TO STDOUT WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')`,
};

async function serve({ databaseUrl }: ReferenceExportWish): Promise<{ readonly port: number }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const server = createServer((request, response) => {
    const statement = statements[request.url ?? ''];
    if (statement === undefined) {
      response.writeHead(404).end();
      return;
    }
    void pool.connect().then(async (client) => {
      await pipeline(client.query(copyTo(statement)), response);
      client.release();
    });
  });
  return { port: await portOf(server) };
}

answerMessages(serve);
