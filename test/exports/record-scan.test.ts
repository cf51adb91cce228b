import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rowText } from '../../src/exports/row-text.ts';
import { RecordScan } from '../../src/exports/to-file/record-scan.ts';

const columns = [
  { name: 'id', type: 'text' },
  { name: 'text', type: 'text' },
] as const;
const awkward = fc.array(fc.constantFrom('"', '\n', '\r\n', ',', ';', 'ż', 'a', '\\', '""'), {
  maxLength: 8,
});
const rows = fc.array(
  awkward.map((parts) => parts.join('')),
  { maxLength: 12 },
);

describe.each(['csv', 'csv-excel-pl', 'ndjson'] as const)('a scan of %s', (format) => {
  it('counts whole rows and knows where the last one lies, however the bytes come in', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.integer({ min: 1, max: 7 }), (texts, cut, size) => {
        const told = rowText(format, columns);
        const records = [
          ...(told.head === '' ? [] : [told.head]),
          ...texts.map((text, place) => told.line([`r${place}`, text])),
        ];
        const bytes = Buffer.from(records.join(''));
        const kept = bytes.subarray(0, bytes.length === 0 ? 0 : cut % (bytes.length + 1));
        const scan = new RecordScan(format);
        for (let at = 0; at < kept.length; at += size) scan.take(kept.subarray(at, at + size));

        const ends = records.map((_, place) => Buffer.byteLength(records.slice(0, place + 1).join('')));
        const whole = ends.filter((end) => end <= kept.length);
        expect([scan.records, scan.from, scan.to]).toEqual([
          whole.length,
          whole.at(-2) ?? 0,
          whole.at(-1) ?? 0,
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
