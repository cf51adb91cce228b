import { SqlServerError } from '../engine.ts';

const IDENTIFIER = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Its first three groups travel backwards, the others as written. */
const reorder = (bytes: Buffer): Buffer => {
  const reordered = Buffer.from(bytes);
  reordered.subarray(0, 4).reverse();
  reordered.subarray(4, 6).reverse();
  reordered.subarray(6, 8).reverse();
  return reordered;
};

export const identifierBytes = (text: string): Buffer => {
  if (!IDENTIFIER.test(text)) throw new SqlServerError(8169, `'${text}' is not a uniqueidentifier.`);
  return reorder(Buffer.from(text.replaceAll('-', ''), 'hex'));
};

/** In capitals, as SQL Server prints it. */
export const identifierText = (bytes: Buffer): string =>
  reorder(bytes)
    .toString('hex')
    .toUpperCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
