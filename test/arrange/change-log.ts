/** The change log as the database holds it, with what the feed does not show; and as the feed tells it. */
import { bare } from './cards.ts';
import type { TestService } from './service.ts';

export interface LoggedChange {
  readonly at: Date;
  readonly actor_id: string;
  readonly actor: string;
  readonly record_type: string;
  readonly record_id: string;
  readonly client_id: string | null;
  readonly action: string;
  readonly version: number;
  readonly fields: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** The changes of one record, oldest first. */
export async function changesOf(
  { dataSource }: Pick<TestService, 'dataSource'>,
  id: string,
): Promise<readonly LoggedChange[]> {
  const text = 'SELECT * FROM change WHERE record_id = $1 ORDER BY id';
  return dataSource.query<LoggedChange[]>(text, [bare(id)]);
}

interface Fed {
  readonly action: string;
  readonly fields: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** What the feed tells of contacts after a cursor, or where it ends. */
export async function contactFeed({ ask }: Pick<TestService, 'ask'>, after?: string) {
  const query = `query ($after: String) { changes(after: $after, first: 200, recordTypes: [CONTACT]) {
    nodes { action fields { name before after } } pageInfo { endCursor } } }`;
  const { changes } = await ask<{
    changes: { nodes: Fed[]; pageInfo: { endCursor: string | null } };
  }>(query, { after });
  return {
    actions: changes.nodes.map(({ action }) => action),
    named: changes.nodes.flatMap(({ fields }) => fields.filter(({ name }) => name === 'lastName')),
    head: changes.pageInfo.endCursor ?? undefined,
  };
}
