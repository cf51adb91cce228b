import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../changes/recorded.entity.ts';

@Entity({ name: 'user_account' })
export class UserEntity extends RecordedEntity {
  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ type: 'boolean' })
  active!: boolean;

  /** Null, as is the subject, for whoever cannot sign in: the development user and the command line. */
  @Column({ type: 'text', nullable: true })
  issuer!: string | null;

  @Column({ type: 'text', nullable: true })
  subject!: string | null;

  /** As the login last told them. */
  @Column({ type: 'text', array: true })
  roles!: readonly string[];

  /** When the token that told all this was made: an older one tells nothing new. */
  @Column({ type: 'timestamptz', name: 'told_at', precision: 3, nullable: true })
  toldAt!: Date | null;
}
