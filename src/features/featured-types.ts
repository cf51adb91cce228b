/** The field `features` of every type whose records have features. */
import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import { RecordType } from '../changes/record-type.ts';
import { Attachment } from '../clients/attachments/attachment.type.ts';
import { Client } from '../clients/client.type.ts';
import { Contact } from '../clients/contacts/contact.type.ts';
import { DeliveryPlace } from '../clients/delivery-places/delivery-place.type.ts';
import { ClientEvent } from '../clients/events/event.type.ts';
import { Recipient } from '../clients/recipients/recipient.type.ts';
import type { RequestContext } from '../request.ts';
import { Feature } from './definition.type.ts';
import type { FeatureLoaders, FeatureRow } from './feature.loaders.ts';

function featuresOf(type: ClassType, recordType: RecordType) {
  @Resolver(() => type)
  class FeaturesOfRecordResolver {
    constructor(private readonly loaders: FeatureLoaders) {}

    @FieldResolver(() => [Feature], {
      description:
        'Features (cechy): every definition for this record, set or not, by group, position and name; retired ones where they are set.',
    })
    features(
      @Root() record: { readonly id: string },
      @Ctx() context: RequestContext,
    ): Promise<readonly FeatureRow[]> {
      return this.loaders.ofRecord(context, recordType, record);
    }
  }
  return FeaturesOfRecordResolver;
}

export const featuresResolvers = [
  featuresOf(Client, RecordType.CLIENT),
  featuresOf(Contact, RecordType.CONTACT),
  featuresOf(DeliveryPlace, RecordType.DELIVERY_PLACE),
  featuresOf(Recipient, RecordType.RECIPIENT),
  featuresOf(ClientEvent, RecordType.EVENT),
  featuresOf(Attachment, RecordType.ATTACHMENT),
];
