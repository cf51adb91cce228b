/** Readers of live updates, as a page or a program is one: the client of the subprotocol over a real WebSocket. */
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestService } from './service.ts';
import { until } from './signing-in.ts';

interface LiveChange {
  readonly position: string;
  readonly recordType: string;
  readonly recordId: string;
  readonly clientId: string | null;
  readonly action: string;
  readonly version: number;
}

interface Wish {
  readonly after?: string | null;
  readonly recordTypes?: readonly string[];
  readonly clientId?: string;
}

export interface Reader {
  readonly met: LiveChange[];
  /** Errors of the subscription, or how the line was closed. */
  readonly faults: unknown[];
  readonly closed: { readonly code: number; readonly reason: string }[];
  /** Waits for so many. */
  meets(count: number): Promise<readonly LiveChange[]>;
  end(): void;
}

const query = `subscription ($after: String, $recordTypes: [RecordType!], $clientId: ID) {
  changed(after: $after, recordTypes: $recordTypes, clientId: $clientId) { position recordType recordId clientId action version }
}`;

export const liveUrl = ({ url }: Pick<TestService, 'url'>): string =>
  new URL('graphql', url).href.replace('http', 'ws');

type Headers = Readonly<Record<string, string>>;

export function liveClient(
  service: Pick<TestService, 'url'>,
  headers: Headers = {},
  connectionParams?: Record<string, unknown>,
): { readonly client: Client; readonly closed: Reader['closed'] } {
  class WithHeaders extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers: { ...headers } });
    }
  }
  const closed: { code: number; reason: string }[] = [];
  const client = createClient({
    url: liveUrl(service),
    webSocketImpl: WithHeaders,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
    ...(connectionParams === undefined ? {} : { connectionParams }),
    on: {
      closed: (event) => {
        const { code, reason } = event as { code: number; reason: string };
        closed.push({ code, reason });
      },
    },
  });
  return { client, closed };
}

/** Begins to read. What comes before the subscription runs is met only with `after`. */
export function readLive(
  service: Pick<TestService, 'url'>,
  wish: Wish = {},
  headers: Headers = {},
  connectionParams?: Record<string, unknown>,
): Reader {
  const { client, closed } = liveClient(service, headers, connectionParams);
  const met: LiveChange[] = [];
  const faults: unknown[] = [];
  client.subscribe<{ changed: LiveChange }>(
    { query, variables: { ...wish } },
    {
      next: ({ data, errors }) => {
        if (data) met.push(data.changed);
        if (errors) faults.push(...errors);
      },
      error: (fault) => void faults.push(...(Array.isArray(fault) ? (fault as unknown[]) : [fault])),
      complete: () => undefined,
    },
  );
  return {
    met,
    faults,
    closed,
    meets: (count) =>
      until(() => {
        if (faults.length > 0) throw new Error(JSON.stringify(faults));
        return met.length >= count ? met : undefined;
      }),
    end: () => void client.dispose(),
  };
}

/** The position of the last change there is. */
export async function endOfFeed({ dataSource }: Pick<TestService, 'dataSource'>): Promise<string> {
  return until(async () => {
    const [row] = await dataSource.query<{ last: string | null; behind: boolean }[]>(
      'SELECT max(position) AS last, bool_or(position IS NULL) AS behind FROM change',
    );
    return row && row.behind !== true ? (row.last ?? '0') : undefined;
  });
}
