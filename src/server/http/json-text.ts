/** Answers that hold JSON which the database has written: its bytes go out as they are. */
export class JsonText {
  /** In UTF-8. */
  constructor(readonly bytes: Buffer) {}
}

interface Answer {
  readonly errors?: unknown;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** An answer's body. */
export function answerBody(answer: Answer): string | Buffer {
  const { data } = answer;
  if (!(data instanceof JsonText)) return `${JSON.stringify(answer)}\n`;
  const { errors, extensions } = answer;
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return Buffer.concat([Buffer.from(`{${before}"data":`), data.bytes, Buffer.from(`${after}}\n`)]);
}
