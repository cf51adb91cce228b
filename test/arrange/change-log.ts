/** The change log as the database holds it: with what the feed does not show. */
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
