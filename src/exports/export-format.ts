/** The forms that exports come in, by the endings of their addresses and the dialects of CSV. */

export type TextFormat = 'ndjson' | 'csv' | 'csv-excel-pl';
export type ExportFormat = TextFormat | 'xlsx';

export const endings = ['csv', 'ndjson', 'xlsx'] as const;
type Ending = (typeof endings)[number];

export const isEnding = (text: string): text is Ending => endings.some((one) => one === text);

export const dialects = { rfc4180: 'csv', 'excel-pl': 'csv-excel-pl' } as const satisfies Readonly<
  Record<string, TextFormat>
>;

export const isDialect = (text: string): text is keyof typeof dialects => Object.hasOwn(dialects, text);

/** Excel takes a file that does not begin so for one in Windows-1250. */
export const byteOrderMark = '\ufeff';
