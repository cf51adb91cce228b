/** Turns for each of many, told apart by a key: so many at once, and who comes then waits for the next to leave, in the order of coming. */
export class Turns {
  private readonly rows = new Map<string, { running: number; readonly waiting: Set<() => void> }>();

  constructor(private readonly most: number) {}

  /** Call what is answered to leave. Throws the signal's reason where it aborts before there is a turn. */
  async enter(key: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const row = this.rows.get(key) ?? { running: 0, waiting: new Set() };
    this.rows.set(key, row);
    if (row.running < this.most) row.running += 1;
    else
      await new Promise<void>((resolve, reject) => {
        const turn = (): void => {
          signal.removeEventListener('abort', tired);
          resolve();
        };
        const tired = (): void => {
          row.waiting.delete(turn);
          reject(signal.reason as Error);
        };
        row.waiting.add(turn);
        signal.addEventListener('abort', tired, { once: true });
      });
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const [next] = row.waiting;
      if (next) {
        // The place passes on without ever being free.
        row.waiting.delete(next);
        next();
        return;
      }
      row.running -= 1;
      if (row.running === 0) this.rows.delete(key);
    };
  }
}
