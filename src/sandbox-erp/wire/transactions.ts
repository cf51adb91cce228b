import { SqlServerError } from '../engine.ts';
import type { EngineSession, ResultSink } from '../engine.ts';
import type { ByteReader } from './bytes.ts';
import { skipHeaders } from './calls.ts';

/** BEGIN, COMMIT or ROLLBACK as drivers send them, outside any SQL text. */
export interface TransactionRequest {
  readonly kind: 'BEGIN' | 'COMMIT' | 'ROLLBACK';
  /** Where a transaction begins, alone or after the one that ends: its isolation level, null for the session's own. */
  readonly begins: { readonly isolation: string | null } | undefined;
}

const RequestCode = { begin: 5, commit: 7, rollback: 8, save: 9 } as const;
const BEGIN_ANOTHER = 0x01;

const isolationLevels = [
  null,
  'READ UNCOMMITTED',
  'READ COMMITTED',
  'REPEATABLE READ',
  'SERIALIZABLE',
  'SNAPSHOT',
];

const readBegin = (reader: ByteReader): { readonly isolation: string | null } => {
  const level = reader.uint8();
  const isolation = isolationLevels[level];
  if (isolation === undefined)
    throw new SqlServerError(40000, `The sandbox knows no isolation level ${level}.`);
  return { isolation };
};

const readEnd = (reader: ByteReader, kind: 'COMMIT' | 'ROLLBACK'): TransactionRequest => {
  const nameLength = reader.uint8();
  reader.take(nameLength);
  const beginsAnother = reader.remaining > 0 && (reader.uint8() & BEGIN_ANOTHER) !== 0;
  return { kind, begins: beginsAnother ? readBegin(reader) : undefined };
};

export const readTransactionRequest = (reader: ByteReader): TransactionRequest => {
  skipHeaders(reader);
  const code = reader.uint16();
  switch (code) {
    case RequestCode.begin:
      return { kind: 'BEGIN', begins: readBegin(reader) };
    case RequestCode.commit:
      return readEnd(reader, 'COMMIT');
    case RequestCode.rollback:
      return readEnd(reader, 'ROLLBACK');
    case RequestCode.save:
      throw new SqlServerError(40000, 'The sandbox has no savepoints.');
    default:
      throw new SqlServerError(40000, `The sandbox does not take transaction request ${code}.`);
  }
};

const quiet: ResultSink = { columns: () => undefined, row: () => undefined, done: () => undefined };

export const manageTransaction = async (
  session: EngineSession,
  { kind, begins }: TransactionRequest,
  signal: AbortSignal,
): Promise<void> => {
  if (kind !== 'BEGIN' && session.transactionDepth === 0) {
    const number = kind === 'COMMIT' ? 3902 : 3903;
    throw new SqlServerError(
      number,
      `The ${kind} TRANSACTION request has no corresponding BEGIN TRANSACTION.`,
    );
  }
  if (kind === 'COMMIT') await session.commit();
  if (kind === 'ROLLBACK') await session.rollback();
  if (begins === undefined) return;
  if (begins.isolation !== null) {
    const text = `SET TRANSACTION ISOLATION LEVEL ${begins.isolation}`;
    await session.run({ text, parameters: [] }, quiet, signal);
  }
  await session.begin();
};
