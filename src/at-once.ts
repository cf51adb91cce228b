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

/** The same for each of many, told apart by a key. */
export class AtOnceEach {
  private readonly places = new Map<string, { readonly atOnce: AtOnce; inside: number }>();

  constructor(private readonly most: number) {}

  /** As `AtOnce.enter`. */
  enter(key: string): () => void {
    const place = this.places.get(key) ?? { atOnce: new AtOnce(this.most), inside: 0 };
    const leave = place.atOnce.enter();
    place.inside += 1;
    this.places.set(key, place);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      leave();
      place.inside -= 1;
      if (place.inside === 0) this.places.delete(key);
    };
  }
}
