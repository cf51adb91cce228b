import { Column, Entity } from 'typeorm';
import type { Permission } from '../../access/permission.ts';
import { RecordedEntity } from '../../changes/recorded.entity.ts';

/** Deleted: revoked. */
@Entity({ name: 'api_key' })
export class ApiKeyEntity extends RecordedEntity {
  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  prefix!: string;

  @Column({ type: 'bytea' })
  hash!: Buffer;

  @Column({ type: 'text', array: true })
  permissions!: readonly Permission[];

  @Column({ type: 'uuid', name: 'maker_id' })
  makerKey!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
