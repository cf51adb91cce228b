import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';

@InputType({
  description: 'What is known of a client that may have a card already: a taxId or a fullName at least.',
})
export class DuplicateProbe {
  @Field(() => String, { nullable: true, description: 'Tax id (NIP), however it is typed.' })
  taxId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Name, in whatever spelling: letter case, accents and legal forms (sp. z o.o.) do not count.',
  })
  fullName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Town of the seat; without it similar names of all towns are found.',
  })
  city?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A card that is not asked about, such as the one in hand.',
  })
  excludeId?: string | null;
}

@ObjectType({ description: 'A card that may be the same client.', simpleResolvers: true })
export class DuplicateCandidate {
  @Field(() => [String], {
    description:
      'Why: TAX_ID for the same tax id, NAME_AND_CITY for a similar name in the same town, NAME for a similar name where no town was given.',
  })
  reasons!: string[];

  @Field(() => Float, {
    description: 'How likely, from 0 to 1: 1 for the same tax id, else how much the names have in common.',
  })
  score!: number;
}

@ObjectType({ description: 'Cards that one may already be (możliwe duplikaty).', simpleResolvers: true })
export class DuplicateReport {
  @Field(() => [DuplicateCandidate], {
    description: 'The likeliest first, at most 50; deleted and inactive cards too.',
  })
  candidates!: DuplicateCandidate[];

  @Field(() => Int, { description: 'How many more there are that the caller may not see.' })
  hidden!: number;
}
