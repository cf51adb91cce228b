/** Merging cards through the API, and what a card has in its lists. */
import {
  makeContact,
  makeDeliveryPlace,
  makeEvent,
  makeNote,
  makeRecipient,
  write,
  type Written,
} from './cards.ts';
import type { ErpService } from './erp-service.ts';
import type { TestService } from './service.ts';
import { attach } from './uploads.ts';

export interface MergeAnswer {
  readonly mergeId: string | null;
  readonly client: Written;
  readonly moved: readonly { readonly recordType: string; readonly count: number }[];
  readonly obstacles: readonly string[];
}

export const mergeMutation = `mutation ($input: MergeClientsInput!) {
  merged: mergeClients(input: $input) { mergeId client { id version } moved { recordType count } obstacles }
}`;
export const undoMutation =
  'mutation ($mergeId: ID!) { written: undoMerge(mergeId: $mergeId) { id version } }';

/** The card at the version it is at. */
export async function asIs(service: Pick<TestService, 'ask'>, { id }: { id: string }): Promise<Written> {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Record { id version } } }';
  return (await service.ask<{ node: Written }>(query, { id })).node;
}

/** Whatever versions the cards are at. */
export async function mergeInput(
  service: Pick<TestService, 'ask'>,
  winner: Written,
  losers: readonly Written[],
): Promise<{ winner: Written; losers: Written[] }> {
  const now = await Promise.all([winner, ...losers].map((card) => asIs(service, card)));
  const [first = winner, ...rest] = now;
  return { winner: first, losers: rest };
}

export async function merge(
  service: Pick<TestService, 'ask'>,
  winner: Written,
  losers: readonly Written[],
  more: object = {},
): Promise<MergeAnswer> {
  const input = { ...(await mergeInput(service, winner, losers)), ...more };
  return (await service.ask<{ merged: MergeAnswer }>(mergeMutation, { input })).merged;
}

/** A record of every kind, some removed, that name each other. */
export async function fillCard(service: ErpService, card: Written) {
  const contact = await makeContact(service, card, { primary: true });
  const removed = await makeContact(service, card);
  await write(service, 'removeContact', removed);
  const place = await makeDeliveryPlace(service, card);
  const recipient = await makeRecipient(service, card, { deliveryPlaceId: place.id });
  const note = await makeNote(service, card);
  const event = await makeEvent(service, card, { participantIds: [contact.id] });
  const attachment = await attach(service, card);
  const account = await service.link(card, await service.newCustomer());
  return { contact, removed, place, recipient, note, event, attachment, account };
}
