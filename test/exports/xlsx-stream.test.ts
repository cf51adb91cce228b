/** A workbook that nobody takes: what it is made from must not be held for it. */
import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { rowsOfJsonLines } from '../../src/exports/json-lines.ts';
import { xlsxStream } from '../../src/exports/xlsx/xlsx-stream.ts';

const columns = [{ name: 'text', type: 'text' }] as const;

/** Rows that come, and then come no more. */
function stalled() {
  const lines = new PassThrough();
  lines.write('{"text":"But"}\n');
  return lines;
}

it('lets go of its rows where it is given up before any was read', async () => {
  const lines = stalled();
  const workbook = xlsxStream('notes', columns, rowsOfJsonLines(lines, columns));
  const closed = once(lines, 'close');
  workbook.destroy();
  await closed;
  expect(lines.destroyed).toBe(true);
});

it('lets go of its rows where it is given up while it waits for more', async () => {
  const lines = stalled();
  const workbook = xlsxStream('notes', columns, rowsOfJsonLines(lines, columns));
  await once(workbook.resume(), 'data');
  const closed = once(lines, 'close');
  workbook.destroy();
  await closed;
  expect(lines.destroyed).toBe(true);
});

it('breaks where its rows break, and ends no process that does not listen', async () => {
  const lines = stalled();
  const workbook = xlsxStream('notes', columns, rowsOfJsonLines(lines, columns));
  const broken = new Promise((done) => workbook.once('close', () => done(workbook.errored)));
  workbook.resume();
  lines.destroy(new Error('the database is gone'));
  expect(await broken).toMatchObject({ message: 'the database is gone' });
});
