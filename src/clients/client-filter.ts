/**
 * Which clients a list shows. The input is checked as a whole, then brought into the form that the declared read knows:
 * `mine` becomes whose, and deleted cards are left out unless the filter speaks of them anywhere.
 */
import { Field, ID, InputType } from 'type-graphql';
import type { Problem } from '../errors.ts';
import { checkTree, mapTree, mentions, type MemberChecks, type Tree } from '../reads/filter-tree.ts';
import type { Actor } from '../request.ts';
import { DateTimeFilter, FeatureFilter, StringFilter } from '../values/filters.ts';
import { rangeProblems } from '../values/range.ts';
import { parsePublicId } from '../values/record-id.ts';
import type { FeaturesInLists } from './client-features.ts';
import type { ClientCriteria } from './client.read.ts';

@InputType({
  description:
    'Which clients. All members hold together, `or` and `not` with them; at most 5 levels deep and 50 branches in all.',
})
export class ClientFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those the firm still deals with, or only those it does not.',
  })
  active?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'true: deleted cards; false: live ones. A filter that nowhere says `deleted` shows live ones only.',
  })
  deleted?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "true: those whose account manager (opiekun) is the caller; false: all but the caller's.",
  })
  mine?: boolean | null;

  @Field(() => StringFilter, { nullable: true, description: 'Code (akronim).' })
  code?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Short name (nazwa skrócona).' })
  shortName?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Name as registered (pełna nazwa).' })
  fullName?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Tax id (NIP), with or without dashes and PL.' })
  taxId?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Town of the seat (miejscowość).' })
  city?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Postal code of the seat (kod pocztowy).' })
  postalCode?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Country of the seat, ISO 3166-1, two letters.' })
  country?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Key of the card type (typ kartoteki).' })
  cardType?: StringFilter | null;

  @Field(() => ID, { nullable: true, description: 'Whose clients: id of the account manager (opiekun).' })
  accountManagerId?: string | null;

  @Field(() => DateTimeFilter, { nullable: true, description: 'When the card was made.' })
  createdAt?: DateTimeFilter | null;

  @Field(() => DateTimeFilter, { nullable: true, description: 'When the card was last changed.' })
  updatedAt?: DateTimeFilter | null;

  @Field(() => [FeatureFilter], {
    nullable: true,
    description: 'Features (cechy), at most 20: all of these hold.',
  })
  features?: FeatureFilter[] | null;

  @Field(() => [ClientFilter], {
    nullable: true,
    description: 'At least one of these holds; an empty list matches nothing.',
  })
  or?: ClientFilter[] | null;

  @Field(() => ClientFilter, {
    nullable: true,
    description:
      'This does not hold; a condition on what has no value does not hold, so such cards are shown.',
  })
  not?: ClientFilter | null;
}

const mostValues = 1_000;
const longestText = 400;

function checkText({ eq, in: list, contains, startsWith }: StringFilter, path: string): Problem[] {
  const texts = [
    ...Object.entries({ eq, contains, startsWith }),
    ...(list ?? []).slice(0, mostValues).map((text, index) => [`in.${index}`, text] as const),
  ];
  const tooLong = texts.flatMap(([member, text]) =>
    (text?.length ?? 0) > longestText
      ? [
          {
            path: `${path}.${member}`,
            code: 'TOO_LONG',
            message: `must have at most ${longestText} characters`,
          },
        ]
      : [],
  );
  return (list?.length ?? 0) > mostValues
    ? [...tooLong, { path: `${path}.in`, code: 'TOO_MANY', message: `at most ${mostValues} values` }]
    : tooLong;
}

const checkInstants = (range: DateTimeFilter, path: string): Problem[] => rangeProblems(range, path);

type Members = Omit<ClientFilter, 'or' | 'not'>;

const mostFeatures = 20;

const checksWith = (features: FeaturesInLists | undefined): MemberChecks<Members> => ({
  code: checkText,
  shortName: checkText,
  fullName: checkText,
  taxId: checkText,
  city: checkText,
  postalCode: checkText,
  country: checkText,
  cardType: checkText,
  accountManagerId: (id, path) =>
    parsePublicId(id)?.kind === 'user' ? [] : [{ path, code: 'ID', message: 'is not an id of a User' }],
  createdAt: checkInstants,
  updatedAt: checkInstants,
  features: (given, path) =>
    given.length > mostFeatures
      ? [{ path, code: 'TOO_MANY', message: `must be at most ${mostFeatures}` }]
      : given.flatMap((filter, index) => features?.problems(filter, `${path}.${index}`) ?? []),
});

/** Whether the definitions of features are needed to understand the filter. */
export const asksFeatures = (filter: ClientFilter | null | undefined): boolean =>
  filter != null && mentions<Members>(filter, 'features');

/** Throws InputRejected with every problem of the filter, each with its path. `features` where the filter asks them. */
export function clientCriteria(
  filter: ClientFilter | null | undefined,
  actor: Actor,
  features?: FeaturesInLists,
): Tree<ClientCriteria> | undefined {
  if (!filter) return undefined;
  const tree: Tree<Members> = filter;
  checkTree(tree, checksWith(features));
  const criteria = mapTree<Members, ClientCriteria>(tree, ({ mine, features: given, ...members }) => ({
    ...members,
    ...(given == null ? {} : { features: given.flatMap((one) => features?.condition(one) ?? []) }),
    ...(mine == null ? {} : { mine: { yes: mine, userKey: actor.id } }),
  }));
  const saidInBranch = tree.deleted == null && mentions(tree, 'deleted');
  return saidInBranch ? { ...criteria, deleted: 'either' } : criteria;
}
