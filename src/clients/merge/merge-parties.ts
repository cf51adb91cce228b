import { Objections } from '../../changes/objections.ts';
import type { Writing } from '../../changes/writing.ts';
import { InputRejected } from '../../errors.ts';
import { keyOf, publicId } from '../../values/record-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { clientKind } from '../client.kind.ts';
import type { MergeClientsInput } from './merge.type.ts';

const mostLosers = 20;

/** The cards of a merge, all different, live and locked. */
export interface Parties {
  readonly winner: ClientEntity;
  readonly losers: readonly ClientEntity[];
}

interface Named {
  readonly key: string;
  readonly version: number;
  readonly path: string;
}

function objectToNames(objections: Objections, [winner, ...losers]: readonly Named[]): void {
  const refuse = (path: string, code: string, message: string) => objections.reject({ path, code, message });
  if (losers.length === 0) refuse('input.losers', 'REQUIRED', 'cannot be empty');
  if (losers.length > mostLosers) refuse('input.losers', 'TOO_MANY', `must be at most ${mostLosers}`);
  for (const [place, { key, path }] of losers.entries()) {
    if (key === winner?.key) refuse(path, 'SAME_CARD', 'is the winner itself');
    else if (losers.findIndex((other) => other.key === key) < place)
      refuse(path, 'REPEATED', 'is named already');
  }
}

/** A card that is deleted as the caller knows; whoever does not know meets the usual conflict. */
function objectToDeleted(objections: Objections, card: ClientEntity, { version, path }: Named): void {
  if (card.deletedAt === null || card.version !== version) return;
  const id = publicId('client', card.id);
  if (card.mergedIntoKey === null)
    objections.reject({ path, code: 'CARD_DELETED', message: `the card ${id} is deleted: restore it first` });
  else {
    const into = publicId('client', card.mergedIntoKey);
    objections.reject({
      path,
      code: 'CARD_MERGED',
      message: `the card ${id} was merged into ${into} already`,
    });
  }
}

/**
 * Locks in the order of the keys, so that two merges of the same cards never wait for each other. Throws InputRejected with
 * what cannot be merged, RecordNotFound, VersionConflict.
 */
export async function lockParties(writing: Writing, input: MergeClientsInput): Promise<Parties> {
  const named = [input.winner, ...input.losers].map(({ id, version }, place): Named => {
    const path = place === 0 ? 'input.winner.id' : `input.losers.${place - 1}.id`;
    return { key: keyOf('client', id, path), version, path };
  });
  const objections = new Objections();
  objectToNames(objections, named);
  objections.raise();
  for (const { key, path } of named.toSorted((one, other) => (one.key < other.key ? -1 : 1))) {
    const card = await writing.lockAny(clientKind, key, path);
    const of = named.find((one) => one.key === key);
    if (of) objectToDeleted(objections, card, of);
  }
  objections.raise();
  const cards = [];
  for (const { key, version, path } of named) cards.push(await writing.lock(clientKind, key, version, path));
  const [winner, ...losers] = cards;
  if (!winner)
    throw new InputRejected([{ path: 'input.winner', code: 'REQUIRED', message: 'cannot be empty' }]);
  return { winner, losers };
}
