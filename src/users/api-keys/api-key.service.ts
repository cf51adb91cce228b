/**
 * Keys for programs, such as reporting tools. Promises that the key itself is told once, to its maker, and kept nowhere; that it
 * permits no more than its maker has, now or later; and that a revoked key stays revoked.
 */
import { permissions as allPermissions, type Permission } from '../../access/permission.ts';
import { faultsOfRole } from '../../access/roles.ts';
import type { Recorder } from '../../changes/recorder.ts';
import { InputRejected, type Problem } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { keyOf, wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { CreateApiKeyInput } from './api-key.inputs.ts';
import { apiKeyKind, type ApiKeyRow } from './api-key.read.ts';
import { makeSecret } from './secret.ts';

export interface NewApiKeyRow {
  readonly apiKey: ApiKeyRow;
  readonly secret: string;
}

const dayMs = 86_400_000;
const longestDays = 1_826;
const usualDays = 365;

const isPermission = (name: string): name is Permission =>
  (allPermissions as readonly string[]).includes(name);

/** Whoever has found a key must not be able to make another that outlives it. */
const neverOfKeys: Permission = 'keys.manage';

function whyNot(name: string, { access }: Actor): string | undefined {
  if (!isPermission(name)) return `is no permission: there are ${allPermissions.join(', ')}`;
  if (name === neverOfKeys) return 'is nothing for a key: only people manage keys';
  return access.permissions.has(name) ? undefined : 'is more than you are permitted yourself';
}

function checkedPermissions(names: readonly string[], actor: Actor, problems: Problem[]): Permission[] {
  const path = 'input.permissions';
  if (names.length === 0)
    problems.push({ path, code: 'REQUIRED', message: 'a key without permissions is of no use' });
  // Twice as many as there are is no honest list, and each would be answered.
  names.slice(0, 2 * allPermissions.length).forEach((name, place) => {
    const message = whyNot(name, actor);
    if (message !== undefined) problems.push({ path: `${path}.${place}`, code: 'PERMISSION', message });
  });
  const held = allPermissions.filter((permission) => names.includes(permission));
  const faults = problems.length > 0 ? [] : faultsOfRole({ scope: actor.access.scope, permissions: held });
  problems.push(...faults.map((message) => ({ path, code: 'PERMISSION', message })));
  return held;
}

function checkedExpiry(given: string | null | undefined, problems: Problem[]): Date {
  const path = 'input.expiresAt';
  const now = Date.now();
  const expiresAt = new Date(given ?? now + usualDays * dayMs);
  if (expiresAt.getTime() <= now) problems.push({ path, code: 'PAST', message: 'is over already' });
  if (expiresAt.getTime() > now + longestDays * dayMs)
    problems.push({ path, code: 'TOO_LATE', message: 'must be within five years' });
  return expiresAt;
}

export class ApiKeyService {
  constructor(private readonly recorder: Recorder) {}

  /** What can be said of the well-formed members of an input that is refused in any case. */
  foresee(actor: Actor, { permissions, expiresAt }: Partial<CreateApiKeyInput>): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    if (permissions) checkedPermissions(permissions, actor, problems);
    checkedExpiry(expiresAt, problems);
    return Promise.resolve(problems);
  }

  /** Throws InputRejected, and DuplicateRecord for an id already taken. */
  create(actor: Actor, input: CreateApiKeyInput): Promise<NewApiKeyRow> {
    const wished = input.id == null ? undefined : wishedKey('apikey', input.id, 'input.id');
    const problems: Problem[] = [];
    const permissions = checkedPermissions(input.permissions, actor, problems);
    const expiresAt = checkedExpiry(input.expiresAt, problems);
    if (problems.length > 0) throw new InputRejected(problems);
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
