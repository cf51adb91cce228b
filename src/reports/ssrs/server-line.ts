/**
 * Questions to the report server within a time limit: for everything until the answer begins, and then for each silence of the server.
 * Time in which the caller does not take what has come does not count. Whoever destroys an answer cuts the line, which is how the server
 * learns that nobody wants it any more: URL access has no command for it.
 */
import type { IncomingMessage } from 'node:http';
import type { SsrsConfig } from '../../ssrs-config.ts';
import type { Question } from './connection.ts';
import { Connections } from './connections.ts';
import { NotReportServer, ReportServerTimeout, ReportServerUnavailable } from './ssrs-errors.ts';

export interface Answer {
  readonly status: number;
  /** Without its parameters. */
  readonly contentType: string;
  /** Once: each piece as it is taken. Throws where the answer does not come to its end. */
  readonly pieces: AsyncIterable<Buffer>;
  /** Cuts the line unless the answer has ended. */
  destroy(): void;
}

export class ServerLine {
  private readonly connections: Connections;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly limitMs: number;

  constructor(config: SsrsConfig) {
    this.connections = new Connections(config, config.connections);
    this.limitMs = config.timeoutMs;
    this.headers = { 'Accept-Language': config.locale, 'Accept-Encoding': 'identity' };
  }

  async ask(question: Omit<Question, 'headers'>, signal: AbortSignal): Promise<Answer> {
    const tooLate = new AbortController();
    const timer = setTimeout(() => tooLate.abort(new ReportServerTimeout()), this.limitMs);
    const either = AbortSignal.any([signal, tooLate.signal]);
    try {
      const answer = await this.connections.ask({ ...question, headers: this.headers }, either);
      return answerOf(answer, this.limitMs, signal);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.connections.close();
  }
}

const answerOf = (answer: IncomingMessage, limitMs: number, signal: AbortSignal): Answer => ({
  status: answer.statusCode ?? 0,
  contentType: (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
  pieces: piecesOf(answer.on('error', ignored), limitMs, signal),
  destroy: () => answer.destroy(),
});

/** Whoever takes the pieces is told by them. */
const ignored = () => undefined;

async function* piecesOf(
  answer: IncomingMessage,
  limitMs: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const pieces = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let isSilent = false;
  try {
    for (;;) {
      const timer = setTimeout(() => {
        isSilent = true;
        answer.destroy();
      }, limitMs);
      const piece = await pieces.next().finally(() => clearTimeout(timer));
      if (piece.done === true) break;
      yield piece.value;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw isSilent ? new ReportServerTimeout() : new ReportServerUnavailable('BROKEN_OFF', error);
  } finally {
    answer.destroy();
  }
  if (isSilent) throw new ReportServerTimeout();
  if (!answer.complete) throw new ReportServerUnavailable('BROKEN_OFF');
}

/** The whole text, or as much of it as `most` bytes hold: what is longer is cut. */
export async function textOf(answer: Answer, most: number): Promise<string> {
  const taken: Buffer[] = [];
  let length = 0;
  for await (const piece of answer.pieces) {
    taken.push(piece);
    length += piece.length;
    if (length >= most) break;
  }
  return Buffer.concat(taken).subarray(0, most).toString('utf8');
}

const mostJson = 16_777_216;

export async function jsonOf(answer: Answer): Promise<unknown> {
  const text = await textOf(answer, mostJson);
  try {
    return JSON.parse(text);
  } catch {
    throw new NotReportServer('does not answer with JSON');
  }
}
