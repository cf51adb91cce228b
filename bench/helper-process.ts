/** The bench's own further processes, each asked one thing at a time by messages. */
import { fork } from 'node:child_process';
import type { Workplace } from './workplace.ts';

export interface HelperProcess<Question, Answer> {
  readonly pid: number;
  ask(question: Question): Promise<Answer>;
}

/** `program` answers each message with one; it ends when the connection does. */
export async function startHelper<Question extends object, Answer>(
  workplace: Workplace,
  program: URL,
): Promise<HelperProcess<Question, Answer>> {
  const child = fork(program, [], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  const ended = new Promise<string>((end) => {
    child.once('exit', (code, signal) => end(String(signal ?? code)));
    child.once('error', (fault) => end(fault.message));
  });
  workplace.onLeaving(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await new Promise<void>((started, fail) => child.once('spawn', () => started()).once('error', fail));
  if (child.pid === undefined) throw new Error(`${program.pathname} could not be launched`);
  const failure = ended.then((how) => {
    throw new Error(`${program.pathname} ended: ${how}`);
  });
  failure.catch(() => undefined);
  return {
    pid: child.pid,
    ask: async (question) => {
      const replied = new Promise<Reply<Answer>>((take) =>
        child.once('message', (message) => take(message as Reply<Answer>)),
      );
      // A process that has ended is told of by `failure`; without a taker it would end this program, too.
      child.send(question, () => undefined);
      const reply = await Promise.race([replied, failure]);
      if ('fault' in reply) throw new Error(reply.fault);
      return reply.answer;
    },
  };
}

type Reply<Answer> = { readonly answer: Answer } | { readonly fault: string };

/** The other end: what such a program does with each message. */
export function answerMessages<Question, Answer>(answer: (question: Question) => Promise<Answer>): void {
  const reply = (message: Reply<Answer>) => process.send?.(message);
  process.on('message', (question: Question) => {
    answer(question).then(
      (answered) => reply({ answer: answered }),
      (fault: unknown) => reply({ fault: fault instanceof Error ? fault.message : String(fault) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}
