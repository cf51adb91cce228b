import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { deletedCondition, equals, fragmentOf } from '../../reads/conditions.ts';
import { idColumn, recordColumns, type ReadDeclaration } from '../../reads/declaration.ts';
import type { RecordRow } from '../../values/record-row.ts';
import { ContactEntity } from './contact.entity.ts';
import type { ContactFilter } from './contact.type.ts';

export interface ContactRow extends RecordRow {
  readonly clientId: string;
  readonly active: boolean;
  readonly lastName: string;
  readonly firstName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly position: string | null;
  readonly department: string | null;
  readonly primary: boolean;
}

export const contactRead: ReadDeclaration<ContactRow, ContactFilter, 'NAME' | 'FIRST_NAME', string> = {
  kind: 'contact',
  table: 'contact',
  card: 't.client_id',
  columns: {
    ...recordColumns('contact'),
    clientId: idColumn('client', 't.client_id'),
    active: 't.active',
    lastName: 't.last_name',
    firstName: 't.first_name',
    email: 't.email',
    phone: 't.phone',
    mobile: 't.mobile',
    position: 't.position',
    department: 't.department',
    primary: 'EXISTS (SELECT FROM client c WHERE c.id = t.client_id AND c.primary_contact_id = t.id)',
  },
  parents: { client: 't.client_id' },
  filters: {
    active: equals('t.active', 'boolean'),
    deleted: deletedCondition,
    search: fragmentOf(
      't.last_name',
      't.first_name',
      't.position',
      't.department',
      't.email',
      't.phone',
      't.mobile',
    ),
  },
  sorts: {
    NAME: { sql: 't.last_name', type: 'text', nullable: false },
    FIRST_NAME: { sql: 't.first_name', type: 'text', nullable: true },
  },
  defaultOrder: [
    { sort: 'NAME', direction: 'ASC' },
    { sort: 'FIRST_NAME', direction: 'ASC' },
  ],
};

export const contactKind: RecordedKind<ContactEntity, ContactRow> = {
  kind: 'contact',
  recordType: 'CONTACT',
  entity: ContactEntity,
  erasedWhole: true,
  read: contactRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    active: ({ active }) => String(active),
    lastName: ({ lastName }) => lastName,
    firstName: ({ firstName }) => firstName,
    email: ({ email }) => email,
    phone: ({ phone }) => phone,
    mobile: ({ mobile }) => mobile,
    position: ({ position }) => position,
    department: ({ department }) => department,
  },
  features: {},
  uniques: {},
};
