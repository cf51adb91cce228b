import { describe, expect, it } from '@jest/globals';
import { normalClients } from '../../bench/peers/normal-form.ts';

const service = {
  data: {
    clients: {
      nodes: [
        {
          id: 'client_a',
          code: 'A',
          createdAt: '2026-01-02T03:04:05.000Z',
          address: { street: null, city: 'Łódź' },
          contacts: {
            nodes: [
              { id: 'contact_2', lastName: 'Ćwik', primary: false },
              { id: 'contact_1', lastName: 'Żuk', primary: true },
            ],
          },
          deliveryPlaces: { nodes: [{ id: 'place_3', code: 'M1', address: { city: 'Radom' } }] },
        },
      ],
    },
  },
};

const client = {
  code: 'A',
  street: null,
  city: 'Łódź',
  primaryContactId: '1',
};
const contacts = [
  { rowId: '1', lastName: 'Żuk' },
  { rowId: '2', lastName: 'Ćwik' },
];
const places = [{ rowId: '3', code: 'M1', city: 'Radom' }];

const postgraphile = (changed: object = {}) => ({
  data: {
    allClients: {
      nodes: [
        {
          rowId: 'a',
          createdAt: '2026-01-02T03:04:05+00:00',
          ...client,
          contactsByClientId: { nodes: contacts },
          deliveryPlacesByClientId: { nodes: places },
          ...changed,
        },
      ],
    },
  },
});

const withIds = (rows: readonly { readonly rowId: string }[]) =>
  rows.map(({ rowId, ...fields }) => ({ id: rowId, ...fields }));

describe('the normal form of an answer', () => {
  it('is the same for the service and for each peer that says the same', () => {
    const mercurius = {
      data: {
        clients: [
          {
            id: 'a',
            createdAt: '2026-01-02T03:04:05.000Z',
            ...client,
            contacts: withIds(contacts),
            deliveryPlaces: withIds(places),
          },
        ],
      },
    };
    expect(normalClients(postgraphile())).toEqual(normalClients(service));
    expect(normalClients(mercurius)).toEqual(normalClients(service));
  });

  it.each([
    ['another value', { city: 'Lodz' }],
    ['another instant', { createdAt: '2026-01-02T03:04:05+01:00' }],
    ['another primary contact', { primaryContactId: '2' }],
    ['a contact less', { contactsByClientId: { nodes: contacts.slice(1) } }],
    ['no place', { deliveryPlacesByClientId: { nodes: [] } }],
    ['another client', { rowId: 'b' }],
    ['a field more', { fax: null }],
  ])('tells %s', (_what, changed) => {
    expect(normalClients(postgraphile(changed))).not.toEqual(normalClients(service));
  });

  it('puts pages side by side into one list, in their order', () => {
    const row = (id: string) => ({ id: `client_${id}`, createdAt: '2026-01-02T03:04:05.000Z' });
    const pages = { data: { p1: { nodes: [row('a'), row('b')] }, p2: { nodes: [row('c')] } } };
    expect(normalClients(pages).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
