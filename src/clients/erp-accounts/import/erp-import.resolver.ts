import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../request.ts';
import type { ClientRow } from '../../client.read.ts';
import { Client } from '../../client.type.ts';
import type { ImportOutcome } from './customer-import.service.ts';
import type { ErpImport } from './erp-import.ts';
import {
  ImportErpCustomersInput,
  ImportErpCustomersResult,
  type ImportLeft,
  type ImportOmitted,
} from './import.type.ts';

interface Result {
  readonly created: readonly ClientRow[];
  readonly linked: readonly ClientRow[];
  readonly left: readonly ImportLeft[];
  readonly omitted: readonly ImportOmitted[];
}

const resultOf = (outcomes: readonly ImportOutcome[]): Result => ({
  created: outcomes.flatMap((one) => (one.made === 'created' ? [one.client] : [])),
  linked: outcomes.flatMap((one) => (one.made === 'linked' ? [one.client] : [])),
  left: outcomes.flatMap((one) => (one.made === 'left' ? [one] : [])),
  omitted: outcomes.flatMap((one) =>
    one.made === 'created' ? one.omitted.map((what) => ({ customerId: one.customerId, ...what })) : [],
  ),
});

@Resolver(() => ImportErpCustomersResult)
export class ErpImportResolver {
  constructor(private readonly imports: ErpImport) {}

  @FieldResolver(() => [Client], {
    description: 'New cards, each linked to its customer; of a dry run as they would be.',
  })
  created(@Root() { created }: Result): readonly ClientRow[] {
    return created;
  }

  @FieldResolver(() => [Client], {
    description: 'Cards that were there, and are linked now to the customer with their tax id.',
  })
  linked(@Root() { linked }: Result): readonly ClientRow[] {
    return linked;
  }

  @Mutation(() => ImportErpCustomersResult, {
    description:
      'Gives customers (kontrahenci) of an ERP their cards: links the card that has the tax id, makes one where none has, and tells of each customer it leaves alone why. No tax id gets a second card. At most 200 at once; `npm run import:erp` takes all. Throws BAD_USER_INPUT, ERP_UNAVAILABLE, ERP_TIMEOUT, ERP_CONTRACT, NOT_OFFERED.',
  })
  async importErpCustomers(
    @Arg('input', () => ImportErpCustomersInput, { description: 'Which customers.' })
    input: ImportErpCustomersInput,
    @Ctx() context: RequestContext,
  ): Promise<Result> {
    const { company, cardType, customerIds, dryRun } = input;
    const call = { company, cardType: cardType.trim(), dryRun: dryRun ?? false };
    return resultOf(await this.imports.named(context, customerIds, call));
  }
}
