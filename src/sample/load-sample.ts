/**
 * Puts the sample's cards into the CRM through its services, so that they are checked, versioned and traced as any other.
 * It can be cut short and begun again: whatever is there by its fixed id is left as it is, whoever changed it since.
 */
import type { DataSource } from 'typeorm';
import type { CardTypeService } from '../card-types/card-type.service.ts';
import type { ClientService } from '../clients/client.service.ts';
import type { ContactService } from '../clients/contacts/contact.service.ts';
import type { DeliveryPlaceService } from '../clients/delivery-places/delivery-place.service.ts';
import type { ErpAccountService } from '../clients/erp-accounts/erp-account.service.ts';
import type { RecipientService } from '../clients/recipients/recipient.service.ts';
import type { Actor } from '../request.ts';
import { UserEntity } from '../users/user.entity.ts';
import { publicId } from '../values/record-id.ts';
import type { SampleCard } from './card.type.ts';
import { sampleCardTypes } from './card-types.ts';
import { sampleCards } from './cards.ts';
import { stableId } from './stable-id.ts';
import { sampleUsers } from './users.ts';

export interface SampleServices {
  readonly cardTypes: CardTypeService;
  readonly clients: ClientService;
  readonly contacts: ContactService;
  readonly deliveryPlaces: DeliveryPlaceService;
  readonly recipients: RecipientService;
  readonly erpAccounts: ErpAccountService;
}

const tables = ['card_type', 'client', 'contact', 'delivery_place', 'recipient', 'erp_account'] as const;

/** The keys of all records there are; the sample is small, and loaded into a database that is little more. */
async function presentKeys(dataSource: DataSource): Promise<Set<string>> {
  const union = tables.map((table) => `SELECT id FROM ${table}`).join(' UNION ALL ');
  const rows = await dataSource.query<{ id: string }[]>(union);
  return new Set(rows.map(({ id }) => id));
}

/** How many cards are put in side by side: fewer than the pool of connections has. */
const sideBySide = 6;

async function forEachSideBySide<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of rest) {
      if (failed) return;
      try {
        await work(item);
      } catch (fault) {
        failed = true;
        throw fault;
      }
    }
  };
  // All are waited for: nothing is to go on writing behind the back of whoever was told that it failed.
  const outcomes = await Promise.allSettled(Array.from({ length: sideBySide }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Answers how many records were made. Rejects between two records when `halt` aborts. */
export async function loadSample(
  dataSource: DataSource,
  services: SampleServices,
  actor: Actor,
  halt?: AbortSignal,
): Promise<number> {
  const present = await presentKeys(dataSource);
  let made = 0;
  const missing = async (id: string, make: () => Promise<unknown>): Promise<void> => {
    if (present.has(id)) return;
    halt?.throwIfAborted();
    await make();
    made += 1;
  };
  await dataSource
    .createQueryBuilder()
    .insert()
    .into(UserEntity)
    // Those who have left too, for as long as it takes to give them the cards that they have left behind.
    .values(sampleUsers.map((user) => ({ ...user, active: true })))
    .orIgnore()
    .execute();
  for (const { id, ...cardType } of sampleCardTypes)
    await missing(id, () => services.cardTypes.define(actor, cardType, id));
  await forEachSideBySide(sampleCards, (card) => loadCard(card));
  await forEachSideBySide(sampleCards, (card) => loadRecipients(card));
  const left = sampleUsers.filter(({ active }) => !active).map(({ id }) => id);
  if (made > 0) await dataSource.manager.update(UserEntity, left, { active: false });
  return made;

  async function loadCard(card: SampleCard): Promise<void> {
    const { erpAccounts, contacts, deliveryPlaces, recipients, accountManagerId, ...own } = card;
    const clientId = publicId('client', card.id);
    await missing(card.id, () =>
      services.clients.create(actor, {
        ...own,
        accountManagerId: accountManagerId && publicId('user', accountManagerId),
      }),
    );
    for (const contact of contacts)
      await missing(contact.id, () => services.contacts.add(actor, { ...contact, clientId }));
    for (const place of deliveryPlaces)
      await missing(place.id, () => services.deliveryPlaces.add(actor, { ...place, clientId }));
    for (const { company, customerId } of erpAccounts) {
      const id = stableId(`erp-account:${company}:${customerId}`);
      await missing(id, () =>
        services.erpAccounts.link(actor, { id, clientId, companyKey: company, customerId }),
      );
    }
  }

  /** After all cards and places: a recipient may be one of them. */
  async function loadRecipients(card: SampleCard): Promise<void> {
    const clientId = publicId('client', card.id);
    for (const { memberCardId, deliveryPlaceId, ...recipient } of card.recipients) {
      await missing(recipient.id, () =>
        services.recipients.add(actor, {
          ...recipient,
          clientId,
          memberCardId: memberCardId && publicId('client', memberCardId),
          deliveryPlaceId: deliveryPlaceId && publicId('place', deliveryPlaceId),
        }),
      );
    }
  }
}
