/** Whoever works on the service's own machine makes keys in this user's name, which nobody can sign in by. */
import type { DataSource } from 'typeorm';
import { fullAccess } from '../access/access.ts';
import type { Actor } from '../request.ts';
import { UserEntity } from './user.entity.ts';

export const commandLineUser: Actor = {
  id: '0190c000-0000-7000-8000-000000000002',
  name: 'npm run api-key',
  access: fullAccess,
};

/** Makes the user when the first key is made. */
export async function ensureCommandLineUser(dataSource: DataSource): Promise<void> {
  const { id, name } = commandLineUser;
  await dataSource
    .createQueryBuilder()
    .insert()
    .into(UserEntity)
    .values({ id, name, email: null, active: true })
    .orIgnore()
    .execute();
}
