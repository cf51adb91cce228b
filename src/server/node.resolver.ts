import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { InputRejected } from '../errors.ts';
import type { RequestContext } from '../request.ts';
import { Node } from '../values/node.type.ts';

/** Answers a record by an id it knows the form of, null where there is none, undefined where the form is not its own. */
export type NodeSource = (context: RequestContext, id: string) => Promise<object | null> | undefined;

const maxIds = 200;

@Resolver()
export class NodeResolver {
  constructor(private readonly sources: readonly NodeSource[]) {}

  @Query(() => Node, {
    nullable: true,
    description:
      'Any record by its id; null when there is none. Throws BAD_USER_INPUT for what is not an id.',
  })
  async node(
    @Arg('id', () => ID, { description: 'Id of the record.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const [found = null] = await this.find(context, [id], () => 'id');
    return found;
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'Records by their ids, in their order, null where there is none. At most 200 at once.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Ids of the records.' }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(object | null)[]> {
    if (ids.length > maxIds)
      throw new InputRejected([{ path: 'ids', code: 'TOO_MANY', message: `at most ${maxIds} at once` }]);
    return this.find(context, ids, (index) => `ids.${index}`);
  }

  private find(
    context: RequestContext,
    ids: readonly string[],
    pathOf: (index: number) => string,
  ): Promise<(object | null)[]> {
    const found = ids.map((id) => this.ask(context, id));
    const problems = found.flatMap((answer, index) =>
      answer ? [] : [{ path: pathOf(index), code: 'ID', message: 'is not an id of this service' }],
    );
    const answers = found.filter((answer) => answer !== undefined);
    if (problems.length === 0) return Promise.all(answers);
    // These are under way; were one to fail with nobody waiting for it, the process would end.
    void Promise.allSettled(answers);
    throw new InputRejected(problems);
  }

  private ask(context: RequestContext, id: string): ReturnType<NodeSource> {
    for (const source of this.sources) {
      const found = source(context, id);
      if (found) return found;
    }
    return undefined;
  }
}
