import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { RecordType } from '../../changes/record-type.ts';
import { IdsOf, Nested, NotCleared } from '../../values/checks.ts';
import { VersionedId } from '../../values/versioned-id.ts';

@InputType({ description: 'Which cards become one.' })
export class MergeClientsInput {
  @Field(() => VersionedId, { description: 'The card that stays, with its own fields as they are.' })
  @Nested()
  winner!: VersionedId;

  @Field(() => [VersionedId], {
    description: 'The cards whose records go to the winner, and which are deleted then; 20 at most.',
  })
  @Nested()
  losers!: VersionedId[];

  @Field(() => [ID], {
    nullable: true,
    description:
      'Where several of the cards have ERP accounts in one company: those to keep. The others there are unlinked.',
  })
  @IdsOf('account', { max: 2_000 })
  keepErpAccounts?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only tells what would move and what stands in the way.',
  })
  @NotCleared()
  dryRun?: boolean | null;
}

@ObjectType({ description: 'How many records of one type went to the winner.', simpleResolvers: true })
export class MovedRecords {
  @Field(() => RecordType, { description: 'The type.' })
  recordType!: RecordType;

  @Field(() => Int, { description: 'How many, removed ones included.' })
  count!: number;
}

@ObjectType({ description: 'What a merge did, or would do.', simpleResolvers: true })
export class MergeResult {
  @Field(() => ID, { nullable: true, description: 'For undoMerge; null after a dry run.' })
  mergeId!: string | null;

  @Field(() => [MovedRecords], {
    description: 'What moved, or would; types with nothing to move are left out.',
  })
  moved!: MovedRecords[];

  @Field(() => [String], {
    description: 'What stands in the way, in words; a merge that was done had nothing.',
  })
  obstacles!: string[];
}
