/** Adds `settlements` to Client, what settled what to invoices and payments, and to matches what stands at their ends. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import { Money } from '../../values/money.ts';
import { selectsTotal } from '../connection.type.ts';
import type { InvoiceRow } from '../invoices/invoice.reader.ts';
import { Invoice } from '../invoices/invoice.type.ts';
import type { PaymentRow } from '../payments/payment.reader.ts';
import { Payment } from '../payments/payment.type.ts';
import type { MatchLoaders } from './match.loaders.ts';
import type { MatchRow } from './match.reader.ts';
import type { SettlementLoaders } from './settlement.loaders.ts';
import type { SettlementRow } from './settlement.reader.ts';
import { Settlement, SettlementConnection, SettlementFilter, SettlementMatch } from './settlement.type.ts';

@Resolver(() => Client)
export class ClientSettlementsResolver {
  constructor(private readonly loaders: SettlementLoaders) {}

  @FieldResolver(() => SettlementConnection, {
    nullable: true,
    description:
      'Settlements (rozrachunki) in the ERPs, newest first: by day, then company, then key. Null when a company asked cannot answer.',
  })
  settlements(
    @Root() client: Client,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' })
    after: string | undefined,
    @Arg('filter', () => SettlementFilter, { nullable: true, description: 'Which settlements.' })
    filter: SettlementFilter | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const question = { first, after, filter: filter ?? {} };
    return this.loaders.ofClient(context, client.id, question, { counted: selectsTotal(info) });
  }
}

@Resolver(() => Invoice)
export class InvoiceSettlementsResolver {
  constructor(
    private readonly settlementLoaders: SettlementLoaders,
    private readonly matches: MatchLoaders,
  ) {}

  @FieldResolver(() => [Settlement], {
    nullable: true,
    description: 'Its open and settled items (rozrachunki), as they fall due.',
  })
  settlements(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return this.settlementLoaders.ofInvoice(context, invoice);
  }

  @FieldResolver(() => [Payment], {
    nullable: true,
    description: 'The payments matched to it (płatności), once each, oldest first.',
  })
  payments(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return this.matches.paymentsOf(context, invoice);
  }
}

@Resolver(() => Settlement)
export class SettlementResolver {
  constructor(
    private readonly loaders: SettlementLoaders,
    private readonly matchLoaders: MatchLoaders,
  ) {}

  @FieldResolver(() => Invoice, { nullable: true, description: 'The invoice it is of (faktura).' })
  invoice(@Root() settlement: SettlementRow, @Ctx() context: RequestContext) {
    return this.loaders.invoice(context, settlement);
  }

  @FieldResolver(() => [SettlementMatch], {
    nullable: true,
    description: 'What settled it (rozliczenia), oldest first.',
  })
  matches(@Root() settlement: SettlementRow, @Ctx() context: RequestContext) {
    return this.matchLoaders.ofSettlement(context, settlement);
  }
}

@Resolver(() => Payment)
export class PaymentMatchesResolver {
  constructor(private readonly loaders: MatchLoaders) {}

  @FieldResolver(() => [SettlementMatch], {
    nullable: true,
    description: 'What it settled (rozliczenia), oldest first.',
  })
  matches(@Root() payment: PaymentRow, @Ctx() context: RequestContext) {
    return this.loaders.ofPayment(context, payment);
  }
}

@Resolver(() => SettlementMatch)
export class SettlementMatchResolver {
  constructor(private readonly loaders: MatchLoaders) {}

  @FieldResolver(() => Money, {
    nullable: true,
    description: "How much of the payment it took, where the payment's currency is another.",
  })
  paymentAmount(@Root() match: MatchRow, @Ctx() context: RequestContext) {
    return this.loaders.paymentAmount(context, match);
  }

  @FieldResolver(() => Payment, {
    nullable: true,
    description: "The payment (płatność); null for a compensation, or when it is another customer's.",
  })
  payment(@Root() match: MatchRow, @Ctx() context: RequestContext) {
    return this.loaders.payment(context, match);
  }

  @FieldResolver(() => Settlement, {
    nullable: true,
    description: "The item that was settled (rozrachunek); null when it is another customer's.",
  })
  settlement(@Root() match: MatchRow, @Ctx() context: RequestContext) {
    return this.loaders.settlement(context, match);
  }

  @FieldResolver(() => Settlement, {
    nullable: true,
    description:
      "The item it was compensated with (kompensata); null for a payment, or when it is another customer's.",
  })
  counterSettlement(@Root() match: MatchRow, @Ctx() context: RequestContext) {
    return this.loaders.counterSettlement(context, match);
  }
}
