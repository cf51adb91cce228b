/**
 * A sandbox ERP in a process of its own, over the databases that the service filled: the service's own sandbox cannot be told
 * from outside to take its time, and the process that is measured must not run it. Taken from the built program.
 */
import type * as EngineModule from '../src/sandbox-erp/tsql/engine.ts';
import type * as ServerModule from '../src/sandbox-erp/server.ts';
import { built } from './built.ts';
import { answerMessages } from './helper-process.ts';

export interface SandboxWish {
  /** Where its PostgreSQL is; given with the first wish only. */
  readonly serverUrl?: string;
  readonly login?: { readonly user: string; readonly password: string };
  /** From now on every statement is answered so much later. */
  readonly delayMs: number;
  /** Whether those that have arrived since the last wish are to be counted. */
  readonly counted?: boolean;
}

export interface SandboxAnswer {
  readonly port: number;
  /** How many have arrived since the last wish, where that was asked. */
  readonly statements: number;
}

let running: ServerModule.SandboxServer | undefined;

async function start({ serverUrl, login }: SandboxWish): Promise<ServerModule.SandboxServer> {
  if (serverUrl === undefined || login === undefined)
    throw new Error('the first wish says where PostgreSQL is');
  const { createPostgresEngine } = await built<typeof EngineModule>('sandbox-erp/tsql/engine.js');
  const { startSandboxServer } = await built<typeof ServerModule>('sandbox-erp/server.js');
  const engine = createPostgresEngine({
    serverUrl,
    databasePrefix: 'sandbox_',
    readOnlyUsers: [login.user],
  });
  return startSandboxServer({ engine, port: 0, logins: [login], defaultDatabase: 'master' });
}

answerMessages<SandboxWish, SandboxAnswer>(async (wish) => {
  running ??= await start(wish);
  // The log keeps so many, and throws rather than to tell too few: nothing is asked of it where thousands may have come.
  const statements = wish.counted === true ? running.statements.list().length : 0;
  running.statements.clear();
  running.behave();
  if (wish.delayMs > 0) running.misbehave({ kind: 'delay', milliseconds: wish.delayMs });
  return { port: running.port, statements };
});
