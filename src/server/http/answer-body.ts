/** Answers that hold JSON which the database has written: it goes out as it is. */
export class JsonText {
  constructor(readonly text: string) {}
}

interface Answer {
  readonly errors?: unknown;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** The text of an answer's body. */
export function answerText(answer: Answer): string {
  const { data } = answer;
  if (!(data instanceof JsonText)) return `${JSON.stringify(answer)}\n`;
  const { errors, extensions } = answer;
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return `{${before}"data":${data.text}${after}}\n`;
}
