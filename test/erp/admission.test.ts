import { expect, it } from '@jest/globals';
import { ErpTimeout, ErpUnavailable } from '../../src/erp/erp-errors.ts';
import { Admission } from '../../src/erp/guard/admission.ts';

const admission = (limitMs: number) =>
  new Admission({
    company: 'main',
    places: 1,
    limitMs,
    onBreaker: () => undefined,
    onRetry: () => undefined,
  });
const neverAborted = new AbortController().signal;

it('does not send what has waited so long that it could only be cut off, and tells its caller then', async () => {
  const door = admission(2_000);
  const sent: string[] = [];
  let finish: (value: string) => void = () => undefined;
  const first = door.admit(neverAborted, () => {
    sent.push('first');
    return new Promise<string>((resolve) => (finish = resolve));
  });
  const second = door.admit(neverAborted, () => {
    sent.push('second');
    return Promise.resolve('second');
  });

  // The first one still has time when the second one is told.
  const refused: unknown = await second.catch((error: unknown) => error);
  finish('first');

  expect(refused).toBeInstanceOf(ErpTimeout);
  expect(refused).toMatchObject({ outOfTime: 'QUEUE' });
  expect(await first).toBe('first');
  expect(await door.admit(neverAborted, () => Promise.resolve('third'))).toBe('third');
  expect(sent).toEqual(['first']);
});

it('tells everybody else at once while one statement tries whether the server is back', async () => {
  const door = admission(20_000);
  for (let failure = 0; failure < 5; failure += 1)
    await door.admit(neverAborted, () => Promise.reject(new ErpUnavailable('main'))).catch(() => undefined);
  expect(door.state).toBe('OPEN');
  let answer: (value: string) => void = () => undefined;
  const tryServer = () =>
    door.admit(neverAborted, () => new Promise<string>((resolve) => (answer = resolve)));

  let probe = tryServer();
  while (door.state !== 'PROBING') {
    await probe.catch(() => undefined);
    probe = tryServer();
  }
  const refused: unknown = await tryServer().catch((error: unknown) => error);
  answer('back');

  expect(refused).toBeInstanceOf(ErpUnavailable);
  expect(await probe).toBe('back');
  expect(door.state).toBe('CLOSED');
});
