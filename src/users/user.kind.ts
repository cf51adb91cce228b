import type { RecordedKind } from '../changes/recorded-kind.ts';
import { UserEntity } from './user.entity.ts';
import { userRead, type UserRow } from './user.read.ts';

export const userKind: RecordedKind<UserEntity, UserRow> = {
  kind: 'user',
  recordType: 'USER',
  entity: UserEntity,
  read: userRead,
  clientKeyOf: () => null,
  traced: {
    name: ({ name }) => name,
    email: ({ email }) => email,
    active: ({ active }) => String(active),
    roles: ({ roles }) => (roles.length === 0 ? null : roles.join(', ')),
  },
  uniques: {
    user_account_login: {
      path: 'token',
      message: 'there is already a user with this login',
      existing: async (manager, { issuer, subject }) =>
        issuer === null || subject === null
          ? undefined
          : (await manager.findOneBy(UserEntity, { issuer, subject }))?.id,
    },
  },
};
