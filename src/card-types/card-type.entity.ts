import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../changes/recorded.entity.ts';

@Entity({ name: 'card_type' })
export class CardTypeEntity extends RecordedEntity {
  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'boolean' })
  active!: boolean;

  @Column({ type: 'boolean', name: 'branches_share_tax_id' })
  branchesShareTaxId!: boolean;
}
