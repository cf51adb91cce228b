/** Cards of the past: looked for as those of today are, and made of the change log, which is read once for all that are asked for. */
import type { RunQuery } from '../../crm-database/run-query.ts';
import { InputRejected } from '../../errors.ts';
import type { Reads } from '../../reads/reads.ts';
import { perRequest, type RequestContext } from '../../request.ts';
import { keyOf } from '../../values/record-id.ts';
import { clientRead } from '../client.read.ts';
import { snapshotAt, type CardLine, type Snapshot } from './card-snapshot.ts';

interface StoredLine extends CardLine {
  readonly key: string;
}

const linesText = `SELECT c.record_id AS key, c.at, c.version, c.fields FROM change c
  WHERE c.record_id = ANY($1::uuid[]) AND c.record_type = 'CLIENT' ORDER BY c.record_id, c.version, c.id`;

export class SnapshotReader {
  private readonly cards;
  private readonly lines;

  constructor(reads: Reads, run: RunQuery) {
    this.cards = reads.byKey(clientRead);
    this.lines = perRequest<string, readonly StoredLine[]>(async (keys) => {
      const rows = await run<StoredLine>({ name: 'lines of cards', text: linesText, values: [keys] });
      const groups = Map.groupBy(rows, ({ key }) => key);
      return keys.map((key) => groups.get(key) ?? []);
    });
  }

  /** Null where there is no such card, none that the caller sees, or none yet at the instant. Throws InputRejected with code FUTURE. */
  async at(context: RequestContext, id: string, at: string): Promise<Snapshot | null> {
    const key = keyOf('client', id, 'id');
    if (at > new Date().toISOString())
      throw new InputRejected([{ path: 'at', code: 'FUTURE', message: 'is still to come' }]);
    const card = await this.cards(context).load(key);
    // Only of a card that is seen is the log read.
    return card && (snapshotAt(card, await this.lines(context).load(key), at) ?? null);
  }
}
