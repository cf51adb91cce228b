import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../../changes/recorded.entity.ts';

@Entity({ name: 'contact' })
export class ContactEntity extends RecordedEntity {
  @Column({ type: 'uuid', name: 'client_id' })
  clientKey!: string;

  @Column({ type: 'boolean' })
  active!: boolean;

  @Column({ type: 'text', name: 'last_name' })
  lastName!: string;

  @Column({ type: 'text', name: 'first_name', nullable: true })
  firstName!: string | null;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ type: 'text', nullable: true })
  mobile!: string | null;

  @Column({ type: 'text', nullable: true })
  position!: string | null;

  @Column({ type: 'text', nullable: true })
  department!: string | null;
}
