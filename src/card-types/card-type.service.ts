/** The list of card types that the administrator keeps. A type in use is switched off, never deleted. */
import type { EntityManager } from 'typeorm';
import type { Recorder } from '../changes/recorder.ts';
import type { Actor } from '../request.ts';
import { keyOf } from '../values/record-id.ts';
import { CardTypeEntity } from './card-type.entity.ts';
import { cardTypeKind, type CardTypeRow } from './card-type.read.ts';
import type { DefineCardTypeInput, UpdateCardTypeInput } from './card-type.type.ts';

export class CardTypeService {
  constructor(private readonly recorder: Recorder) {}

  define(actor: Actor, input: DefineCardTypeInput, wished?: string): Promise<CardTypeRow> {
    return this.recorder.write(actor, async (writing) => {
      const { id } = await writing.create(cardTypeKind, wished, {
        key: input.key,
        name: input.name.trim(),
        active: true,
        branchesShareTaxId: input.branchesShareTaxId ?? false,
      });
      return writing.read(cardTypeKind, id);
    });
  }

  /** Throws RecordNotFound, VersionConflict. */
  update(actor: Actor, input: UpdateCardTypeInput): Promise<CardTypeRow> {
    return this.recorder.write(actor, async (writing) => {
      const before = await writing.lock(
        cardTypeKind,
        keyOf('cardtype', input.id, 'input.id'),
        input.version,
        'input.id',
      );
      await writing.update(cardTypeKind, before, {
        name: input.name?.trim() ?? before.name,
        active: input.active ?? before.active,
        branchesShareTaxId: input.branchesShareTaxId ?? before.branchesShareTaxId,
      });
      return writing.read(cardTypeKind, before.id);
    });
  }
}

/**
 * The type a card names by key, held until the transaction ends, if there is one; undefined when it will not do. One that is
 * switched off only the cards that have it already, `present`, may name.
 */
export async function usableCardType(
  manager: EntityManager,
  key: string,
  present?: string,
): Promise<CardTypeEntity | undefined> {
  const lock = manager.queryRunner?.isTransactionActive
    ? { lock: { mode: 'pessimistic_read' as const } }
    : {};
  const found = await manager.findOne(CardTypeEntity, { where: { key }, ...lock });
  return found && (found.active || found.id === present) ? found : undefined;
}
