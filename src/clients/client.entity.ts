import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../changes/recorded.entity.ts';

/** The card's own table. `shares_tax_id` is the database's, made from the card type by a trigger. */
@Entity({ name: 'client' })
export class ClientEntity extends RecordedEntity {
  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'boolean' })
  active!: boolean;

  @Column({ type: 'uuid', name: 'card_type_id' })
  cardTypeKey!: string;

  @Column({ type: 'text', name: 'short_name' })
  shortName!: string;

  @Column({ type: 'text', name: 'full_name' })
  fullName!: string;

  @Column({ type: 'text', name: 'tax_id', nullable: true })
  taxId!: string | null;

  @Column({ type: 'text', nullable: true })
  regon!: string | null;

  @Column({ type: 'text', nullable: true })
  street!: string | null;

  @Column({ type: 'text', name: 'postal_code', nullable: true })
  postalCode!: string | null;

  @Column({ type: 'text', nullable: true })
  city!: string | null;

  @Column({ type: 'text', nullable: true })
  country!: string | null;

  @Column({ type: 'uuid', name: 'primary_contact_id', nullable: true })
  primaryContactKey!: string | null;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ type: 'text', nullable: true })
  mobile!: string | null;

  @Column({ type: 'text', nullable: true })
  fax!: string | null;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ type: 'text', nullable: true })
  website!: string | null;

  @Column({ type: 'uuid', name: 'account_manager_id', nullable: true })
  accountManagerKey!: string | null;

  @Column({ type: 'uuid', array: true, name: 'shared_with' })
  sharedWithKeys!: readonly string[];

  @Column({ type: 'uuid', name: 'merged_into_id', nullable: true })
  mergedIntoKey!: string | null;
}
