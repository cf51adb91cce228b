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
}

export interface SandboxAnswer {
  readonly port: number;
  /** How many have arrived since the last wish. */
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
  const statements = running.statements.list().length;
  running.statements.clear();
  running.behave();
  if (wish.delayMs > 0) running.misbehave({ kind: 'delay', milliseconds: wish.delayMs });
  return { port: running.port, statements };
});
