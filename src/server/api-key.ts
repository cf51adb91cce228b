/**
 * `npm run api-key`: makes, lists and revokes keys for programs from the service's own machine, such as the first one, in the database
 * that the service would use: that of DATABASE_URL, or the embedded one under DATA_DIR while no service runs there. A new key
 * alone goes to standard output, so that it can be led straight into a file.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { validate } from 'class-validator';
import type { DataSource } from 'typeorm';
import { defaultRoles } from '../access/roles.ts';
import { Recorder } from '../changes/recorder.ts';
import { ConfigFaults, readConfig, type Config } from '../config.ts';
import { createDataSource, crmDatabase, migrate } from '../crm-database/data-source.ts';
import { startEmbeddedPostgres } from '../crm-database/embedded/embedded-postgres.ts';
import { DomainError } from '../errors.ts';
import { CreateApiKeyInput } from '../users/api-keys/api-key.inputs.ts';
import { ApiKeyService } from '../users/api-keys/api-key.service.ts';
import { prefixOf } from '../users/api-keys/secret.ts';
import { commandLineUser, ensureCommandLineUser } from '../users/command-line-user.ts';
import { publicId } from '../values/record-id.ts';
import { toUtcInstant } from '../values/scalars.ts';
import { crmEntities } from './entities.ts';

const usage = `npm run --silent api-key -- create --name <name> (--permissions <a,b> | --role <role>) [--expires <instant>]
npm run --silent api-key -- list
npm run --silent api-key -- revoke <prefix>

  --name         what the key is for, as the change log will tell it
  --permissions  what it permits, such as clients.read,erp.read
  --role         all that this role permits, but managing keys: ${Object.keys(defaultRoles).join(', ')}, or one of AUTH_ROLES
  --expires      such as 2027-12-31T23:59:59Z, at most five years from now; a year from now when not given
`;

/** Told to whoever called, with exit code 2. */
class WrongCall extends Error {}

type Call =
  | {
      readonly does: 'create';
      readonly name: string;
      readonly permissions: string[];
      readonly expiresAt: string | null;
    }
  | { readonly does: 'list' }
  | { readonly does: 'revoke'; readonly prefix: string }
  | { readonly does: 'help' };

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        permissions: { type: 'string' },
        role: { type: 'string' },
        expires: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (fault) {
    throw new WrongCall(`${fault instanceof Error ? fault.message : String(fault)}\n\n${usage}`);
  }
}

type Options = ReturnType<typeof parse>['values'];

function wishedPermissions({ permissions, role }: Options, { login }: Config): string[] {
  if ((permissions === undefined) === (role === undefined))
    throw new WrongCall(`either --permissions or --role is needed\n\n${usage}`);
  if (permissions !== undefined) return permissions.split(/[\s,]+/).filter((name) => name !== '');
  const roles = login?.roles ?? defaultRoles;
  const found = Object.entries(roles).find(([name]) => name === role)?.[1];
  if (!found) throw new WrongCall(`there is no role ${role}; there are ${Object.keys(roles).join(', ')}`);
  if (found.scope === 'OWN')
    throw new WrongCall(
      `${role} is for the cards that somebody looks after, and a key from here is nobody's`,
    );
  return found.permissions.filter((name) => name !== 'keys.manage');
}

function wishedExpiry({ expires }: Options): string | null {
  if (expires === undefined) return null;
  const instant = toUtcInstant(expires);
  if (instant === undefined)
    throw new WrongCall('--expires is an instant with its offset, as 2027-12-31T23:59:59Z');
  return instant;
}

function readCall(words: readonly string[], config: Config): Call {
  const { values, positionals } = parse(words);
  const [does, prefix, ...rest] = positionals;
  if (values.help === true) return { does: 'help' };
  if (rest.length > 0) throw new WrongCall(usage);
  if (does === 'create' && prefix === undefined)
    return {
      does,
      name: values.name ?? '',
      permissions: wishedPermissions(values, config),
      expiresAt: wishedExpiry(values),
    };
  if (does === 'list' && prefix === undefined) return { does };
  // Whoever has the whole key at hand may give that.
  if (does === 'revoke' && prefix !== undefined)
    return { does, prefix: prefixOf(prefix) ?? prefix.replace(/^ktk_/, '') };
  throw new WrongCall(usage);
}

