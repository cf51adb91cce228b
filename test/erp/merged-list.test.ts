import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byCompany, type ListPosition } from '../../src/erp/list-cursor.ts';
import { mergeParts } from '../../src/erp/merged-list.ts';

interface Row {
  readonly position: ListPosition;
}

const companies = ['ab', 'a', 'b', 'main'];

/** Few days and keys, so that ties are the rule. */
const ledger = fc.array(
  fc.record({
    company: fc.constantFrom(...companies),
    day: fc.integer({ min: 1, max: 5 }).map((day) => `2026-01-0${day}`),
    key: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 60 },
);

const inListOrder = (left: Row, right: Row): number =>
  byCompany(right.position.day, left.position.day) ||
  byCompany(left.position.company, right.position.company) ||
  Number(right.position.key[0]) - Number(left.position.key[0]);

/** What a company's server answers: its own rows after the position, in order, cut. */
function asked(rows: readonly Row[], company: string, after: Row | undefined, limit: number): Row[] {
  return rows
    .filter(({ position }) => position.company === company)
    .filter((row) => after === undefined || inListOrder(after, row) < 0)
    .toSorted(inListOrder)
    .slice(0, limit);
}

it('gives every row of every company once and in order, whatever the page size', () => {
  fc.assert(
    fc.property(ledger, fc.integer({ min: 1, max: 9 }), (entries, size) => {
      const distinct = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
      const rows = [...distinct.values()].map(({ company, day, key }): Row => ({
        position: { company, day, key: [String(key)] },
      }));
      const walked: Row[] = [];
      for (let more = true; more;) {
        const after = walked.at(-1);
        const parts = companies.map((company) => ({ company, rows: asked(rows, company, after, size + 1) }));
        const page = mergeParts(parts, size);
        walked.push(...page.rows);
        more = page.more;
      }
      expect(walked).toEqual(rows.toSorted(inListOrder));
    }),
  );
});
