/**
 * A report server for tests: NTLM and Basic, the REST catalogue, URL access. It behaves by what is known of SQL Server Reporting
 * Services and can fail in each way that one can; it is not one, and notes what was asked of it. Tests wait for what it notes by
 * `until`, never for a time.
 */
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Certificate } from '../certificates.ts';
import { loginPage, otherServersPage } from './error-pages.ts';
import {
  challengeMessage,
  messageType,
  newChallenge,
  provesPassword,
  type Account,
  type Challenge,
} from './ntlm.ts';
import {
  askedOf,
  failed,
  itemMissing,
  valueMissing,
  valueWrong,
  written,
  type Asked,
  type Written,
} from './rendering.ts';
import { restAnswer } from './rest.ts';

export type Misbehaviour =
  | 'REFUSE_LOGIN'
  | 'FORGET_LOGIN'
  | 'MISSING'
  | 'DENIED'
  | 'PARAMETER_MISSING'
  | 'PARAMETER_WRONG'
  | 'FAILED'
  | 'QUERY_TIMEOUT'
  | 'FORMAT_UNKNOWN'
  | 'STOPPED'
  | 'STALL'
  | 'STALL_MIDWAY'
  | 'BREAK'
  | 'BREAK_AT_ONCE'
  | 'OTHER_SERVER';

export const account: Account = {
  domain: 'FIRMA',
  user: 'raporty',
  password: 'Zażółć gęślą jaźń 1',
  ntHash: '6f6283b576e67e9031c03daf79668240',
};

export interface Seen {
  /** As they came: `GET /ReportServer?…`. */
  readonly requests: string[];
  readonly renders: Asked[];
  connections: number;
  openConnections: number;
  /** Logins let in, whether by NTLM or by Basic. */
  logins: number;
  refusals: number;
  /** Answers whose line the other side cut before they had ended. */
  cancelled: number;
  /** Requests that carried a form to a server that had not let them in yet. */
  formsBeforeLogin: number;
}

interface Line {
  challenge?: Challenge;
  isIn: boolean;
}

const restPath = '/reports/api/v2.0';

export class SsrsDouble {
  readonly seen: Seen = {
    requests: [],
    renders: [],
    connections: 0,
    openConnections: 0,
    logins: 0,
    refusals: 0,
    cancelled: 0,
    formsBeforeLogin: 0,
  };
  private readonly lines = new WeakMap<Socket, Line>();
  private readonly waiting = new Set<() => void>();
  private readonly server: http.Server;
  private misbehaviour: Misbehaviour | undefined;
  private held: (() => void)[] | undefined;

