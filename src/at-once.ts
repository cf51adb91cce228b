/** How many of a kind may run at a time: who comes then is told, rather than kept waiting. */
export class TooManyAtOnce extends Error {
  constructor(readonly most: number) {
    super(`${most} run already`);
  }
}

export class AtOnce {
  private running = 0;

  constructor(private readonly most: number) {}

  /**
   * Takes a place, without waiting for anything between looking and taking: as many as come in one moment would find the last one free. Call what is answered to leave it, once or more often. Throws TooManyAtOnce.
   */
  enter(): () => void {
    if (this.running >= this.most) throw new TooManyAtOnce(this.most);
    this.running += 1;
    let inside = true;
    return () => {
      if (inside) this.running -= 1;
      inside = false;
    };
  }
}