interface ListedKey {
  readonly id: string;
  readonly version: number;
  readonly prefix: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

const listed = `SELECT id, version, prefix, name, permissions, created_by AS "createdBy", expires_at AS "expiresAt",
    last_used_at AS "lastUsedAt", deleted_at AS "revokedAt"
  FROM api_key`;

function lineOf({
  prefix,
  name,
  permissions,
  createdBy,
  expiresAt,
  lastUsedAt,
  revokedAt,
}: ListedKey): string {
  const instant = (value: string) => new Date(value).toISOString().slice(0, 16).replace('T', ' ');
  const state = revokedAt === null ? `until ${instant(expiresAt)}` : `revoked ${instant(revokedAt)}`;
  const use = lastUsedAt === null ? 'never used' : `used ${instant(lastUsedAt)}`;
  return `ktk_${prefix}  ${state}  ${use}  ${name}, by ${createdBy}: ${permissions.join(' ')}`;
}

async function revoke(dataSource: DataSource, keys: ApiKeyService, prefix: string): Promise<void> {
  const [key] = await dataSource.query<ListedKey[]>(`${listed} WHERE prefix = $1`, [prefix]);
  if (!key) throw new WrongCall(`there is no key ktk_${prefix}: see npm run api-key -- list`);
  if (key.revokedAt !== null) throw new WrongCall(`ktk_${prefix} is revoked already`);
  await keys.revoke(commandLineUser, { id: publicId('apikey', key.id), version: key.version });
  process.stderr.write(`ktk_${prefix} is revoked, at once and for good.\n`);
}

/** As the API checks it. */
async function checked({
  name,
  permissions,
  expiresAt,
}: Extract<Call, { does: 'create' }>): Promise<CreateApiKeyInput> {
  const input = Object.assign(new CreateApiKeyInput(), { name, permissions, expiresAt });
  const faults = (await validate(input)).flatMap(({ property, constraints = {} }) =>
    Object.values(constraints)
      .flatMap((words) => words.split('\n'))
      .map(
        (words) =>
          `--${property === 'expiresAt' ? 'expires' : property}: ${words.slice(words.indexOf('|') + 1)}`,
      ),
  );
  if (faults.length > 0) throw new WrongCall(faults.join('\n'));
  return input;
}

async function run(dataSource: DataSource, call: Exclude<Call, { does: 'help' }>): Promise<void> {
  const keys = new ApiKeyService(new Recorder(dataSource));
  switch (call.does) {
    case 'create': {
      const input = await checked(call);
      await ensureCommandLineUser(dataSource);
      const { secret, apiKey } = await keys.create(commandLineUser, input);
      process.stderr.write(
        `${apiKey.name}: ${apiKey.permissions.join(' ')}\nThe key, which nobody can tell again:\n`,
      );
      process.stdout.write(`${secret}\n`);
      return;
    }
    case 'list': {
      const all = await dataSource.query<ListedKey[]>(`${listed} ORDER BY created_at DESC, id DESC`);
      process.stdout.write(all.map((key) => `${lineOf(key)}\n`).join(''));
      return;
    }
    case 'revoke':
      return revoke(dataSource, keys, call.prefix);
  }
}

async function withDatabase(url: string, use: (dataSource: DataSource) => Promise<void>): Promise<void> {
  const dataSource = await createDataSource(url, crmEntities).initialize();
  try {
    await migrate(dataSource);
    await use(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  const call = readCall(process.argv.slice(2), config);
  if (call.does === 'help') {
    process.stdout.write(usage);
    return;
  }
  const use = (dataSource: DataSource) => run(dataSource, call);
  if (config.databaseUrl !== undefined) return withDatabase(config.databaseUrl, use);
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log: () => undefined });
  try {
    await embedded.ensureDatabase(crmDatabase);
    await withDatabase(embedded.url(crmDatabase), use);
  } finally {
    await embedded.stop();
  }
}

await main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  const isOfCaller = [WrongCall, ConfigFaults, DomainError].some((kind) => fault instanceof kind);
  process.exitCode = isOfCaller ? 2 : 1;
});
