import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CardType } from '../card-types/card-type.type.ts';
import { cardTypeRead, type CardTypeRow } from '../card-types/card-type.read.ts';
import { RecordType } from '../changes/record-type.ts';
import type { Reads } from '../reads/reads.ts';
import type { RequestContext } from '../request.ts';
import { RecordFields } from '../values/node.type.ts';
import { keyOf } from '../values/record-id.ts';
import { DefineFeatureInput, UpdateFeatureDefinitionInput } from './definition.inputs.ts';
import type { FeatureDefinitionRow } from './definition.read.ts';
import type { FeatureDefinitionService } from './definition.service.ts';
import { FeatureDefinition } from './definition.type.ts';
import { SetFeaturesInput } from './feature.inputs.ts';
import type { FeatureLoaders } from './feature.loaders.ts';
import type { FeatureService } from './feature.service.ts';

@Resolver(() => FeatureDefinition)
export class FeatureDefinitionResolver {
  private readonly cardTypesByKey;

  constructor(
    reads: Reads,
    private readonly loaders: FeatureLoaders,
    private readonly service: FeatureDefinitionService,
  ) {
    this.cardTypesByKey = reads.byKey(cardTypeRead);
  }

  @Query(() => [FeatureDefinition], {
    description: 'Definitions of features (cechy), by type of record, group, position and name.',
  })
  featureDefinitions(
    @Arg('recordType', () => RecordType, {
      nullable: true,
      description: 'Only those for this type of record.',
    })
    recordType: RecordType | undefined,
    @Arg('includeRetired', () => Boolean, { nullable: true, description: 'True: the retired ones too.' })
    includeRetired: boolean | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly FeatureDefinitionRow[]> {
    return this.loaders.defined(context, {
      recordType: recordType ?? undefined,
      includeRetired: includeRetired ?? false,
    });
  }

  @FieldResolver(() => [CardType], {
    description: 'Card types (typy kartotek) it is for; none: all of them.',
  })
  cardTypes(
    @Root() { cardTypeIds }: FeatureDefinitionRow,
    @Ctx() context: RequestContext,
  ): Promise<(CardTypeRow | null)[]> {
    const loader = this.cardTypesByKey(context);
    return Promise.all(cardTypeIds.map((id) => loader.load(keyOf('cardtype', id, 'cardTypes'))));
  }

  @Mutation(() => FeatureDefinition, {
    description:
      'Defines a feature. Throws BAD_USER_INPUT with every problem, DUPLICATE when the key is taken.',
  })
  defineFeature(
    @Arg('input', () => DefineFeatureInput, { description: 'The new definition.' }) input: DefineFeatureInput,
    @Ctx() context: RequestContext,
  ): Promise<FeatureDefinitionRow> {
    return this.service.define(context.actor, input);
  }

  @Mutation(() => FeatureDefinition, {
    description:
      'Changes or retires a definition; what records have stays. Throws BAD_USER_INPUT, NOT_FOUND, CONFLICT.',
  })
  updateFeatureDefinition(
    @Arg('input', () => UpdateFeatureDefinitionInput, { description: 'What to change.' })
    input: UpdateFeatureDefinitionInput,
    @Ctx() context: RequestContext,
  ): Promise<FeatureDefinitionRow> {
    return this.service.update(context.actor, input);
  }
}

@Resolver()
export class SetFeaturesResolver {
  constructor(private readonly service: FeatureService) {}

  @Mutation(() => RecordFields, {
    description:
      'Sets and clears features of one record, and answers it with its new version. Throws BAD_USER_INPUT with every problem, NOT_FOUND, CONFLICT.',
  })
  setFeatures(
    @Arg('input', () => SetFeaturesInput, { description: 'Which record, and its features.' })
    input: SetFeaturesInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.service.set(context.actor, input);
  }
}
