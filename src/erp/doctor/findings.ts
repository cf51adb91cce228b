/** What the doctor has to say, one line each. */
export const levels = ['OK', 'NOTE', 'WARN', 'FAULT'] as const;

/**
 * NOTE: worth knowing, or something that could not be checked. WARN: works, but slower or less right than it should.
 * FAULT: a section cannot be answered, or the ERP could be harmed.
 */
export type Level = (typeof levels)[number];

export type Area =
  'connection' | 'login' | 'views' | 'values' | 'keys' | 'references' | 'lookups' | 'pages' | 'sums';

export interface Finding {
  readonly level: Level;
  readonly area: Area;
  readonly message: string;
  /** The view that it is about, and its column. */
  readonly view?: string;
  readonly column?: string;
}

/** Never a password, a name or an address of a customer: findings are sent around. */
export class Findings {
  readonly list: Finding[] = [];

  constructor(
    private readonly area: Area,
    private readonly tell: (finding: Finding) => void,
  ) {}

  add(level: Level, message: string, about: { readonly view?: string; readonly column?: string } = {}): void {
    const finding = { level, area: this.area, message, ...about };
    this.list.push(finding);
    this.tell(finding);
  }

  get calm(): boolean {
    return this.list.every(({ level }) => level === 'OK' || level === 'NOTE');
  }
}

export const counted = (number: number | bigint | string, one: string, many = `${one}s`): string =>
  `${number} ${String(number) === '1' ? one : many}`;

export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
