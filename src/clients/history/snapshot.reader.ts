/**
 * A card as it was: from what it is now, back through every change of it since. Nothing else is kept of the past, so what was erased since
 * is gone from it, too. Cards that were put in by SQL have no beginning in the log; they are as far back as they go what they are now.
 */
import type { EntityManager } from 'typeorm';
import { InputRejected } from '../../errors.ts';
import { ChangeEntity } from '../../changes/change.entity.ts';
import { valuesOf } from '../../changes/field-steps.ts';
import { publicId } from '../../values/record-id.ts';
import { ClientEntity } from '../client.entity.ts';
import { clientKind } from '../client.kind.ts';

export interface Snapshot {
  readonly id: string;
  readonly at: string;
  readonly version: number;
  readonly fields: readonly { readonly name: string; readonly value: string | null }[];
}

export class SnapshotReader {
  constructor(private readonly manager: EntityManager) {}

  /** `at` is RFC 3339 in UTC. Null before the card was made. Throws InputRejected for a time to come. */
  async of(clientKey: string, at: string): Promise<Snapshot | null> {
    if (Date.parse(at) > Date.now())
      throw new InputRejected([{ path: 'at', code: 'FUTURE', message: 'lies in the future' }]);
    // Both as of one moment, or a change between the two would be undone twice or not at all.
    return this.manager.transaction('REPEATABLE READ', async (manager) => {
      const card = await manager.findOneBy(ClientEntity, { id: clientKey });
      if (!card || card.createdAt.toISOString() > at) return null;
      const since = await manager
        .createQueryBuilder(ChangeEntity, 'change')
        .where("change.record_id = :clientKey AND change.record_type = 'CLIENT' AND change.at > :at", {
          clientKey,
          at,
        })
        .orderBy('change.version', 'DESC')
        .addOrderBy('change.id', 'DESC')
        .getMany();
      return asItWas(card, since, at);
    });
  }
}

function asItWas(card: ClientEntity, since: readonly ChangeEntity[], at: string): Snapshot {
  const fields = new Map(valuesOf(clientKind, card));
  let version = card.version;
  for (const change of since) {
    version = Math.min(version, change.version - 1);
    for (const { name, before } of change.fields) if (fields.has(name)) fields.set(name, before);
  }
  return {
    id: publicId('client', card.id),
    at,
    version,
    fields: [...fields].map(([name, value]) => ({ name, value })),
  };
}
