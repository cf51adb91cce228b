/**
 * Users as the login tells them: made when they first come, and brought up to date when a newer token tells something else. Each of
 * it is in the change log, a change of roles too. What was told last counts: an older token that is still valid gives back nothing
 * that was taken away since.
 */
import { v7 as uuidV7 } from 'uuid';
import { fullAccess } from '../../access/access.ts';
import { accessOf, type Roles } from '../../access/roles.ts';
import type { Recorder } from '../../changes/recorder.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import { DuplicateRecord } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { userKind } from '../user.kind.ts';
import type { Told } from './claims.ts';
import { Refused } from './refused.ts';

interface StoredUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly toldAt: string | null;
}

const stored = `SELECT id, name, email, active, roles, told_at AS "toldAt" FROM user_account WHERE issuer = $1 AND subject = $2`;

const isSame = (user: StoredUser, { name, email, roles }: Told): boolean =>
  user.name === name && user.email === email && user.roles.join() === roles.join();

const isNewer = ({ at }: Told, toldAt: Date | null): boolean => toldAt === null || at > toldAt;

export class KnownUsers {
  constructor(
    private readonly run: RunQuery,
    private readonly recorder: Recorder,
    private readonly roles: Roles,
  ) {}

  /** Throws Refused for who is not to sign in any more, or may do nothing. */
  async actorOf(told: Told): Promise<Actor> {
    const { id, name, active, roles } = await this.upToDate(told);
    if (!active) throw new Refused('USER_INACTIVE', { userKey: id, name });
    const access = accessOf(roles, this.roles);
    if (access.permissions.size === 0) throw new Refused('NOTHING_PERMITTED', { userKey: id, name });
    return { id, name, access, roles };
  }

  private async upToDate(told: Told): Promise<StoredUser> {
    const user = await this.find(told);
    if (user === undefined) {
      // A firm's login knows many who have no business here.
      if (told.roles.length === 0) throw new Refused('NOTHING_PERMITTED');
      await this.make(told);
    } else if (!isSame(user, told) && isNewer(told, user.toldAt === null ? null : new Date(user.toldAt)))
      await this.update(user.id, told);
    else return user;
    const made = await this.find(told);
    if (made === undefined) throw new Error('a user who has just been written is gone');
    return made;
  }

  private async find({ issuer, subject }: Told): Promise<StoredUser | undefined> {
    const [user] = await this.run<StoredUser>({
      name: 'user of login',
      text: stored,
      values: [issuer, subject],
    });
    return user;
  }

  private async make({ issuer, subject, name, email, roles, at }: Told): Promise<void> {
    const key = uuidV7();
    const values = { issuer, subject, name, email, roles, toldAt: at, active: true };
    try {
      await this.recorder.write(loginAs(key, issuer), (writing) => writing.create(userKind, key, values));
    } catch (fault) {
      // Two requests came at once, and the other was first.
      if (!(fault instanceof DuplicateRecord)) throw fault;
    }
  }

  private update(key: string, told: Told): Promise<unknown> {
    const { issuer, name, email, roles, at } = told;
    return this.recorder.write(loginAs(key, issuer), async (writing) => {
      const before = await writing.lockAny(userKind, key, 'token');
      if (isNewer(told, before.toldAt))
        await writing.update(userKind, before, { name, email, roles, toldAt: at });
    });
  }
}

/** It is the login that says who somebody is, and not they themselves. */
const loginAs = (userKey: string, issuer: string): Actor => ({
  id: userKey,
  name: new URL(issuer).host,
  access: fullAccess,
});
