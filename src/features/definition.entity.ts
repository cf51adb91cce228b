import { Column, Entity } from 'typeorm';
import type { RecordType } from '../changes/record-type.ts';
import { RecordedEntity } from '../changes/recorded.entity.ts';
import type { FeatureKind } from './feature-kind.ts';

export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly retired: boolean;
}

@Entity({ name: 'feature_definition' })
export class FeatureDefinitionEntity extends RecordedEntity {
  @Column({ type: 'text', name: 'record_type' })
  recordType!: RecordType;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  /** None: it is for cards of all types. */
  @Column({ type: 'uuid', name: 'card_type_ids', array: true })
  cardTypeKeys!: readonly string[];

  @Column({ type: 'text' })
  kind!: FeatureKind;

  @Column({ type: 'text', name: 'group_name', nullable: true })
  group!: string | null;

  @Column({ type: 'int' })
  position!: number;

  @Column({ type: 'boolean' })
  required!: boolean;

  @Column({ type: 'text', nullable: true })
  unit!: string | null;

  /** In the order in which they are offered and sorted. */
  @Column({ type: 'jsonb' })
  choices!: readonly Choice[];

  @Column({ type: 'numeric', nullable: true })
  minimum!: string | null;

  @Column({ type: 'numeric', nullable: true })
  maximum!: string | null;

  @Column({ type: 'text', nullable: true })
  pattern!: string | null;

  @Column({ type: 'boolean' })
  retired!: boolean;
}
