import { fragmentOf } from '../reads/conditions.ts';
import { idColumn, type ReadDeclaration } from '../reads/declaration.ts';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
}

export interface UserFilter {
  readonly search?: string | null | undefined;
}

export const userRead: ReadDeclaration<UserRow, UserFilter, 'NAME'> = {
  kind: 'user',
  table: 'user_account',
  card: null,
  columns: { id: idColumn('user', 't.id'), name: 't.name', email: 't.email', active: 't.active' },
  parents: {},
  filters: { search: fragmentOf('t.name', 't.email') },
  sorts: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ sort: 'NAME', direction: 'ASC' }],
};
