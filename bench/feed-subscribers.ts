/**
 * Subscribers for the check of the feed: they are told of changes as these come, and are killed again and again, their line cut off with
 * messages under way. Each keeps nothing but what it has dealt with, and goes on after the position of the last of it, at another service.
 */
import { WebSocket } from 'ws';
import type { MetBy, MetChange } from './feed-faults.ts';
import type { FeedProgress } from './feed-readers.ts';
import { bare, post } from './feed-writers.ts';

const subscription = `subscription ($after: String, $recordTypes: [RecordType!]) {
  changed(after: $after, recordTypes: $recordTypes) { position recordType recordId version }
}`;
const rest = `query ($after: String, $recordTypes: [RecordType!]) {
  changes(after: $after, first: 1, recordTypes: $recordTypes) { nodes { position } }
}`;

interface Told {
  readonly position: string;
  readonly recordType: string;
  readonly recordId: string;
  readonly version: number;
}

type Message =
  | { readonly type: 'connection_ack' | 'ping' | 'pong' | 'complete' }
  | { readonly type: 'next'; readonly payload: { readonly data?: { readonly changed: Told } | null } }
  | { readonly type: 'error'; readonly payload: unknown };

export class FeedSubscriber implements MetBy {
  readonly met: MetChange[] = [];
  kills = 0;
  /** Before the first change that there is. */
  private position = '0';
  readonly recordTypes: readonly string[] | null;
  private readonly urls: readonly string[];
  private turn: number;

  // The benches are run as they stand: node only strips types, and these would be more.
  constructor(urls: readonly string[], recordTypes: readonly string[] | null, seed: number) {
    this.urls = urls;
    this.recordTypes = recordTypes;
    this.turn = seed;
  }

  /** Until nothing follows what it has met that was asked for when writing was over. */
  async readAll(progress: FeedProgress): Promise<void> {
    for (;;) {
      const { isOver } = progress;
      if (isOver && (await this.isAtEnd())) return;
      this.turn += 1;
      await this.read(1 + ((this.turn * 37) % 300), progress);
    }
  }

  private get url(): string {
    return this.urls[this.turn % this.urls.length] ?? '';
  }

  private async isAtEnd(): Promise<boolean> {
    const variables = { after: this.position, recordTypes: this.recordTypes };
    const { changes } = await post<{ changes: { nodes: readonly unknown[] } }>(this.url, rest, variables);
    return changes.nodes.length === 0;
  }

  /** So many changes, or what there is when writing is over; then the line is cut. */
  private read(count: number, progress: FeedProgress): Promise<void> {
    const socket = new WebSocket(this.url.replace('http', 'ws'), 'graphql-transport-ws');
    return new Promise((done, fail) => {
      let left = count;
      const cut = (): void => {
        this.kills += 1;
        socket.terminate();
      };
      const end = setInterval(() => {
        if (!progress.isOver) return;
        void this.isAtEnd().then((over) => {
          if (over) socket.terminate();
        }, fail);
      }, 20);
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('close', () => {
        clearInterval(end);
        done();
      });
      socket.on('error', fail);
      socket.on('message', (data) => {
        const message = JSON.parse((data as Buffer).toString('utf8')) as Message;
        if (message.type === 'connection_ack') socket.send(this.question());
        else if (message.type === 'error') fail(new Error(JSON.stringify(message.payload)));
        else if (message.type === 'next' && left > 0) {
          const told = message.payload.data?.changed;
          if (!told) return;
          left -= 1;
          this.dealWith(told);
          progress.letGo();
          if (left === 0) cut();
        }
      });
    });
  }

  private question(): string {
    const variables = { after: this.position, recordTypes: this.recordTypes };
    return JSON.stringify({ type: 'subscribe', id: '1', payload: { query: subscription, variables } });
  }

  private dealWith({ position, recordType, recordId, version }: Told): void {
    this.met.push({ change: `${bare(recordId)}:${version}`, recordType, position });
    this.position = position;
  }
}
