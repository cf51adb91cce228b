/** What the server sends, in whatever pieces it comes: the driver's parser sees the same messages, and a column's bytes stay whole. */
import { describe, expect, it } from '@jest/globals';
import { BytesParser, bytesColumn } from '../../src/crm-database/column-bytes.ts';

const message = (code: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(code, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

const described = (...names: readonly string[]): Buffer =>
  message(
    'T',
    int16(names.length),
    ...names.map((name) => Buffer.concat([Buffer.from(`${name}\0`), Buffer.alloc(18)])),
  );
const row = (...values: readonly string[]): Buffer =>
  message(
    'D',
    int16(values.length),
    ...values.map((value) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)])),
  );
const complete = message('C', Buffer.from('SELECT 1\0'));
const ready = message('Z', Buffer.from('I'));

/** Each row as it was answered, and the names of all messages. */
function parsed(chunks: readonly Buffer[]): { readonly rows: unknown[]; readonly names: string[] } {
  const parser = new BytesParser();
  const [rows, names]: [unknown[], string[]] = [[], []];
  // Copied, as each chunk of a socket's is its own: the parser writes into what it is given.
  for (const chunk of chunks)
    parser.parse(Buffer.from(chunk), (told) => {
      names.push(told.name);
      if (!('fields' in told) || told.name !== 'dataRow') return;
      rows.push((told.fields as unknown[]).map((value) => (Array.isArray(value) ? bytesOf(value) : value)));
    });
  return { rows, names };
}

const bytesOf = (pieces: readonly Buffer[]): object => ({ bytes: Buffer.concat(pieces).toString() });

const cutAt = (all: Buffer, places: readonly number[]): Buffer[] =>
  [...places, all.length].map((end, place) => all.subarray(places[place - 1] ?? 0, end));

const text = '{"name":"Żółta łódź"}';
const exchange = Buffer.concat([
  described(bytesColumn),
  row(text),
  row(''),
  complete,
  described(bytesColumn, 'second'),
  row(text, 'b'),
  complete,
  described('first'),
  row(text),
  complete,
  ready,
]);
const answered = {
  rows: [[{ bytes: text }], [{ bytes: '' }], [text, 'b'], [text]],
  names: [
    ...['rowDescription', 'dataRow', 'dataRow', 'commandComplete'],
    ...['rowDescription', 'dataRow', 'commandComplete', 'rowDescription', 'dataRow', 'commandComplete'],
    'readyForQuery',
  ],
};

describe('bytes of a column', () => {
  it('come for the only column, if it is called so, and as text for all others', () => {
    expect(parsed([exchange])).toEqual(answered);
  });

  it('are the same wherever what is sent is cut, once or twice', () => {
    for (let first = 1; first < exchange.length; first += 1) {
      expect(parsed(cutAt(exchange, [first]))).toEqual(answered);
      for (let second = first + 1; second < exchange.length; second += 7)
        expect(parsed(cutAt(exchange, [first, second]))).toEqual(answered);
    }
  });

  it('are the same when every byte comes by itself', () => {
    expect(
      parsed(
        cutAt(
          exchange,
          Array.from({ length: exchange.length - 1 }, (_, n) => n + 1),
        ),
      ),
    ).toEqual(answered);
  });

  it('do not change when the end of what followed them comes later', () => {
    const parser = new BytesParser();
    const held: string[] = [];
    let pieces: readonly Buffer[] = [];
    const take = (chunk: Buffer): void =>
      parser.parse(chunk, (told) => {
        if (told.name === 'dataRow') pieces = (told as unknown as { fields: [Buffer[]] }).fields[0];
      });
    take(described(bytesColumn));
    // The parser moves what is not whole to the front of the chunk, which is where the row was.
    take(Buffer.concat([row(text), complete.subarray(0, -1)]));
    held.push(Buffer.concat(pieces).toString());
    take(Buffer.from(complete.subarray(-1)));
    held.push(Buffer.concat(pieces).toString());
    expect(held).toEqual([text, text]);
  });

  it('do not change when later chunks come into the same buffer', () => {
    const parser = new BytesParser();
    const held: (readonly Buffer[])[] = [];
    const rows = Array.from({ length: 40 }, (_, number) => String(number).repeat(700));
    const all = Buffer.concat([described(bytesColumn), ...rows.map((value) => row(value)), complete]);
    for (let place = 0; place < all.length; place += 1_000)
      parser.parse(Buffer.from(all.subarray(place, place + 1_000)), (told) => {
        if (told.name === 'dataRow') held.push((told as unknown as { fields: [Buffer[]] }).fields[0]);
      });
    expect(held.map((pieces) => Buffer.concat(pieces).toString())).toEqual(rows);
  });
});
