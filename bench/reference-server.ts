/**
 * What this machine can do at most: the bench's four questions answered by plain node:http, one SQL statement that makes the
 * JSON text, and one T-SQL statement per company and section. It checks nothing, knows no users, no filters and no other
 * question; a service cannot be like this, but it can be measured by it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { answerMessages } from './helper-process.ts';
import { cardStatement, listStatement, type CardRow } from './reference-cards.ts';
import { openReferenceErp, type ErpAddress, type ReferenceErp } from './reference-erp.ts';

export interface ReferenceWish {
  readonly databaseUrl: string;
  readonly companies: readonly ErpAddress[];
}

export interface ReferenceAnswer {
  readonly port: number;
}

const poolSize = 10;

interface CardQuestion {
  readonly key: string;
}

interface ListQuestion {
  readonly after: readonly [value: string, key: string] | null;
}

type Answering = (body: string) => Promise<string>;

function answersOf(pool: pg.Pool, erp: ReferenceErp): Readonly<Record<string, Answering>> {
  const card = async (body: string) => {
    const { key } = JSON.parse(body) as CardQuestion;
    const { rows } = await pool.query<CardRow>({ ...cardStatement, values: [key] });
    return rows;
  };
  const list = async (body: string, order: 'SHORT_NAME' | 'CREATED_AT') => {
    const { after } = JSON.parse(body) as ListQuestion;
    const { rows } = await pool.query<CardRow>(listStatement(order, after));
    return rows;
  };
  const texts = (rows: readonly CardRow[]) => rows.map(({ body }) => body).join(',');
  return {
    '/card': async (body) => `{"data":{"client":${texts(await card(body))}}}`,
    '/card-erp': async (body) => {
      const [row] = await card(body);
      return row ? `{"data":{"client":${await erp.cardWithSections(row)}}}` : '{"data":{"client":null}}';
    },
    '/list': async (body) => `{"data":{"clients":{"nodes":[${texts(await list(body, 'SHORT_NAME'))}]}}}`,
    '/list-erp': async (body) => {
      const cards = await erp.cardsWithInvoices(await list(body, 'CREATED_AT'));
      return `{"data":{"clients":{"nodes":[${cards.join(',')}]}}}`;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function serve({ databaseUrl, companies }: ReferenceWish): Promise<ReferenceAnswer> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  const answers = answersOf(pool, await openReferenceErp(companies));
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    bodyOf(request)
      .then(answer)
      .then(
        (text) => {
          const length = Buffer.byteLength(text);
          response.writeHead(200, {
            'content-type': 'application/json; charset=utf-8',
            'content-length': length,
          });
          response.end(text);
        },
        (fault: unknown) => {
          response.writeHead(500).end(String(fault));
        },
      );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the reference server has no port');
  return { port: address.port };
}

answerMessages(serve);