  constructor(
    private readonly login: 'ntlm' | 'basic',
    private readonly pageSize: number,
    private readonly certificate: Certificate | undefined,
  ) {
    const listener: RequestListener = (request, response) => void this.answer(request, response);
    this.server = certificate
      ? https.createServer({ cert: certificate.certificate, key: certificate.key }, listener)
      : http.createServer(listener);
    this.server.on(certificate ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.lines.set(socket, { isIn: false });
      this.note(() => {
        this.seen.connections += 1;
        this.seen.openConnections += 1;
      });
      socket.once('close', () => this.note(() => (this.seen.openConnections -= 1)));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  private get origin(): string {
    return `${this.certificate ? 'https' : 'http'}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  get url(): string {
    return `${this.origin}/ReportServer`;
  }
  get restUrl(): string {
    return `${this.origin}${restPath}`;
  }

  /** From now on; undefined: it behaves. */
  misbehave(as: Misbehaviour | undefined): void {
    this.misbehaviour = as;
  }

  /** Renders are begun and not answered until `release`. */
  hold(): void {
    this.held = [];
  }
  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const go of held) go();
  }

  /** As soon as what it has seen is so. */
  until(isSo: (seen: Seen) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(this.seen)) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    return closed;
  }

  /** As a server does with lines that nobody has used for long. */
  dropIdleLines(): void {
    this.server.closeIdleConnections();
  }

  private note(change: () => unknown): void {
    change();
    for (const look of [...this.waiting]) look();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    this.note(() => this.seen.requests.push(`${request.method} ${request.url}`));
    response.once('close', () => {
      if (!response.writableFinished) this.note(() => (this.seen.cancelled += 1));
    });
    const form = await text(request).catch(() => '');
    if (this.misbehaviour === 'OTHER_SERVER') return void page(response, 200, otherServersPage);
    if (this.misbehaviour === 'STOPPED') return void page(response, 503, 'Service Unavailable');
    if (!this.letIn(request, response, form)) return;
    if (url.pathname.startsWith(`${restPath}/`)) return void this.rest(url, response);
    if (url.pathname !== '/ReportServer') return void page(response, 404, otherServersPage);
    await this.render(request, response, form);
  }

  private letIn(request: IncomingMessage, response: ServerResponse, form: string): boolean {
    const line = this.lines.get(request.socket) ?? { isIn: false };
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    if (this.misbehaviour === 'FORGET_LOGIN' && scheme === '' && line.isIn) {
      line.isIn = false;
      this.misbehaviour = undefined;
    }
    if (scheme === '' && line.isIn) return true;
    if (form !== '' && !line.challenge && this.login === 'ntlm') this.seen.formsBeforeLogin += 1;
    if (this.login === 'basic' && scheme === 'Basic') return this.basic(response, token);
    if (this.login === 'ntlm' && scheme === 'NTLM') return this.ntlm(response, line, token);
    return this.refuse(response);
  }

  private basic(response: ServerResponse, token: string): boolean {
    const given = Buffer.from(token, 'base64').toString('utf8');
    const isRight = given === `${account.domain}\\${account.user}:${account.password}`;
    if (!isRight || this.misbehaviour === 'REFUSE_LOGIN') return this.refuse(response);
    this.note(() => (this.seen.logins += 1));
    return true;
  }

  private ntlm(response: ServerResponse, line: Line, token: string): boolean {
    const message = Buffer.from(token, 'base64');
    if (messageType(message) === 1) {
      line.challenge = newChallenge(account.domain);
      const challenge = challengeMessage(line.challenge, account.domain);
      page(response, 401, loginPage, { 'WWW-Authenticate': `NTLM ${challenge}` });
      return false;
    }
    const { challenge } = line;
    delete line.challenge;
    const isRight = challenge && messageType(message) === 3 && provesPassword(message, challenge, account);
    if (!isRight || this.misbehaviour === 'REFUSE_LOGIN') return this.refuse(response);
    line.isIn = true;
    this.note(() => (this.seen.logins += 1));
    return true;
  }

  private refuse(response: ServerResponse): false {
    this.note(() => (this.seen.refusals += 1));
    const offered = this.login === 'ntlm' ? ['Negotiate', 'NTLM'] : ['Basic realm="reports"'];
    page(response, 401, loginPage, { 'WWW-Authenticate': offered });
    return false;
  }

  private rest(url: URL, response: ServerResponse): void {
    const { status, body } = restAnswer(url, restPath, this.pageSize);
    response.writeHead(status, { 'Content-Type': 'application/json; odata.metadata=minimal' });
    response.end(JSON.stringify(body));
  }

  private async render(request: IncomingMessage, response: ServerResponse, form: string): Promise<void> {
    const query = (request.url ?? '').split('?')[1] ?? '';
    const language = request.headers['accept-language'] ?? '';
    const asked = askedOf(query, form, request.method ?? '', language);
    this.note(() => this.seen.renders.push(asked));
    if (this.held) await new Promise<void>((go) => this.held?.push(go));
    const answer = this.wrongly(asked) ?? written(asked);
    if (this.misbehaviour === 'STALL') return;
    if (this.misbehaviour === 'BREAK_AT_ONCE') return void request.socket.destroy();
    response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': answer.body.length });
    if (this.misbehaviour !== 'BREAK' && this.misbehaviour !== 'STALL_MIDWAY')
      return void response.end(answer.body);
    const half = answer.body.subarray(0, answer.body.length / 2);
    response.write(half, () => {
      if (this.misbehaviour === 'BREAK') request.socket.destroy();
    });
  }

  private wrongly({ path }: Asked): Written | undefined {
    const failures: Partial<Record<Misbehaviour, Written>> = {
      MISSING: itemMissing(path),
      DENIED: failed(`Uprawnienia użytkownika 'FIRMA\\raporty' nie wystarczają. (rsAccessDenied)`),
      PARAMETER_MISSING: valueMissing('KlientId'),
      PARAMETER_WRONG: valueWrong('KlientId'),
      FAILED: failed(
        'Wystąpił błąd podczas przetwarzania raportu. (rsProcessingAborted)',
        "Nie można wykonać zapytania dla zestawu danych 'Obroty'. (rsErrorExecutingCommand)",
        'Login failed for user sa, password hunter2',
        "Nie można odnaleźć udostępnionego zestawu danych '/Dane/Obroty'. (rsItemNotFound)",
      ),
      QUERY_TIMEOUT: failed(
        'Wystąpił błąd podczas przetwarzania raportu. (rsProcessingAborted)',
        'Upłynął limit czasu zapytania. (rsQueryTimeout)',
      ),
      FORMAT_UNKNOWN: failed('Nie ma takiego rozszerzenia. (rsRenderingExtensionNotFound)'),
    };
    return this.misbehaviour && failures[this.misbehaviour];
  }
}

function page(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end(body);
}

export const startSsrs = ({
  login = 'ntlm',
  pageSize = 1_000,
  certificate,
}: { login?: 'ntlm' | 'basic'; pageSize?: number; certificate?: Certificate } = {}): Promise<SsrsDouble> =>
  new SsrsDouble(login, pageSize, certificate).start();
