import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RecordType } from './record-type.ts';

export type ChangeAction =
  'CREATED' | 'UPDATED' | 'DELETED' | 'RESTORED' | 'MERGED' | 'UNMERGED' | 'ERASED' | 'REFUSED' | 'EXPORTED';

/** One field's step; values as callers see them, written as text. */
export interface FieldStep {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Present where the values were a person's and are gone for good. */
  readonly erased?: true;
}

/** One write of one record, put down in the write's own transaction. */
@Entity({ name: 'change' })
export class ChangeEntity {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'uuid', name: 'actor_id' })
  actorId!: string;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text', name: 'record_type' })
  recordType!: keyof typeof RecordType;

  @Column({ type: 'uuid', name: 'record_id' })
  recordId!: string;

  @Column({ type: 'uuid', name: 'client_id', nullable: true })
  clientId!: string | null;

  @Column({ type: 'text' })
  action!: ChangeAction;

  @Column({ type: 'int' })
  version!: number;

  @Column({ type: 'jsonb' })
  fields!: readonly FieldStep[];
}
