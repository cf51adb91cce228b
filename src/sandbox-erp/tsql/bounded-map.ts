/** A map that forgets what was used longest ago once it holds more than `most` entries. */
export class BoundedMap<Value> {
  private readonly entries = new Map<string, Value>();

  constructor(private readonly most: number) {}

  get(key: string, make: () => Value): Value {
    const known = this.entries.get(key);
    if (known !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const made = make();
    this.entries.set(key, made);
    if (this.entries.size > this.most)
      for (const oldest of this.entries.keys()) {
        this.entries.delete(oldest);
        break;
      }
    return made;
  }
}
