import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Debtor } from '../../erp/debtors/debtor.type.ts';
import { Invoice } from '../../erp/invoices/invoice.type.ts';
import { Order } from '../../erp/orders/order.type.ts';
import { Payment } from '../../erp/payments/payment.type.ts';
import { Settlement } from '../../erp/settlements/settlement.type.ts';
import type { RequestContext } from '../../request.ts';
import type { ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import type { AccountLoaders, Document } from './account.loaders.ts';

const description =
  'The card of the customer it belongs to (kartoteka); null while that customer is linked to none.';

@Resolver(() => Order)
export class CardOfOrderResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => Client, { nullable: true, description })
  client(@Root() order: Document, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.accounts.clientOfDocument(context, order);
  }
}

@Resolver(() => Invoice)
export class CardOfInvoiceResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => Client, { nullable: true, description })
  client(@Root() invoice: Document, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.accounts.clientOfDocument(context, invoice);
  }
}

@Resolver(() => Payment)
export class CardOfPaymentResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => Client, { nullable: true, description })
  client(@Root() payment: Document, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.accounts.clientOfDocument(context, payment);
  }
}

@Resolver(() => Settlement)
export class CardOfSettlementResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => Client, { nullable: true, description })
  client(@Root() settlement: Document, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.accounts.clientOfDocument(context, settlement);
  }
}

@Resolver(() => Debtor)
export class CardOfDebtorResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => Client, {
    nullable: true,
    description: 'Its card (kartoteka); null while it is linked to none.',
  })
  client(@Root() debtor: Document, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.accounts.clientOfDocument(context, debtor);
  }
}
