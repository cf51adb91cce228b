/** The bodies of answers. One may hold JSON that the database has written, which goes out as the bytes it is. */

/** The whole of an answer's data, in pieces. */
export class JsonBytes {
  constructor(readonly pieces: readonly Buffer[]) {}
}

export type Body = string | Buffer | readonly Buffer[];

interface Answer {
  readonly errors?: unknown;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** Apollo calls for a string and hands it on as it is, to `takenBody`: bytes pass in its place. */
export function answerBody(answer: Answer): string {
  const { data } = answer;
  if (!(data instanceof JsonBytes)) return `${JSON.stringify(answer)}\n`;
  const { errors, extensions } = answer;
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  const pieces: Body = [Buffer.from(`{${before}"data":`), ...data.pieces, Buffer.from(`${after}}\n`)];
  return pieces as unknown as string;
}

/** What answerBody has made, once Apollo has handed it on. */
export const takenBody = (body: string): Body => body;

export const lengthOf = (body: Body): number =>
  isPieces(body) ? body.reduce((sum, piece) => sum + piece.length, 0) : Buffer.byteLength(body);

export const isPieces = (body: Body): body is readonly Buffer[] => Array.isArray(body);
