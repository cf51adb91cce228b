import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Reads } from '../reads/reads.ts';
import type { RequestContext } from '../request.ts';
import { cardTypeRead, type CardTypeRow } from './card-type.read.ts';
import type { CardTypeService } from './card-type.service.ts';
import { CardType, DefineCardTypeInput, UpdateCardTypeInput } from './card-type.type.ts';

@Resolver(() => CardType)
export class CardTypeResolver {
  constructor(
    private readonly reads: Reads,
    private readonly service: CardTypeService,
  ) {}

  @Query(() => [CardType], {
    description: 'All card types (typy kartotek) by name, also those switched off.',
  })
  cardTypes(): Promise<readonly CardTypeRow[]> {
    return this.reads.all(cardTypeRead);
  }

  @Mutation(() => CardType, { description: 'Adds a card type. Throws DUPLICATE when the key is taken.' })
  defineCardType(
    @Arg('input', () => DefineCardTypeInput, { description: 'The new type.' }) input: DefineCardTypeInput,
    @Ctx() context: RequestContext,
  ): Promise<CardTypeRow> {
    return this.service.define(context.actor, input);
  }

  @Mutation(() => CardType, { description: 'Changes a card type. Throws NOT_FOUND, CONFLICT.' })
  updateCardType(
    @Arg('input', () => UpdateCardTypeInput, { description: 'What to change.' }) input: UpdateCardTypeInput,
    @Ctx() context: RequestContext,
  ): Promise<CardTypeRow> {
    return this.service.update(context.actor, input);
  }
}
