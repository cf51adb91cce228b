import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RecordedEntity } from '../../changes/recorded.entity.ts';
import type { AttachmentCategory } from './attachment.type.ts';

/** What is known of a file; the attachment's own columns repeat its latest revision's, so that lists read one table. */
export interface FileColumns {
  fileName: string;
  mediaType: string;
  size: string;
  sha256: string;
}

@Entity({ name: 'attachment' })
export class AttachmentEntity extends RecordedEntity implements FileColumns {
  @Column({ type: 'uuid', name: 'client_id' })
  clientKey!: string;

  @Column({ type: 'text' })
  category!: AttachmentCategory;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'date', name: 'valid_from', nullable: true })
  validFrom!: string | null;

  @Column({ type: 'date', name: 'valid_until', nullable: true })
  validUntil!: string | null;

  @Column({ type: 'int', name: 'revision' })
  revision!: number;

  @Column({ type: 'text', name: 'file_name' })
  fileName!: string;

  @Column({ type: 'text', name: 'media_type' })
  mediaType!: string;

  @Column({ type: 'bigint' })
  size!: string;

  @Column({ type: 'text' })
  sha256!: string;
}

/** Never changed once written. Its id is the key under which its bytes are stored. */
@Entity({ name: 'attachment_revision' })
export class AttachmentRevisionEntity implements FileColumns {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'attachment_id' })
  attachmentKey!: string;

  @Column({ type: 'int' })
  number!: number;

  @Column({ type: 'text', name: 'file_name' })
  fileName!: string;

  @Column({ type: 'text', name: 'media_type' })
  mediaType!: string;

  @Column({ type: 'bigint' })
  size!: string;

  @Column({ type: 'text' })
  sha256!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'text', name: 'created_by' })
  createdBy!: string;
}
