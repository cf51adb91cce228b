import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** An enum by name: its values are the policy's words. */
export const RowScope = { ALL: 'ALL', OWN: 'OWN' } as const;

registerEnumType(RowScope, {
  name: 'RowScope',
  description: 'Which cards somebody sees.',
  valuesConfig: {
    ALL: { description: 'All cards.' },
    OWN: { description: 'Those they look after, and those shared with them.' },
  },
});

@ObjectType({ description: 'Who asks, and what they may do.' })
export class Viewer {
  @Field(() => [String], {
    description: 'The roles that the login tells (role); none where it comes of none.',
    simple: true,
  })
  roles!: readonly string[];

  @Field(() => [String], { description: 'What is permitted, as clients.read (uprawnienia).', simple: true })
  permissions!: readonly string[];

  @Field(() => RowScope, { description: 'Which cards that holds for.', simple: true })
  scope!: keyof typeof RowScope;

  @Field(() => String, {
    nullable: true,
    description: 'The key for programs that asks, by its name; null where a person does.',
    simple: true,
  })
  apiKey!: string | null;
}
