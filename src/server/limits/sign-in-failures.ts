/**
 * Credentials that were refused, counted by the address they came from: beyond the limit nothing from there is looked at for the rest
 * of the minute. What was accepted within the hour is let through all the same, or one program with an expired key would shut out all
 * who share its address.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimited } from './rate-limited.ts';
import type { RateStore } from './rate-store.ts';

const remembered = 10_000;
const rememberedMs = 3_600_000;

/** Never the credential itself. */
const fingerprint = (credential: string): string => createHash('sha256').update(credential).digest('base64');

export class SignInFailures {
  private readonly accepted = new LRUCache<string, true>({ max: remembered, ttl: rememberedMs });

  constructor(
    private readonly store: RateStore,
    private readonly most: number,
  ) {}

  /** Throws RateLimited. */
  async allowed(address: string, credential: string): Promise<void> {
    if (this.accepted.has(fingerprint(credential))) return;
    const waitMs = await this.store.waitFor(address);
    if (waitMs !== undefined) throw new RateLimited('signIns', this.most, waitMs);
  }

  accept(credential: string): void {
    this.accepted.set(fingerprint(credential), true);
  }

  async refused(address: string, credential: string): Promise<void> {
    this.accepted.delete(fingerprint(credential));
    await this.store.take(address, 1);
  }
}
