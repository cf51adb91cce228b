import { Column, Entity } from 'typeorm';
import { RecordedEntity } from '../../changes/recorded.entity.ts';
import type { EventKind, EventStatus } from './event-kinds.ts';

/** The two lists of keys are in tables of their own, which the recorder writes. */
@Entity({ name: 'event' })
export class EventEntity extends RecordedEntity {
  @Column({ type: 'uuid', name: 'client_id' })
  clientKey!: string;

  @Column({ type: 'text' })
  kind!: EventKind;

  @Column({ type: 'text' })
  status!: EventStatus;

  @Column({ type: 'text' })
  subject!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'text', nullable: true })
  location!: string | null;

  @Column({ type: 'timestamptz', name: 'starts_at', precision: 3 })
  startsAt!: Date;

  @Column({ type: 'timestamptz', name: 'ends_at', precision: 3, nullable: true })
  endsAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  outcome!: string | null;

  participantKeys!: readonly string[];
  attendeeKeys!: readonly string[];
}
