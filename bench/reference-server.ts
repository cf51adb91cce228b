/**
 * What this machine can do at most: the bench's questions answered by plain node:http, one SQL statement that makes the
 * JSON text, and one T-SQL statement per company and section. It checks nothing, knows no users, no filters and no other
 * question; a service cannot be like this, but it can be measured by it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { answerMessages } from './helper-process.ts';
import { portOf } from './listening.ts';
import {
  cardStatement,
  flatStatement,
  listStatement,
  type CardRow,
  type ListWish,
} from './reference-cards.ts';
import { openReferenceErp, type ErpAddress, type ReferenceErp } from './reference-erp.ts';
import { openReferenceSearch } from './reference-search.ts';
import { keepFile, writeNote, type NoteWish } from './reference-writes.ts';

export interface ReferenceWish {
  readonly databaseUrl: string;
  readonly companies: readonly ErpAddress[];
  /** Where it may put files. */
  readonly folder: string;
}

export interface ReferenceAnswer {
  readonly port: number;
}

const poolSize = 10;

type Answering = (request: IncomingMessage) => Promise<string>;

async function bodyOf<Body>(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
}

const asked =
  <Body>(answer: (body: Body) => Promise<string>): Answering =>
  async (request) =>
    answer(await bodyOf<Body>(request));

interface CardWish {
  readonly key: string;
}

function readingsOf(pool: pg.Pool, erp: ReferenceErp): Readonly<Record<string, Answering>> {
  const card = async ({ key }: CardWish) => {
    const { rows } = await pool.query<CardRow>({ ...cardStatement, values: [key] });
    return rows;
  };
  const list = async (wish: ListWish, order: 'SHORT_NAME' | 'CREATED_AT') =>
    (await pool.query<CardRow>(listStatement(order, wish))).rows;
  const texts = (rows: readonly CardRow[]) => rows.map(({ body }) => body).join(',');
  return {
    '/card': asked(async (wish: CardWish) => `{"data":{"client":${texts(await card(wish))}}}`),
    '/card-erp': asked(async (wish: CardWish) => {
      const [row] = await card(wish);
      return row ? `{"data":{"client":${await erp.cardWithSections(row)}}}` : '{"data":{"client":null}}';
    }),
    '/list': asked(
      async (wish: ListWish) => `{"data":{"clients":{"nodes":[${texts(await list(wish, 'SHORT_NAME'))}]}}}`,
    ),
    '/list-erp': asked(async (wish: ListWish) => {
      const cards = await erp.cardsWithInvoices(await list(wish, 'CREATED_AT'));
      return `{"data":{"clients":{"nodes":[${cards.join(',')}]}}}`;
    }),
    '/flat': asked(async () => {
      const { rows } = await pool.query<{ body: string }>(flatStatement);
      return `{"data":{${rows[0]?.body ?? ''}}}`;
    }),
  };
}

async function answersOf({
  databaseUrl,
  companies,
  folder,
}: ReferenceWish): Promise<Readonly<Record<string, Answering>>> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  const search = await openReferenceSearch(pool);
  return {
    ...readingsOf(pool, await openReferenceErp(companies)),
    '/search': asked(
      async (wish: { readonly search: string }) => `{"data":{"clients":${await search(wish.search)}}}`,
    ),
    '/note': asked((wish: NoteWish) => writeNote(pool, wish)),
    '/upload': (request) => keepFile(request, folder),
  };
}

async function serve(wish: ReferenceWish): Promise<ReferenceAnswer> {
  const answers = await answersOf(wish);
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    answer(request).then(
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
  return { port: await portOf(server) };
}

answerMessages(serve);
