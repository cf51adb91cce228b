/** The CRM's rooms with what they stand on: made once, shared by the API's resolvers and by the sample. */
import type { DataSource } from 'typeorm';
import { mayRead } from '../access/record-needs.ts';
import { CardTypeResolver } from '../card-types/card-type.resolver.ts';
import { CardTypeService } from '../card-types/card-type.service.ts';
import { cardTypeRead } from '../card-types/card-type.read.ts';
import type { ChangeFeed } from '../changes/change-feed.reader.ts';
import { ChangesResolver } from '../changes/change.resolver.ts';
import { Recorder } from '../changes/recorder.ts';
import { attachmentKind, attachmentRead } from '../clients/attachments/attachment.read.ts';
import { CreateClientInput, UpdateClientInput } from '../clients/client.inputs.ts';
import { ClientLists } from '../clients/client-lists.ts';
import { clientRead } from '../clients/client.read.ts';
import { ClientResolver } from '../clients/client.resolver.ts';
import { ClientSearch } from '../clients/client.search.ts';
import { ClientService } from '../clients/client.service.ts';
import { contactKind, contactRead } from '../clients/contacts/contact.read.ts';
import { ContactResolver, ContactsOfClientResolver } from '../clients/contacts/contact.resolver.ts';
import { ContactService } from '../clients/contacts/contact.service.ts';
import { deliveryPlaceKind, deliveryPlaceRead } from '../clients/delivery-places/delivery-place.read.ts';
import {
  DeliveryPlaceResolver,
  DeliveryPlacesOfClientResolver,
} from '../clients/delivery-places/delivery-place.resolver.ts';
import { DeliveryPlaceService } from '../clients/delivery-places/delivery-place.service.ts';
import { erpAccountRead } from '../clients/erp-accounts/erp-account.read.ts';
import { CustomerImportService } from '../clients/erp-accounts/import/customer-import.service.ts';
import { ErpAccountService } from '../clients/erp-accounts/erp-account.service.ts';
import { CalendarResolver, EventsOfClientResolver } from '../clients/events/event-lists.resolver.ts';
import { eventKind } from '../clients/events/event.kind.ts';
import { eventRead } from '../clients/events/event.read.ts';
import { EventResolver } from '../clients/events/event.resolver.ts';
import { EventService } from '../clients/events/event.service.ts';
import { DuplicateResolver } from '../clients/merge/duplicate.resolver.ts';
import { DuplicateSearch } from '../clients/merge/duplicate-search.ts';
import { MergeResolver } from '../clients/merge/merge.resolver.ts';
import { MergeService } from '../clients/merge/merge.service.ts';
import { UndoMergeService } from '../clients/merge/undo-merge.ts';
import { ClientImportService } from '../clients/imports/client-import.service.ts';
import { noteKind, noteRead } from '../clients/notes/note.read.ts';
import { NoteResolver, NotesOfClientResolver } from '../clients/notes/note.resolver.ts';
import { NoteService } from '../clients/notes/note.service.ts';
import { recipientKind, recipientRead } from '../clients/recipients/recipient.read.ts';
import { RecipientResolver, RecipientsOfClientResolver } from '../clients/recipients/recipient.resolver.ts';
import { RecipientService } from '../clients/recipients/recipient.service.ts';
import { RestoreResolver } from '../clients/restore.resolver.ts';
import { restorable, RestoreService } from '../clients/restore.service.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import { featureDefinitionRead } from '../features/definition.read.ts';
import { FeatureDefinitionService } from '../features/definition.service.ts';
import { FeatureKeeping } from '../features/feature-keeping.ts';
import { FeatureLoaders } from '../features/feature.loaders.ts';
import { FeatureDefinitionResolver, SetFeaturesResolver } from '../features/feature.resolver.ts';
import { FeatureService } from '../features/feature.service.ts';
import { FeaturesOfClients } from '../features/features-in-lists.ts';
import { featuredRecords } from '../features/featured-records.ts';
import { featuresResolvers } from '../features/featured-types.ts';
import type { Reads } from '../reads/reads.ts';
import type { Actor } from '../request.ts';
import { apiKeyRead } from '../users/api-keys/api-key.read.ts';
import { ApiKeyResolver } from '../users/api-keys/api-key.resolver.ts';
import { ApiKeyService } from '../users/api-keys/api-key.service.ts';
import { userRead } from '../users/user.read.ts';
import { UserResolver } from '../users/user.resolver.ts';
import { UserService } from '../users/user.service.ts';
import { ViewerResolver } from '../users/viewer.resolver.ts';
import { parsePublicId, type RecordKind } from '../values/record-id.ts';
import type { Foresee, Foresight } from './validate-input.ts';
import type { NodeSource } from './node.resolver.ts';

export type CrmServices = ReturnType<typeof createCrmServices>;

