/**
 * Programs that ask with an API key. The key and its maker are looked up for each request, so that on every service of the database a
 * key is refused from the moment it is revoked, and its maker's roles count as they are. When it was last used is written at most
 * once a minute, beside the change log: it would otherwise hold little else.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Access } from '../../access/access.ts';
import { permissions, type Permission } from '../../access/permission.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import type { Log } from '../../log.ts';
import type { Actor } from '../../request.ts';
import { Refused } from '../login/refused.ts';
import { hashOf, prefixOf } from './secret.ts';

export interface Maker {
  readonly id: string;
  readonly issuer: string | null;
  readonly roles: readonly string[];
}

interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly hash: Buffer;
  readonly permissions: readonly string[];
  readonly revoked: boolean;
  readonly expired: boolean;
  readonly usedLately: boolean;
  readonly makerKey: string;
  readonly issuer: string | null;
  readonly roles: readonly string[];
  readonly active: boolean;
}

const stored = `SELECT k.id, k.name, k.hash, k.permissions, k.deleted_at IS NOT NULL AS revoked, k.expires_at <= now() AS expired,
    coalesce(k.last_used_at > now() - interval '1 minute', false) AS "usedLately",
    u.id AS "makerKey", u.issuer, u.roles, u.active
  FROM api_key k JOIN user_account u ON u.id = k.maker_id WHERE k.prefix = $1`;

/** Services that see a use at the same time write it once. */
const used = `UPDATE api_key SET last_used_at = now() WHERE id = $1
  AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')`;

export interface KeyCallersOptions {
  /** For looking. */
  readonly run: RunQuery;
  /** For writing down the use. */
  readonly write: (text: string, values: readonly unknown[]) => Promise<unknown>;
  /** What the maker may do now. */
  readonly accessOf: (maker: Maker) => Access;
  readonly log: Log;
}

export class KeyCallers {
  /** Keys whose use is just being written. */
  private readonly writing = new Set<string>();

  constructor(private readonly options: KeyCallersOptions) {}

  /** Throws Refused. */
  async actorOf(secret: string): Promise<Actor> {
    const prefix = prefixOf(secret);
    const [key] = prefix === undefined ? [] : await this.find(prefix);
    if (prefix === undefined || key === undefined || !timingSafeEqual(key.hash, hashOf(secret)))
      throw new Refused('API_KEY_UNKNOWN');
    const name = `${key.name} (ktk_${prefix})`;
    const knownAs = { userKey: key.makerKey, name };
    if (key.revoked) throw new Refused('API_KEY_REVOKED', knownAs);
    if (key.expired) throw new Refused('API_KEY_EXPIRED', knownAs);
    if (!key.active) throw new Refused('API_KEY_OF_INACTIVE_USER', knownAs);
    const access = narrowed(this.options.accessOf({ ...key, id: key.makerKey }), key.permissions);
    if (access.permissions.size === 0) throw new Refused('NOTHING_PERMITTED', knownAs);
    if (!key.usedLately) this.noteUse(key.id);
    return { id: key.makerKey, name, access, byApiKey: true };
  }

  private find(prefix: string): Promise<StoredKey[]> {
    return this.options.run<StoredKey>({ name: 'api key', text: stored, values: [prefix] });
  }

  /** Not waited for, and no reason to refuse anybody. */
  private noteUse(id: string): void {
    if (this.writing.has(id)) return;
    this.writing.add(id);
    void this.options
      .write(used, [id])
      .catch(() => this.options.log.warn({ apiKey: id }, 'the use of an API key could not be written down'))
      .finally(() => this.writing.delete(id));
  }
}

/** A key permits what it was made for as long as its maker may do the same, on the cards that they see. */
function narrowed(access: Access, names: readonly string[]): Access {
  const kept = permissions.filter((one: Permission) => names.includes(one) && access.permissions.has(one));
  return { permissions: new Set(kept), scope: access.scope };
}
