import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { AddContactInput, UpdateContactInput } from './contact.inputs.ts';
import { contactRead, type ContactRow } from './contact.read.ts';
import type { ContactService } from './contact.service.ts';
import { Contact, ContactConnection, ContactFilter } from './contact.type.ts';

@Resolver(() => Contact)
export class ContactResolver {
  private readonly clients;

  constructor(
    reads: Reads,
    private readonly service: ContactService,
  ) {
    this.clients = reads.byKey(clientRead);
  }

  @FieldResolver(() => Client, { description: 'The card it belongs to.' })
  client(@Root() contact: ContactRow, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.clients(context).load(keyOf('client', contact.clientId, 'client'));
  }

  @Mutation(() => Contact, {
    description:
      'Adds a contact. Throws BAD_USER_INPUT, NOT_FOUND for the card, DUPLICATE for an id already taken.',
  })
  addContact(
    @Arg('input', () => AddContactInput, { description: 'The new contact.' }) input: AddContactInput,
    @Ctx() context: RequestContext,
  ): Promise<ContactRow> {
    return this.service.add(context.actor, input);
  }

  @Mutation(() => Contact, { description: 'Changes a contact. Throws BAD_USER_INPUT, NOT_FOUND, CONFLICT.' })
  updateContact(
    @Arg('input', () => UpdateContactInput, { description: 'What to change.' }) input: UpdateContactInput,
    @Ctx() context: RequestContext,
  ): Promise<ContactRow> {
    return this.service.update(context.actor, input);
  }

  @Mutation(() => Contact, {
    description:
      "Removes a contact softly, and where it is the card's primary one, clears that too; restoreRecord undoes the removal alone. Throws NOT_FOUND, BAD_USER_INPUT while the card is deleted, and CONFLICT when it was changed since or is removed already.",
  })
  removeContact(
    @Arg('input', () => VersionedId, { description: 'The contact.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<ContactRow> {
    return this.service.remove(context.actor, input);
  }
}

@Resolver(() => Client)
export class ContactsOfClientResolver {
  private readonly contactsOf;
  private readonly byKey;

  constructor(reads: Reads) {
    this.contactsOf = reads.nested(contactRead, 'client');
    this.byKey = reads.byKey(contactRead);
  }

  @FieldResolver(() => ContactConnection, {
    description: 'People at the client (osoby kontaktowe), by last and first name.',
  })
  contacts(
    @Root() client: ClientRow,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => ContactFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: ContactFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<ContactRow>> {
    return this.contactsOf(context, keyOf('client', client.id, 'client'), { page: { first, after }, filter });
  }

  @FieldResolver(() => Contact, {
    nullable: true,
    description: 'Whom to turn to first (główna osoba kontaktowa).',
  })
  primaryContact(
    @Root() client: ClientRow,
    @Ctx() context: RequestContext,
  ): Promise<ContactRow | null> | null {
    return client.primaryContactId === null
      ? null
      : this.byKey(context).load(keyOf('contact', client.primaryContactId, 'primaryContact'));
  }
}
