/**
 * Programs of PostgreSQL as child processes: run with an environment of their own (a stray PGDATA, PGOPTIONS or
 * LD_LIBRARY_PATH of the caller must not disturb them) and, when the service is root, as an unprivileged user, because
 * PostgreSQL refuses to run as root.
 */
import { spawn } from 'node:child_process';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined: as whoever runs the service. */
export type RunAs = SystemUser | undefined;

/** The working directory is `/`: the service's own may be closed to the other user. */
export const surroundings = (runAs: RunAs) => ({
  cwd: '/',
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  ...(runAs ?? {}),
});

interface Outcome {
  readonly succeeded: boolean;
  /** Standard output and error as they came, and how the program ended if it was killed or could not be started. */
  readonly output: string;
}

/** Runs a program to its end. It never rejects: a program that cannot be started has not succeeded. */
export function run(program: string, args: readonly string[], runAs: RunAs): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...surroundings(runAs), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (fault) => resolve({ succeeded: false, output: `${output}${fault.message}` }));
    child.on('close', (code, signal) =>
      resolve({
        succeeded: code === 0,
        output: signal === null ? output : `${output}ended by ${signal}`,
      }),
    );
  });
}
