/** The tables that are written through TypeORM, by name. */
import { CardTypeEntity } from '../card-types/card-type.entity.ts';
import { ReportEntity } from '../reports/definitions/report.entity.ts';
import { ChangeEntity } from '../changes/change.entity.ts';
import { AttachmentEntity, AttachmentRevisionEntity } from '../clients/attachments/attachment.entity.ts';
import { ClientEntity } from '../clients/client.entity.ts';
import { ContactEntity } from '../clients/contacts/contact.entity.ts';
import { DeliveryPlaceEntity } from '../clients/delivery-places/delivery-place.entity.ts';
import { ErpAccountEntity } from '../clients/erp-accounts/erp-account.entity.ts';
import { EventEntity } from '../clients/events/event.entity.ts';
import { NoteEntity } from '../clients/notes/note.entity.ts';
import { RecipientEntity } from '../clients/recipients/recipient.entity.ts';
import { FeatureDefinitionEntity } from '../features/definition.entity.ts';
import { ApiKeyEntity } from '../users/api-keys/api-key.entity.ts';
import { UserEntity } from '../users/user.entity.ts';

export const crmEntities = [
  UserEntity,
  ApiKeyEntity,
  CardTypeEntity,
  ReportEntity,
  ClientEntity,
  ContactEntity,
  DeliveryPlaceEntity,
  RecipientEntity,
  AttachmentEntity,
  AttachmentRevisionEntity,
  NoteEntity,
  EventEntity,
  ErpAccountEntity,
  FeatureDefinitionEntity,
  ChangeEntity,
];
