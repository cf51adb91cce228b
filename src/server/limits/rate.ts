/** How much one caller may ask in a minute. A request takes a point, and another for each hundred objects that it could answer. */
import { RateLimited } from './rate-limited.ts';
import type { RateStore } from './rate-store.ts';

/** As many objects as a list of usual size has with what belongs to each. */
const objectsPerPoint = 100;

export class Rate {
  constructor(
    private readonly store: RateStore,
    private readonly most: number,
  ) {}

  /** Throws RateLimited. */
  async takeRequest(key: string): Promise<void> {
    await this.take(key, 1);
  }

  /** Throws RateLimited. An operation never takes more than a whole minute's points, or it could never run. */
  async takeCost(key: string, cost: number): Promise<void> {
    const points = Math.min(Math.floor(cost / objectsPerPoint), this.most - 1);
    if (points > 0) await this.take(key, points);
  }

  private async take(key: string, points: number): Promise<void> {
    const waitMs = await this.store.take(key, points);
    if (waitMs !== undefined) throw new RateLimited('rate', this.most, waitMs);
  }
}
