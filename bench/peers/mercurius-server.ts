/**
 * Mercurius as somebody would write it by hand: fastify, its compiler on (jit), one loader for each relation, plain SQL through a pool
 * of pg, with named statements. It knows the contests' tables and nothing else.
 */
import pg from 'pg';
import { answerMessages } from '../helper-process.ts';
import { peerModule, peerPoolSize, type PeerAnswer, type PeerWish } from './peer-module.ts';

interface Fastify {
  default(options: object): {
    register(plugin: unknown, options: object): Promise<unknown>;
    listen(options: object): Promise<string>;
  };
}
interface Mercurius {
  readonly default: unknown;
}

const address = 'street: String postalCode: String city: String country: String';

const schema = `
type Query {
  client(id: ID!): Client
  clients(first: Int!, afterName: String, afterId: ID): [Client!]!
}
type Client {
  id: ID! code: String! active: Boolean! shortName: String! fullName: String! taxId: String regon: String phone: String mobile: String
  email: String website: String createdAt: String! primaryContactId: ID ${address}
  contacts: [Contact!]!
  deliveryPlaces: [DeliveryPlace!]!
}
type Contact {
  id: ID! firstName: String lastName: String! position: String department: String email: String phone: String mobile: String
}
type DeliveryPlace {
  id: ID! code: String! name: String! contactName: String phone: String openingHours: String ${address}
}`;

const addressColumns = 'street, postal_code AS "postalCode", city, country';

const clientColumns = `id, code, active, short_name AS "shortName", full_name AS "fullName", tax_id AS "taxId", regon, phone, mobile, email,
  website, created_at AS "createdAt", primary_contact_id AS "primaryContactId", ${addressColumns}`;

const card = {
  name: 'client',
  text: `SELECT ${clientColumns} FROM client WHERE id = $1`,
};

const firstPage = {
  name: 'clients',
  text: `SELECT ${clientColumns} FROM client WHERE deleted_at IS NULL ORDER BY short_name, id LIMIT $1`,
};

const pageAfter = {
  name: 'clients after',
  text: `SELECT ${clientColumns} FROM client WHERE deleted_at IS NULL AND (short_name, id) > ($2, $3::uuid)
    ORDER BY short_name, id LIMIT $1`,
};

const contacts = {
  name: 'contacts',
  text: `SELECT client_id AS "clientId", id, first_name AS "firstName", last_name AS "lastName", position, department, email, phone, mobile
    FROM contact WHERE client_id = ANY($1::uuid[]) AND deleted_at IS NULL ORDER BY client_id, last_name, first_name, id`,
};

const deliveryPlaces = {
  name: 'delivery places',
  text: `SELECT client_id AS "clientId", id, code, name, contact_name AS "contactName", phone, opening_hours AS "openingHours",
      ${addressColumns}
    FROM delivery_place WHERE client_id = ANY($1::uuid[]) AND deleted_at IS NULL ORDER BY client_id, code, id`,
};

interface ClientRow {
  readonly id: string;
  readonly createdAt: Date;
}

interface Page {
  readonly first: number;
  readonly afterName?: string | null;
  readonly afterId?: string | null;
}

const resolversOver = (pool: pg.Pool) => ({
  Query: {
    client: async (_root: unknown, { id }: { readonly id: string }) =>
      (await pool.query<ClientRow>({ ...card, values: [id] })).rows[0],
    clients: async (_root: unknown, { first, afterName, afterId }: Page) => {
      const statement =
        afterName == null
          ? { ...firstPage, values: [first] }
          : { ...pageAfter, values: [first, afterName, afterId] };
      return (await pool.query<ClientRow>(statement)).rows;
    },
  },
  Client: { createdAt: ({ createdAt }: ClientRow) => createdAt.toISOString() },
});

type Statement = typeof contacts;
type Wishes = readonly { readonly obj: ClientRow }[];

const ofClients = (pool: pg.Pool, statement: Statement) => async (wishes: Wishes) => {
  const { rows } = await pool.query<{ clientId: string }>({
    ...statement,
    values: [wishes.map(({ obj }) => obj.id)],
  });
  const found = Map.groupBy(rows, ({ clientId }) => clientId);
  return wishes.map(({ obj }) => found.get(obj.id) ?? []);
};

async function serve({ databaseUrl }: PeerWish): Promise<PeerAnswer> {
  process.env['NODE_ENV'] = 'production';
  const fastify = await peerModule<Fastify>('fastify');
  const mercurius = await peerModule<Mercurius>('mercurius');
  const pool = new pg.Pool({ connectionString: databaseUrl, max: peerPoolSize });
  const server = fastify.default({ logger: false });
  await server.register(mercurius.default, {
    schema,
    resolvers: resolversOver(pool),
    loaders: {
      Client: {
        contacts: ofClients(pool, contacts),
        deliveryPlaces: ofClients(pool, deliveryPlaces),
      },
    },
    jit: 1,
    graphiql: false,
    path: '/graphql',
  });
  return { url: `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql` };
}

answerMessages(serve);
