/** What a row of the table of records says (see record-table.ts), and what rows have in common. */
import { randomUUID } from 'node:crypto';
import type { Written } from '../cards.ts';
import type { ErpService } from '../erp-service.ts';
import type { Answer } from '../service.ts';

type Given = Readonly<Record<string, unknown>>;

/** What rows may need: the service, and a card of the test's own. */
export interface Setting {
  readonly service: ErpService;
  readonly card: Written;
}

/** What a mutation answered under the name `written`. */
export type WrittenAnswer = Answer<{ written: Written }>;

interface Wrong {
  readonly input: Given;
  /** As `path CODE`. */
  readonly problems: readonly string[];
}

export interface RecordRow {
  readonly table: string;
  readonly recordType: string;
  readonly make: {
    readonly mutation: string;
    readonly input: (setting: Setting) => Given | Promise<Given>;
    readonly wrong: Wrong;
    readonly send?: (setting: Setting, input: Given) => Promise<WrittenAnswer>;
  };
  readonly change?: {
    readonly mutation: string;
    readonly member: string;
    readonly values: readonly [unknown, unknown];
    readonly logged?: string;
    readonly wrong: Wrong;
  };
  readonly remove?: string;
  readonly restore?: string;
  readonly erase?: string;
  readonly elsewhere?: readonly string[];
}

/** Ids of another kind than is asked for wherever it is used. */
export const user = `user_${randomUUID()}`;
export const client = `client_${randomUUID()}`;

export const wrongVersioned = { id: user, version: 0 };
export const wrongVersionedProblems = ['input.id ID', 'input.version VERSION'];
