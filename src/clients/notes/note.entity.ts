import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../../changes/recorded.entity.ts';

@Entity({ name: 'note' })
export class NoteEntity extends RecordedEntity {
  @Column({ type: 'uuid', name: 'client_id' })
  clientKey!: string;

  @Column({ type: 'text' })
  text!: string;

  @Column({ type: 'boolean' })
  pinned!: boolean;
}
