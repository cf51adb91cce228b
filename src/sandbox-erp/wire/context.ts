import type { Engine } from '../engine.ts';
import type { MisbehaviourRules } from '../misbehaviour.ts';
import type { StatementLog } from './statement-log.ts';

/** Events with fields, as pino takes them. Never a statement's text or values. */
export interface WireLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What all connections of one server share. */
export interface WireContext {
  readonly engine: Engine;
  readonly logins: readonly { readonly user: string; readonly password: string }[];
  /** For clients that name none. */
  readonly defaultDatabase: string;
  /** A stranger who has not logged in by then is sent away. */
  readonly loginTimeout: number;
  readonly statements: StatementLog;
  readonly misbehaviour: MisbehaviourRules;
  readonly log: WireLog;
}