export function createCrmServices(dataSource: DataSource) {
  const recorder = new Recorder(dataSource, new FeatureKeeping());
  const clients = new ClientService(recorder);
  const contacts = new ContactService(recorder);
  const erpAccounts = new ErpAccountService(recorder);
  return {
    apiKeys: new ApiKeyService(recorder),
    users: new UserService(recorder),
    cardTypes: new CardTypeService(recorder),
    clients,
    contacts,
    clientImport: new ClientImportService(recorder, clients, contacts),
    deliveryPlaces: new DeliveryPlaceService(recorder),
    recipients: new RecipientService(recorder),
    notes: new NoteService(recorder),
    events: new EventService(recorder),
    erpAccounts,
    customerImport: new CustomerImportService(recorder, clients, erpAccounts),
    merging: new MergeService(recorder),
    undoing: new UndoMergeService(recorder),
    duplicates: new DuplicateSearch((statement) => dataSource.query(statement.text, [...statement.values])),
    featureDefinitions: new FeatureDefinitionService(
      recorder,
      featuredRecords.map(({ recordType }) => recordType),
    ),
    features: new FeatureService(recorder, featuredRecords),
    restoring: new RestoreService(recorder, [
      restorable(contactKind),
      restorable(deliveryPlaceKind),
      restorable(recipientKind),
      restorable(attachmentKind),
      restorable(noteKind),
      restorable(eventKind),
    ]),
  };
}

/** What is found by more than a declared read: features of records, and clients by words and features. */
export function crmFinding(reads: Reads, run: RunQuery) {
  const features = new FeatureLoaders(reads, run);
  return { features, clients: new ClientLists(new ClientSearch(run), new FeaturesOfClients(features)) };
}

export function crmResolvers(
  reads: Reads,
  services: CrmServices,
  { features, clients }: ReturnType<typeof crmFinding>,
  feed: ChangeFeed,
): object[] {
  return [
    new UserResolver(reads, services.users),
    new ViewerResolver(reads),
    new ApiKeyResolver(reads, services.apiKeys),
    new CardTypeResolver(reads, services.cardTypes),
    new ClientResolver(reads, services.clients, clients),
    new ContactResolver(reads, services.contacts),
    new ContactsOfClientResolver(reads),
    new DeliveryPlaceResolver(reads, services.deliveryPlaces),
    new DeliveryPlacesOfClientResolver(reads),
    new RecipientResolver(reads, services.recipients),
    new RecipientsOfClientResolver(reads),
    new NoteResolver(reads, services.notes),
    new NotesOfClientResolver(reads),
    new EventResolver(reads, services.events),
    new EventsOfClientResolver(reads),
    new CalendarResolver(reads),
    new RestoreResolver(services.restoring),
    new DuplicateResolver(reads, services.duplicates),
    new MergeResolver(services.merging, services.undoing),
    new ChangesResolver(feed),
    new FeatureDefinitionResolver(reads, features, services.featureDefinitions),
    new SetFeaturesResolver(services.features),
    ...featuresResolvers.map((FeaturesOf) => new FeaturesOf(features)),
  ];
}

/** What is told along with the faults of form in an input. */
export const crmForesight = ({ clients }: CrmServices): Foresight =>
  new Map<unknown, Foresee>([
    [CreateClientInput, (actor: Actor, input: object) => clients.foresee(actor, input)],
    [UpdateClientInput, (actor: Actor, input: object) => clients.foresee(actor, input)],
  ]);

/** Refused sign-ins and exports are only lines of the log; reports are known by their keys. */
const isNoNode = (kind: RecordKind): kind is 'signin' | 'export' | 'report' =>
  kind === 'signin' || kind === 'export' || kind === 'report';

/** Answers any record of the CRM by its id. */
export function crmNodes(reads: Reads): NodeSource {
  const loaders = {
    client: reads.byKey(clientRead),
    contact: reads.byKey(contactRead),
    place: reads.byKey(deliveryPlaceRead),
    recipient: reads.byKey(recipientRead),
    attachment: reads.byKey(attachmentRead),
    note: reads.byKey(noteRead),
    event: reads.byKey(eventRead),
    feature: reads.byKey(featureDefinitionRead),
    cardtype: reads.byKey(cardTypeRead),
    user: reads.byKey(userRead),
    apikey: reads.byKey(apiKeyRead),
    // An account does not say that it is no more: once unlinked it is none.
    account: reads.by(erpAccountRead, { column: 't.id', type: 'uuid', condition: 't.deleted_at IS NULL' }),
  };
  return (context, id) => {
    const parsed = parsePublicId(id);
    if (!parsed) return undefined;
    if (isNoNode(parsed.kind) || !mayRead(context.actor.access, parsed.kind)) return Promise.resolve(null);
    return loaders[parsed.kind](context).load(parsed.key);
  };
}
