import type { Socket } from 'node:net';
import { SqlServerError } from '../engine.ts';
import type { EngineSession } from '../engine.ts';
import { ByteWriter, ProtocolViolation } from './bytes.ts';
import type { WireContext } from './context.ts';
import { checkPrelogin, preloginAnswer, readLogin } from './login.ts';
import type { Login } from './login.ts';
import { PacketWriter } from './packet-writer.ts';
import { DEFAULT_PACKET_SIZE, PacketAssembler, PacketType } from './packets.ts';
import type { Message } from './packets.ts';
import { Requests } from './requests.ts';
import { DoneStatus, writeDone, writeError, writeWelcome } from './tokens.ts';

const LARGEST_REQUEST = 64 * 1024 * 1024;
const LONGEST_QUEUE = 8;

/**
 * One client's line from the first byte to the last: greeting, login, then its requests one after another. An attention
 * overtakes the queue: it aborts what runs and is acknowledged in a message of its own once that has ended. Whatever a
 * client sends, only its own line suffers.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #context: WireContext;
  readonly #packets: PacketWriter;
  readonly #assembler = new PacketAssembler();
  readonly #queue: Message[] = [];
  readonly #loginTimer: NodeJS.Timeout;
  #stage: 'greeting' | 'login' | Requests = 'greeting';
  #session: EngineSession | undefined;
  #running: AbortController | undefined;
  #busy = false;
  #working: Promise<void> | undefined;
  #attention = false;

  /** Resolves when the line is gone and the engine's session is closed. */
  readonly closed: Promise<void>;

  constructor(socket: Socket, number: number, context: WireContext) {
    this.#socket = socket;
    this.#context = context;
    this.#packets = new PacketWriter(socket, number);
    this.#loginTimer = setTimeout(() => this.#close('no login in time'), context.loginTimeout);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => context.log.debug({ err: error }, 'sandbox line broke'));
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        clearTimeout(this.#loginTimer);
        this.#queue.length = 0;
        this.#running?.abort(new Error('The client is gone.'));
        void this.#release().finally(resolve);
      });
    });
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#assembler.push(chunk)) this.#accept(message);
    } catch (error) {
      this.#fail(error);
    }
  }

  #accept(message: Message): void {
    if (message.type === PacketType.attention) {
      if (typeof this.#stage === 'string') throw new ProtocolViolation('attention before login');
      this.#attention = true;
      this.#running?.abort(new Error('The client cancelled.'));
    } else {
      if (this.#queue.length >= LONGEST_QUEUE) throw new ProtocolViolation('too many requests at once');
      this.#queue.push(message);
    }
    if (this.#busy) return;
    this.#busy = true;
    this.#working = this.#work();
  }

  async #work(): Promise<void> {
    try {
      for (let message = this.#queue.shift(); message !== undefined; message = this.#queue.shift()) {
        this.#running = new AbortController();
        await this.#answer(message, this.#running.signal);
        this.#running = undefined;
        this.#acknowledgeAttention();
      }
      this.#acknowledgeAttention();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#running = undefined;
      this.#busy = false;
    }
  }

  async #answer(message: Message, signal: AbortSignal): Promise<void> {
    const { type } = message;
    if (typeof this.#stage !== 'string') {
      if (type === PacketType.login || type === PacketType.prelogin)
        throw new ProtocolViolation('a second login');
      await this.#stage.answer(message, signal);
    } else if (this.#stage === 'greeting' && type === PacketType.prelogin) {
      checkPrelogin(message.payload);
      this.#stage = 'login';
      this.#send(preloginAnswer());
    } else if (this.#stage === 'login' && type === PacketType.login) {
      await this.#logIn(readLogin(message.payload, DEFAULT_PACKET_SIZE));
    } else {
      throw new ProtocolViolation(`message type ${type} at stage ${this.#stage}`);
    }
  }

  async #logIn(login: Login): Promise<void> {
    const { tdsVersion, packetSize } = login;
    try {
      if (tdsVersion === null) throw new SqlServerError(40000, 'The sandbox speaks TDS 7.3B and 7.4.');
      this.#checkPassword(login);
      const session = await this.#open(login);
      clearTimeout(this.#loginTimer);
      const welcome = new ByteWriter();
      writeWelcome(welcome, { database: session.database, tdsVersion, packetSize }, DEFAULT_PACKET_SIZE);
      writeDone(welcome, 'done', { status: 0, selected: false, rowCount: null });
      this.#assembler.largestMessage = LARGEST_REQUEST;
      this.#stage = new Requests(session, this.#packets, this.#context);
      this.#send(welcome.written);
      this.#packets.packetSize = packetSize;
    } catch (error) {
      if (!(error instanceof SqlServerError)) throw error;
      this.#refuse(login.user, error);
    }
  }

  #checkPassword({ user, password, database, integrated }: Login): void {
    const refusal = this.#context.misbehaviour.forLogin(
      database === '' ? this.#context.defaultDatabase : database,
    );
    if (refusal !== undefined) throw refusal.error ?? loginFailed(user);
    if (integrated) {
      const reason = 'Login failed. The login is from an untrusted domain.';
      throw new SqlServerError(18452, reason, 14);
    }
    // Names of logins follow the server's collation, passwords do not.
    const known = this.#context.logins.some(
      (login) => login.user.toLowerCase() === user.toLowerCase() && login.password === password,
    );
    if (!known) throw loginFailed(user);
  }

  async #open({ user, database }: Login): Promise<EngineSession> {
    const wanted = database === '' ? this.#context.defaultDatabase : database;
    const session = await this.#context.engine.open({ user, database: wanted });
    this.#session = session;
    return session;
  }

  /** SQL Server says the reason first, where it says one at all, and then always 18456. */
  #refuse(user: string, error: SqlServerError): void {
    const writer = new ByteWriter();
    writeError(writer, error);
    if (error.number === 4060) writeError(writer, loginFailed(user));
    writeDone(writer, 'done', { status: DoneStatus.error, selected: false, rowCount: null });
    this.#context.log.debug({ number: error.number }, 'sandbox login refused');
    this.#send(writer.written);
    this.#socket.destroySoon();
  }

  #acknowledgeAttention(): void {
    if (!this.#attention) return;
    this.#attention = false;
    const writer = new ByteWriter();
    writeDone(writer, 'done', { status: DoneStatus.attention, selected: false, rowCount: null });
    this.#send(writer.written);
  }

  #send(bytes: Buffer): void {
    this.#packets.write(bytes);
    this.#packets.endMessage();
  }

  #fail(error: unknown): void {
    if (error instanceof ProtocolViolation) this.#close(error.message);
    else {
      this.#context.log.warn({ err: error }, 'sandbox connection failed');
      this.#socket.destroy();
    }
  }

  #close(reason: string): void {
    this.#context.log.debug({ reason }, 'sandbox line closed');
    this.#socket.destroy();
  }

  /** What runs ends first: a session is not closed under a running statement. */
  async #release(): Promise<void> {
    await this.#working;
    try {
      await this.#session?.close();
    } catch (error) {
      this.#context.log.warn({ err: error }, 'sandbox session did not close');
    }
  }
}

const loginFailed = (user: string): SqlServerError =>
  new SqlServerError(18456, `Login failed for user '${user}'.`, 14);
