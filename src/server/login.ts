/** The login with what it stands on, as the settings have it. */
import type { IncomingMessage } from 'node:http';
import type { DataSource } from 'typeorm';
import { fullAccess, type Access } from '../access/access.ts';
import { accessOf } from '../access/roles.ts';
import { logRefusedSignIn } from '../changes/refused-sign-ins.ts';
import { Recorder } from '../changes/recorder.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Log } from '../log.ts';
import type { LoginConfig } from '../login-config.ts';
import { KeyCallers, type Maker } from '../users/api-keys/key-callers.ts';
import { commandLineUser } from '../users/command-line-user.ts';
import { developmentUser } from '../users/development-user.ts';
import { AccessTokens } from '../users/login/access-tokens.ts';
import { KnownUsers } from '../users/login/known-users.ts';
import { Login } from '../users/login/login.ts';
import { Refusals } from '../users/login/refusals.ts';
import { SigningKeys, type SigningKeysOptions } from '../users/login/signing-keys.ts';

export interface LoginOptions {
  readonly config: LoginConfig | undefined;
  readonly dataSource: DataSource;
  readonly run: RunQuery;
  readonly log: Log;
  /** Where a request comes from, as the audit tells it. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly onRefused?: (address: string) => void;
  readonly minuteMs?: number;
  readonly keys?: Pick<SigningKeysOptions, 'cooldownMs' | 'freshMs' | 'longestMs' | 'patienceMs'> & {
    readonly memoryMs?: number;
  };
}

const noAccess: Access = { permissions: new Set(), scope: 'OWN' };

/** What a key's maker may do now. Whoever came by another login, or by none when there is one, may do nothing any more. */
const makersAccess =
  (config: LoginConfig | undefined) =>
  ({ id, issuer, roles }: Maker) => {
    if (id === commandLineUser.id) return fullAccess;
    if (config === undefined) return id === developmentUser.id ? fullAccess : noAccess;
    return issuer === config.issuer ? accessOf(roles, config.roles) : noAccess;
  };

export function createLogin({
  config,
  dataSource,
  run,
  log,
  addressOf,
  onRefused,
  minuteMs,
  keys,
}: LoginOptions): Login {
  return new Login({
    people: config && {
      tokens: new AccessTokens(config, new SigningKeys({ ...config, ...keys, log }), keys?.memoryMs),
      users: new KnownUsers(run, new Recorder(dataSource), config.roles),
    },
    programs: new KeyCallers({
      run,
      write: (text, values) => dataSource.query(text, [...values]),
      accessOf: makersAccess(config),
      log,
    }),
    everyone: config ? undefined : developmentUser,
    addressOf,
    refusals: new Refusals({
      write: (refused) => logRefusedSignIn(dataSource, refused),
      log,
      onRefused,
      ...(minuteMs === undefined ? {} : { minuteMs }),
    }),
  });
}
