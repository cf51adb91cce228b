/**
 * While no login is configured the service serves loopback only, and everyone who reaches it is this one user, so that
 * records and the change log name somebody from the first day.
 */
import type { DataSource } from 'typeorm';
import { fullAccess } from '../access/access.ts';
import type { Actor } from '../request.ts';
import { UserEntity } from './user.entity.ts';

export const developmentUser: Actor = {
  id: '0190c000-0000-7000-8000-000000000001',
  name: 'Użytkownik deweloperski',
  access: fullAccess,
};

/** Makes the user when the database is new. */
export async function ensureDevelopmentUser(dataSource: DataSource): Promise<void> {
  const { id, name } = developmentUser;
  await dataSource
    .createQueryBuilder()
    .insert()
    .into(UserEntity)
    .values({ id, name, email: null, active: true })
    .orIgnore()
    .execute();
}
