/** The two interfaces of the API: whatever has an id, and whatever the CRM keeps. */
import { Field, ID, Int, InterfaceType } from 'type-graphql';
import { DateTimeScalar } from './scalars.ts';
import { parsePublicId, recordKinds } from './record-id.ts';

/** CRM ids name their type; records from elsewhere say it themselves in `__typename`. */
function typeNameOf(value: { id: string; __typename?: string }): string | undefined {
  if (value.__typename) return value.__typename;
  const parsed = parsePublicId(value.id);
  return parsed && recordKinds[parsed.kind];
}

@InterfaceType({ description: 'Anything that can be fetched again by its id.', resolveType: typeNameOf })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, and unique over all kinds of records.', simple: true })
  id!: string;
}

@InterfaceType('Record', {
  implements: Node,
  description:
    'A record of the CRM: versioned, traced, deleted softly. createdBy and updatedBy are names as they were then.',
  resolveType: typeNameOf,
})
export abstract class RecordFields extends Node {
  @Field(() => Int, {
    description: 'Grows by one with every change; a change states the version it saw.',
    simple: true,
  })
  version!: number;

  @Field(() => DateTimeScalar, { description: 'When it was made.', simple: true })
  createdAt!: string;

  @Field(() => String, { description: 'Who made it.', simple: true })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.', simple: true })
  updatedAt!: string;

  @Field(() => String, { description: 'Who changed it last.', simple: true })
  updatedBy!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was deleted; null while it is not.',
    simple: true,
  })
  deletedAt!: string | null;
}
