/** What is between two parentheses, or the whole. */
export interface Frame {
  /** The word that the parenthesis follows, in upper case; empty where none. */
  readonly after: string;
  readonly open: number;
  clause: 'none' | 'select' | 'from' | 'group' | 'other';
  /** A relation is due next. */
  expects: boolean;
  /** How many CASE have no END yet. */
  cases: number;
  selects: number;
}

const groups = new Set(['CUBE', 'ROLLUP', 'SETS', 'BY', '']);

/** The parentheses that are open where a text is being read, the whole text outermost. */
export class Frames {
  private readonly open: Frame[] = [
    { after: '', open: -1, clause: 'none', expects: false, cases: 0, selects: 0 },
  ];

  get top(): Frame {
    const frame = this.open.at(-1);
    if (frame === undefined) throw new Error('the outermost frame is never closed');
    return frame;
  }

  push(after: string, open: number): void {
    const outer = this.top;
    const expects = outer.expects && after === '';
    const isGroup = outer.clause === 'group' && groups.has(after);
    this.open.push({
      after,
      open,
      clause: expects ? 'from' : isGroup ? 'group' : 'none',
      expects,
      cases: 0,
      selects: 0,
    });
    outer.expects = false;
  }

  pop(): void {
    if (this.open.length > 1) this.open.pop();
  }

  isGrouped(aggregates: ReadonlySet<string>): boolean {
    return this.open.some(({ clause, after }) => clause === 'group' || aggregates.has(after));
  }
}
