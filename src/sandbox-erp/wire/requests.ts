import { setTimeout as delay } from 'node:timers/promises';
import { SqlServerError } from '../engine.ts';
import type { Batch, EngineSession } from '../engine.ts';
import { orderedError } from '../misbehaviour.ts';
import { ByteReader, ProtocolViolation } from './bytes.ts';
import { meaningOf, PreparedStatements, readCalls, skipHeaders } from './calls.ts';
import type { Call } from './calls.ts';
import type { WireContext } from './context.ts';
import type { PacketWriter } from './packet-writer.ts';
import { PacketType } from './packets.ts';
import type { Message } from './packets.ts';
import { Response } from './response.ts';
import type { StatementKind } from './statement-log.ts';
import { writeDatabaseChange, writeReset, writeTransactionBegun, writeTransactionEnded } from './tokens.ts';
import { manageTransaction, readTransactionRequest } from './transactions.ts';

/** SET options alone, and the question with which mssql tries a pooled connection before it lends it. */
const SENT_BY_DRIVERS = /^(?:(?:\s*set\s[^;\n]*(?:[;\n]|$))+\s*|SELECT 1;)$/i;

let lastTransaction = 0n;

const nextTransaction = (): Buffer => {
  lastTransaction += 1n;
  const descriptor = Buffer.alloc(8);
  descriptor.writeBigUInt64LE(lastTransaction);
  return descriptor;
};

/** Rejects when the client has had enough, and never resolves. */
const stalled = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const giveUp = (): void => reject(new Error('Cancelled while stalled.', { cause: signal.reason }));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });

/** Answers the requests of one client that has logged in. */
export class Requests {
  readonly #session: EngineSession;
  readonly #packets: PacketWriter;
  readonly #context: WireContext;
  readonly #prepared = new PreparedStatements();
  #database: string;
  #transaction: Buffer | undefined;
  #lastText = '';

  constructor(session: EngineSession, packets: PacketWriter, context: WireContext) {
    this.#session = session;
    this.#packets = packets;
    this.#context = context;
    this.#database = session.database;
  }

  async answer(message: Message, signal: AbortSignal): Promise<void> {
    const response = new Response(this.#packets, message.type === PacketType.remoteCall ? 'call' : 'batch');
    if (message.ignored) {
      response.endUnfinished();
      return;
    }
    try {
      if (message.resetKeepingTransaction) {
        throw new SqlServerError(40000, 'The sandbox does not reset a connection and keep its transaction.');
      }
      if (message.reset) await this.#reset(response);
      await this.#dispatch(message, response, signal);
    } catch (error) {
      if (error instanceof ProtocolViolation) throw error;
      this.#announceChanges(response, 'rolledBack');
      if (signal.aborted) response.endUnfinished();
      else response.endWithError(this.#asServerError(error));
    }
  }

  async #dispatch(message: Message, response: Response, signal: AbortSignal): Promise<void> {
    const reader = new ByteReader(message.payload);
    if (message.type === PacketType.remoteCall) {
      const calls = readCalls(reader);
      for (const [index, call] of calls.entries()) {
        await this.#call(call, index < calls.length - 1, response, signal);
      }
      return;
    }
    if (message.type === PacketType.transaction) {
      const request = readTransactionRequest(reader);
      this.#record('transaction', { text: `${request.kind} TRANSACTION`, parameters: [] });
      await manageTransaction(this.#session, request, signal);
    } else {
      skipHeaders(reader);
      if (reader.remaining % 2 !== 0) throw new ProtocolViolation('half a character');
      const text = reader.characters(reader.remaining / 2);
      await this.#run('batch', { text, parameters: [] }, response, signal);
    }
    this.#announceChanges(response);
    response.endBatch(this.#session.transactionDepth > 0);
  }

  async #call(call: Call, more: boolean, response: Response, signal: AbortSignal): Promise<void> {
    const meaning = meaningOf(call, this.#prepared);
    if (meaning.kind === 'execute') await this.#run('call', meaning.batch, response, signal);
    if (meaning.kind === 'prepare') this.#record('prepare', { text: meaning.text, parameters: [] });
    if (meaning.kind === 'reset') await this.#reset(response);
    this.#announceChanges(response);
    const handle = 'handle' in meaning ? meaning.handle : null;
    const outputs = handle === null ? [] : [{ ordinal: 0, name: call.values[0]?.name ?? '', value: handle }];
    response.endCall(outputs, more);
  }

  async #run(sentAs: 'batch' | 'call', batch: Batch, response: Response, signal: AbortSignal): Promise<void> {
    const byDriver = SENT_BY_DRIVERS.test(batch.text);
    this.#record(byDriver ? 'driver' : sentAs, batch);
    for (const order of this.#context.misbehaviour.forStatement(this.#database, batch.text, byDriver)) {
      this.#context.log.debug({ misbehaviour: order.kind }, 'the sandbox misbehaves to order');
      switch (order.kind) {
        case 'delay':
          await delay(order.milliseconds, undefined, { signal });
          break;
        case 'hold':
          await Promise.race([order.until, stalled(signal)]);
          break;
        case 'stall':
          await stalled(signal);
          break;
        case 'error':
          throw orderedError(order);
        case 'cut-before-first-row':
          response.cutInRow(0);
          break;
        case 'cut-in-row':
          response.cutInRow(order.row);
          break;
      }
    }
    await this.#session.run(batch, response, signal);
  }

  #record(kind: StatementKind, { text, parameters }: Batch): void {
    this.#lastText = text;
    const withoutValues = parameters.map(({ name, type }) => ({ name, type }));
    this.#context.statements.add({ kind, database: this.#database, text, parameters: withoutValues });
  }

  async #reset(response: Response): Promise<void> {
    await this.#session.reset();
    this.#prepared.clear();
    response.token(writeReset);
    this.#announceChanges(response, 'rolledBack');
  }

  /** Drivers keep account of the database and the transaction by what the server tells them, whichever statement changed it. */
  #announceChanges(response: Response, ending?: 'rolledBack'): void {
    const { database, transactionDepth } = this.#session;
    if (database !== this.#database) {
      const previous = this.#database;
      this.#database = database;
      response.token((writer) => writeDatabaseChange(writer, database, previous));
    }
    const transaction = this.#transaction;
    if (transaction === undefined && transactionDepth > 0) {
      const begun = nextTransaction();
      this.#transaction = begun;
      response.token((writer) => writeTransactionBegun(writer, begun));
    }
    if (transaction !== undefined && transactionDepth === 0) {
      this.#transaction = undefined;
      const how = ending ?? (/\brollback\b/i.test(this.#lastText) ? 'rolledBack' : 'committed');
      response.token((writer) => writeTransactionEnded(writer, how, transaction));
    }
  }

  #asServerError(error: unknown): SqlServerError {
    if (error instanceof SqlServerError) return error;
    this.#context.log.warn({ err: error }, 'the sandbox failed');
    return new SqlServerError(
      40000,
      `The sandbox failed: ${error instanceof Error ? error.message : 'unknown'}`,
      16,
      2,
    );
  }
}
