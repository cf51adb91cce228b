/**
 * The login: who asks is shown by an access token of the configured issuer, or by an API key. Without an issuer everyone who shows
 * nothing is the development user, and config.ts has seen to it that only loopback is served. Whatever is wrong with what is shown,
 * the caller learns that it will not do, and nothing more; whoever is known, and permitted nothing, is told that.
 */
import type { IncomingMessage } from 'node:http';
import type { Actor } from '../../request.ts';
import type { KeyCallers } from '../api-keys/key-callers.ts';
import { isApiKey } from '../api-keys/secret.ts';
import { NothingPermitted, Unauthenticated, type Callers } from '../callers.ts';
import type { AccessTokens } from './access-tokens.ts';
import { credentialOf } from './credential.ts';
import type { KnownUsers } from './known-users.ts';
import type { Refusals } from './refusals.ts';
import { Refused } from './refused.ts';

interface LoginParts {
  /** Undefined while no issuer is configured. */
  readonly people: { readonly tokens: AccessTokens; readonly users: KnownUsers } | undefined;
  readonly programs: KeyCallers;
  /** Who asks where nothing is shown; undefined: nobody may. */
  readonly everyone: Actor | undefined;
  readonly addressOf: (request: IncomingMessage) => string;
  readonly refusals: Refusals;
}

export class Login implements Callers {
  constructor(private readonly parts: LoginParts) {}

  async identify(request: IncomingMessage, _signal: AbortSignal, requestId: string): Promise<Actor> {
    try {
      const credential = credentialOf(request);
      if (credential !== undefined) return await this.actorOf(credential);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.parts.refusals.note(fault, this.parts.addressOf(request), requestId);
      throw fault.reason === 'NOTHING_PERMITTED' ? new NothingPermitted() : new Unauthenticated();
    }
    // Whoever shows nothing has not tried to sign in.
    if (this.parts.everyone === undefined) throw new Unauthenticated();
    return this.parts.everyone;
  }

  close(): Promise<void> {
    return this.parts.refusals.close();
  }

  private async actorOf(credential: string): Promise<Actor> {
    const { people, programs } = this.parts;
    if (isApiKey(credential)) return programs.actorOf(credential);
    if (people === undefined) throw new Refused('NO_LOGIN_CONFIGURED');
    return people.users.actorOf(await people.tokens.read(credential));
  }
}
