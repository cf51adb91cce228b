/** Adds `invoices` to Client and to orders, and to an invoice what is found by further questions. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import { Money } from '../../values/money.ts';
import { selectionOf } from '../../values/selection.ts';
import { selectsTotal } from '../connection.type.ts';
import { inCurrency, inCurrencyOrNull } from '../in-currency.ts';
import type { OrderRow } from '../orders/order.reader.ts';
import { Order } from '../orders/order.type.ts';
import type { InvoiceLoaders } from './invoice.loaders.ts';
import type { InvoiceRow } from './invoice.reader.ts';
import { Invoice, InvoiceConnection, InvoiceFilter, InvoiceLine, PaidStateEnum } from './invoice.type.ts';

const debt = { paid: true, remaining: true, paidState: true, overdue: true, daysOverdue: true } as const;
const selectsDebt = selectionOf({ nodes: debt, edges: { node: debt } });

@Resolver(() => Client)
export class ClientInvoicesResolver {
  constructor(private readonly loaders: InvoiceLoaders) {}

  @FieldResolver(() => InvoiceConnection, {
    nullable: true,
    description:
      'Invoices (faktury) in the ERPs, newest first: by day, then company, then key. Null when a company asked cannot answer.',
  })
  invoices(
    @Root() client: Client,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' })
    after: string | undefined,
    @Arg('filter', () => InvoiceFilter, { nullable: true, description: 'Which invoices.' })
    filter: InvoiceFilter | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const question = { first, after, filter: filter ?? {} };
    const ahead = { debts: selectsDebt(info), counted: selectsTotal(info) };
    return this.loaders.ofClient(context, client.id, question, ahead);
  }
}

@Resolver(() => Order)
export class OrderInvoicesResolver {
  constructor(private readonly loaders: InvoiceLoaders) {}

  @FieldResolver(() => [Invoice], { nullable: true, description: 'The invoices that bill it (faktury).' })
  invoices(@Root() order: OrderRow, @Ctx() context: RequestContext) {
    return this.loaders.ofOrder(context, order);
  }
}

@Resolver(() => Invoice)
export class InvoiceResolver {
  constructor(private readonly loaders: InvoiceLoaders) {}

  @FieldResolver(() => [InvoiceLine], { nullable: true, description: 'Its lines (pozycje), in their order.' })
  lines(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return this.loaders.lines(context, invoice);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Gross less what remains (zapłacono); null when cancelled.',
  })
  async paid(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    const { paid } = await this.loaders.debt(context, invoice);
    return inCurrencyOrNull(paid, invoice.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'Still to be paid, now (pozostaje). From the invoice, or from its settlements where only they know.',
  })
  async remaining(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    const { remaining } = await this.loaders.debt(context, invoice);
    return inCurrency(remaining, invoice.currency);
  }

  @FieldResolver(() => PaidStateEnum, {
    nullable: true,
    description: 'How far it is paid; null when cancelled.',
  })
  async paidState(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return (await this.loaders.debt(context, invoice)).paidState;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether something remains after its due day (po terminie), by the company's calendar.",
  })
  async overdue(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return (await this.loaders.debt(context, invoice)).overdue;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Days past its due day; 0 while it is not overdue.',
  })
  async daysOverdue(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return (await this.loaders.debt(context, invoice)).daysOverdue;
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'The invoice that this one corrects.' })
  corrects(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return this.loaders.corrected(context, invoice);
  }

  @FieldResolver(() => [Invoice], {
    nullable: true,
    description: 'The corrections of this one (korekty), oldest first, cancelled ones included.',
  })
  corrections(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return this.loaders.corrections(context, invoice);
  }

  @FieldResolver(() => [Order], { nullable: true, description: 'The orders that it bills (zamówienia).' })
  orders(@Root() invoice: InvoiceRow, @Ctx() context: RequestContext) {
    return this.loaders.ordersOf(context, invoice);
  }
}
