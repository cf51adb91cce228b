/** The contests' questions as each peer has them: the same clients and fields, in its own words. */
import { ask } from '../ask.ts';
import type { PageStart } from '../questions.ts';

const scalars = {
  card: 'code active shortName fullName taxId regon phone mobile email website createdAt',
  flat: 'code active shortName fullName taxId phone email website createdAt',
} as const;

const address = 'street postalCode city country';
const contact = 'firstName lastName position department email phone mobile';
const place = `code name ${address} contactName phone openingHours`;

/** The primary key is rowId; `id` would be a node's, which nobody asks for here. */
const postgraphileClient = `rowId ${scalars.card} ${address} primaryContactId
    contactsByClientId(first: 50) { nodes { rowId ${contact} } }
    deliveryPlacesByClientId(first: 50) { nodes { rowId ${place} } }`;

const postgraphileOrder = 'orderBy: [SHORT_NAME_ASC, ROW_ID_ASC]';

const mercuriusClient = `id ${scalars.card} ${address} primaryContactId
    contacts { id ${contact} }
    deliveryPlaces { id ${place} }`;

const body = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });

export interface PeerQuestions {
  cards(keys: readonly string[]): readonly string[];
  /** Pages of so many by name, beginning where the service's do. `url` is the peer's. */
  list(
    url: string,
    first: number,
    starts: readonly PageStart[],
  ): readonly string[] | Promise<readonly string[]>;
  /** So many clients by name, ten fields of each. */
  flat(first: number): readonly string[];
}

export const postgraphileQuestions: PeerQuestions = {
  cards: (keys) =>
    keys.map((key) =>
      body(`query Card($key: UUID!) { clientByRowId(rowId: $key) { ${postgraphileClient} } }`, { key }),
    ),
  list: async (url, first, starts) => {
    const query = `query List($after: Cursor) {
      allClients(first: ${first}, after: $after, ${postgraphileOrder}) { nodes { ${postgraphileClient} } }
    }`;
    const cursors = await walkCursors(url, first, starts.length);
    return cursors.map((after) => body(query, { after }));
  },
  flat: (first) => [
    body(`{ allClients(first: ${first}, ${postgraphileOrder}) { nodes { rowId ${scalars.flat} } } }`),
  ],
};

interface CursorsAnswer {
  readonly data: { readonly allClients: { readonly pageInfo: { readonly endCursor: string } } };
}

/** Where its own pages begin. */
async function walkCursors(url: string, first: number, count: number): Promise<(string | null)[]> {
  const query = `query Cursors($after: Cursor) {
    allClients(first: ${first}, after: $after, ${postgraphileOrder}) { nodes { rowId } pageInfo { endCursor } }
  }`;
  const cursors: (string | null)[] = [null];
  while (cursors.length < count) {
    const { data } = (await ask(url, body(query, { after: cursors.at(-1) }))) as CursorsAnswer;
    cursors.push(data.allClients.pageInfo.endCursor);
  }
  return cursors;
}

export const mercuriusQuestions: PeerQuestions = {
  cards: (keys) =>
    keys.map((id) => body(`query Card($id: ID!) { client(id: $id) { ${mercuriusClient} } }`, { id })),
  list: (_url, first, starts) =>
    starts.map(({ after }) =>
      body(
        `query List($name: String, $id: ID) { clients(first: ${first}, afterName: $name, afterId: $id) { ${mercuriusClient} } }`,
        after ? { name: after[0], id: after[1] } : {},
      ),
    ),
  flat: (first) => [body(`{ clients(first: ${first}) { id ${scalars.flat} } }`)],
};
