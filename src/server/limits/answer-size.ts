/**
 * How many objects an answer holds, counted as its lists come. Before an operation runs its size is only reckoned: how long a list without
 * pages is, such as who takes part in a meeting, nobody knows then. Beyond the same bound no list is answered any more, and a query is
 * refused as if that had been known.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  OperationTypeNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from '../../request.ts';
import { TooComplex } from './too-complex.ts';

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;

const isListOfObjects = (type: GraphQLOutputType): boolean =>
  isListType(getNullableType(type)) && isCompositeType(getNamedType(type));

class Answers {
  private readonly counted = new WeakMap<RequestContext, number>();

  constructor(private readonly most: number) {}

  /** The resolver, whose lists count. Throws TooComplex where the answer holds too much already. */
  counting(resolve: Resolve): Resolve {
    return (source, given, context, info) => {
      this.refuseBeyond(context);
      const answered: unknown = resolve(source, given, context, info);
      return answered instanceof Promise
        ? answered.then((list: unknown) => this.count(context, list))
        : this.count(context, answered);
    };
  }

  isBeyond(context: RequestContext): boolean {
    return this.countOf(context) > this.most;
  }

  private count(context: RequestContext, list: unknown): unknown {
    if (!Array.isArray(list)) return list;
    this.counted.set(context, this.countOf(context) + list.length);
    this.refuseBeyond(context);
    return list;
  }

  private countOf(context: RequestContext): number {
    return this.counted.get(context) ?? 0;
  }

  private refuseBeyond(context: RequestContext): void {
    if (this.isBeyond(context))
      throw new TooComplex('answer', this.most, this.countOf(context), 'objects of the answer');
  }
}

/** Counts in the schema's own resolvers: of lists alone, as whatever runs for each field costs a list half of its speed. */
export function boundAnswers(schema: GraphQLSchema, most: number): ApolloServerPlugin<RequestContext> {
  const answers = new Answers(most);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      if (isListOfObjects(field.type))
        field.resolve = answers.counting((field.resolve as Resolve | undefined) ?? defaultFieldResolver);
  }
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ contextValue, operation, response: { body } }) => {
          // What a mutation has written is written: its answer keeps what there is of it.
          if (
            !answers.isBeyond(contextValue) ||
            operation?.operation !== OperationTypeNode.QUERY ||
            body.kind !== 'single'
          )
            return Promise.resolve();
          const told = body.singleResult.errors?.find(
            ({ extensions }) => extensions?.['code'] === 'TOO_COMPLEX',
          );
          body.singleResult = told ? { errors: [told] } : body.singleResult;
          return Promise.resolve();
        },
      }),
  };
}
