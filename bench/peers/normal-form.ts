/**
 * The clients of an answer in one form, whichever server gave it: bare keys, the address among the other fields, contacts and delivery
 * places by key, instants in UTC, and which contact is the primary one on the client. Two answers with the same normal form say the same.
 */
type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows come bare, or in a connection. */
function rowsOf(value: unknown): Row[] {
  const rows = isRow(value) && 'nodes' in value ? value['nodes'] : value;
  return (Array.isArray(rows) ? rows : [rows]).filter(isRow);
}

const bareKey = (value: unknown): string => String(value).replace(/^[a-z]+_/, '');

/** PostGraphile keeps the name `id` for a node's and calls the key rowId. */
function record({ id, rowId, address, ...fields }: Row): Row & { readonly id: string } {
  return { ...fields, ...(isRow(address) ? address : {}), id: bareKey(rowId ?? id) };
}

const byKey = (rows: readonly Row[]) =>
  rows.map(record).toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));

function primaryOf(own: unknown, contacts: readonly Row[]): string | null {
  if (typeof own === 'string' || own === null) return own;
  const primary = contacts.find((contact) => contact['primary'] === true);
  return primary ? String(primary['id']) : null;
}

function partsOf(client: Row): Row {
  const contacts = client['contacts'] ?? client['contactsByClientId'];
  const places = client['deliveryPlaces'] ?? client['deliveryPlacesByClientId'];
  if (contacts === undefined && places === undefined) return {};
  const people = byKey(rowsOf(contacts));
  return {
    primaryContactId: primaryOf(client['primaryContactId'], people),
    contacts: people.map(({ primary: _primary, ...contact }: Row) => contact),
    deliveryPlaces: byKey(rowsOf(places)),
  };
}

function normalClient(client: Row): Row {
  const {
    contacts: _contacts,
    deliveryPlaces: _places,
    contactsByClientId: _contactsByClientId,
    deliveryPlacesByClientId: _placesByClientId,
    createdAt,
    ...fields
  } = client;
  return { ...record(fields), createdAt: new Date(String(createdAt)).toISOString(), ...partsOf(client) };
}

/** Of whatever lists and single clients the answer has, in their order. */
export function normalClients(answer: unknown): Row[] {
  const data = isRow(answer) ? answer['data'] : undefined;
  return (isRow(data) ? Object.values(data) : []).flatMap(rowsOf).map(normalClient);
}
