import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../request.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import type { ErasureService } from './erasure.service.ts';

const throws = 'Deleted ones too. Throws BAD_USER_INPUT, NOT_FOUND, CONFLICT.';

@Resolver()
export class ErasureResolver {
  constructor(private readonly service: ErasureService) {}

  @Mutation(() => Boolean, {
    description: `Erases one person's data for good (RODO art. 17): records, search, change log; leaves a trace that it was done. The contact is removed and cannot be restored. Notes, events and files that mention the person are left to people, who have eraseNote, eraseEvent and eraseAttachment for them. ${throws}`,
  })
  async eraseContact(
    @Arg('input', () => VersionedId, { description: 'The contact.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.eraseContact(context.actor, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description: `Erases the card of a sole trader for good (RODO art. 17), with every record of it, with the cards that were merged into it, and with the recipients of other cards that name it as their member's. Its code becomes a neutral one; all of it is deleted and cannot be restored, and its ERP accounts are unlinked. What the ERP holds is not touched. ${throws}`,
  })
  async eraseClient(
    @Arg('input', () => VersionedId, { description: 'The card.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.eraseClient(context.actor, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description: `Erases for good what a delivery place tells of the person to ask for there: contactName, phone and email (RODO art. 17). The place itself stays. ${throws}`,
  })
  async eraseDeliveryPlaceContact(
    @Arg('input', () => VersionedId, { description: 'The delivery place.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.erasePersonAtDeliveryPlace(context.actor, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description: `Erases for good what a recipient tells of the person to ask for there: contactName, phone and email (RODO art. 17). The recipient itself stays. ${throws}`,
  })
  async eraseRecipientContact(
    @Arg('input', () => VersionedId, { description: 'The recipient.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.erasePersonAtRecipient(context.actor, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description: `Erases for good (RODO art. 17) a note, with all that the change log has of it: it is removed and cannot be restored. ${throws}`,
  })
  async eraseNote(
    @Arg('input', () => VersionedId, { description: 'The note.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.eraseNote(context.actor, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description: `Erases for good (RODO art. 17) an event, but for its kind, status, times and who took part: it is removed and cannot be restored. ${throws}`,
  })
  async eraseEvent(
    @Arg('input', () => VersionedId, { description: 'The event.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.eraseEvent(context.actor, input);
    return true;
  }

  @Mutation(() => Boolean, {
    description: `Erases for good (RODO art. 17) an attachment with the bytes and names of all its revisions: it is removed and cannot be restored. ${throws}`,
  })
  async eraseAttachment(
    @Arg('input', () => VersionedId, { description: 'The attachment.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.eraseAttachment(context.actor, input);
    return true;
  }
}
