/**
 * One connection to the report server, asked one question at a time. NTLM lets a connection in, not a request: the handshake goes over
 * one socket and holds until that socket is closed. A kept socket that the server has closed meanwhile is replaced once, unseen.
 */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { basicLogin, ntlmHello, ntlmProof, type Login } from './login.ts';
import { NotReportServer, ReportServerUnavailable } from './ssrs-errors.ts';

export interface Question {
  readonly url: URL;
  /** Sent as a form, by POST; undefined: a GET. */
  readonly form?: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Sent {
  readonly answer: IncomingMessage;
  readonly socket: Socket;
}

/** The socket was ours from before, and was cut without an answer: most likely the server had given it up. */
class StaleSocket extends Error {}

const agentOptions = { keepAlive: true, maxSockets: 1 };

export class Connection {
  private readonly plain = new http.Agent(agentOptions);
  private readonly encrypted = new https.Agent(agentOptions);
  private readonly letIn = new WeakSet<Socket>();
  private last: Socket | undefined;

  constructor(private readonly login: Login) {}

  /** The head of the answer. `signal` cuts the line, also while the body is being read. */
  async ask(question: Question, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await this.askLoggedIn(question, signal);
    } catch (error) {
      if (!(error instanceof StaleSocket)) throw error;
    }
    try {
      return await this.askLoggedIn(question, signal);
    } catch (error) {
      throw error instanceof StaleSocket ? new ReportServerUnavailable('BROKEN_OFF', error.cause) : error;
    }
  }

  close(): void {
    this.plain.destroy();
    this.encrypted.destroy();
  }

  private async askLoggedIn(question: Question, signal: AbortSignal): Promise<IncomingMessage> {
    if (this.login.login === 'basic') return this.askWith(basicLogin(this.login), question, signal);
    if (this.last && !this.last.destroyed && this.letIn.has(this.last)) {
      const { answer } = await this.send(question, undefined, signal);
      if (answer.statusCode !== 401) return answer;
      await drained(answer);
    }
    return this.shakeHands(question, signal);
  }

  private async askWith(
    authorization: string,
    question: Question,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { answer, socket } = await this.send(question, authorization, signal);
    if (answer.statusCode === 401) {
      await drained(answer);
      throw new ReportServerUnavailable('LOGIN_REFUSED');
    }
    this.letIn.add(socket);
    return answer;
  }

  private async shakeHands(question: Question, signal: AbortSignal): Promise<IncomingMessage> {
    // A form is worth sending only to a server that is about to take it.
    const empty = question.form === undefined ? question : { ...question, form: '' };
    const { answer, socket } = await this.send(empty, ntlmHello(this.login), signal);
    const { statusCode = 0 } = answer;
    // No login is wanted here, or it is another server altogether: whoever reads the answer finds out.
    if (statusCode !== 401 && (question.form === undefined || statusCode >= 300)) return answer;
    await drained(answer);
    if (statusCode !== 401) return (await this.send(question, undefined, signal)).answer;
    const proof = ntlmProof(this.login, answer.headers['www-authenticate']);
    if (socket.destroyed) throw new ReportServerUnavailable('LOGIN_REFUSED');
    return this.askWith(proof, question, signal);
  }

  private send(question: Question, authorization: string | undefined, signal: AbortSignal): Promise<Sent> {
    const { url, form, headers } = question;
    const isEncrypted = url.protocol === 'https:';
    const request = (isEncrypted ? https : http).request(url, {
      agent: isEncrypted ? this.encrypted : this.plain,
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(form === undefined ? {} : formHeaders(form)),
      },
    });
    const sent = this.answerTo(request, signal);
    request.end(form);
    return sent;
  }

  private answerTo(request: ClientRequest, signal: AbortSignal): Promise<Sent> {
    return new Promise((resolve, reject) => {
      const cut = () => request.destroy();
      if (signal.aborted) cut();
      else signal.addEventListener('abort', cut, { once: true });
      request.once('close', () => signal.removeEventListener('abort', cut));
      request.once('socket', (socket) => (this.last = socket));
      request.once('response', (answer) => {
        const { socket } = answer;
        resolve({ answer, socket });
      });
      // It also stays to hear what comes after the answer has begun: whoever reads the answer is told by the answer.
      request.on('error', (error: NodeJS.ErrnoException) => reject(this.faultOf(request, error, signal)));
    });
  }

  private faultOf(request: ClientRequest, error: NodeJS.ErrnoException, signal: AbortSignal): Error {
    if (signal.aborted) return signal.reason as Error;
    const isCut = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    if (isCut && request.reusedSocket) return new StaleSocket('cut', { cause: error });
    if (error.code?.startsWith('HPE_')) return new NotReportServer('does not speak HTTP');
    const wasThere = isCut && error.syscall !== 'connect';
    return new ReportServerUnavailable(wasThere ? 'BROKEN_OFF' : 'UNREACHABLE', error);
  }
}

const formHeaders = (form: string) => ({
  'Content-Type': 'application/x-www-form-urlencoded',
  'Content-Length': String(Buffer.byteLength(form)),
});

/** Read to its end and thrown away, so that the socket can be used again. */
function drained(answer: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    answer.once('close', resolve);
    // Its line may be cut meanwhile; what is sent next will tell.
    answer.on('error', () => undefined);
    answer.resume();
  });
}
