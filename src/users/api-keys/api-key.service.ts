/**
 * Keys for programs, such as reporting tools. Promises that the key itself is told once, to its maker, and kept nowhere; that it
 * permits no more than its maker has, now or later; and that a revoked key stays revoked.
 */
import type { Permission } from '../../access/permission.ts';
import { faultsOfRole } from '../../access/roles.ts';
import type { Recorder } from '../../changes/recorder.ts';
import { InputRejected, type Problem } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { keyOf, wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import { permissionsOfKeys, type CreateApiKeyInput } from './api-key.inputs.ts';
import { apiKeyKind, type ApiKeyRow } from './api-key.read.ts';
import { makeSecret } from './secret.ts';

export interface NewApiKeyRow {
  readonly apiKey: ApiKeyRow;
  readonly secret: string;
}

const yearMs = 365 * 86_400_000;

/** What of it is not the maker's to give. */
function excess(names: readonly string[], { access }: Actor): Problem[] {
  return names.flatMap((name, place) => {
    if (access.permissions.has(name as Permission)) return [];
    const message = 'is more than you are permitted yourself';
    return [{ path: `input.permissions.${place}`, code: 'PERMISSION', message }];
  });
}

/** As of a role: what is of no use without something else. */
function incomplete(permissions: readonly Permission[], { access }: Actor): Problem[] {
  const faults = faultsOfRole({ scope: access.scope, permissions });
  return faults.map((message) => ({ path: 'input.permissions', code: 'PERMISSION', message }));
}

export class ApiKeyService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws InputRejected, and DuplicateRecord for an id already taken. */
  create(actor: Actor, input: CreateApiKeyInput): Promise<NewApiKeyRow> {
    const wished = input.id == null ? undefined : wishedKey('apikey', input.id, 'input.id');
    const permissions = permissionsOfKeys.filter((permission) => input.permissions.includes(permission));
    const tooMuch = excess(input.permissions, actor);
    const problems = tooMuch.length > 0 ? tooMuch : incomplete(permissions, actor);
    if (problems.length > 0) throw new InputRejected(problems);
    const expiresAt = new Date(input.expiresAt ?? Date.now() + yearMs);
    return this.recorder.write(actor, async (writing) => {
      const { secret, prefix, hash } = makeSecret();
      const values = { name: input.name.trim(), prefix, hash, permissions, makerKey: actor.id, expiresAt };
      const { id } = await writing.create(apiKeyKind, wished, values);
      return { apiKey: await writing.read(apiKeyKind, id), secret };
    });
  }

  /** For good. Throws RecordNotFound, VersionConflict where it is revoked already. */
  revoke(actor: Actor, { id, version }: VersionedId): Promise<ApiKeyRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('apikey', id, 'input.id');
      const before = await writing.lock(apiKeyKind, key, version, 'input.id');
      await writing.remove(apiKeyKind, before);
      return writing.read(apiKeyKind, key);
    });
  }
}
