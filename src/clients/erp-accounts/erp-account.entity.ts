import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../../changes/recorded.entity.ts';

@Entity({ name: 'erp_account' })
export class ErpAccountEntity extends RecordedEntity {
  @Column({ type: 'uuid', name: 'client_id' })
  clientKey!: string;

  @Column({ type: 'text', name: 'company_key' })
  companyKey!: string;

  @Column({ type: 'text', name: 'customer_id' })
  customerId!: string;
}
