import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'user_account' })
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ type: 'boolean' })
  active!: boolean;
}
