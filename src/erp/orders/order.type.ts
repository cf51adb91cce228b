/** Sales orders as callers see them. */
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateFilter, StringFilter } from '../../values/filters.ts';
import { Money } from '../../values/money.ts';
import { Node } from '../../values/node.type.ts';
import { DateScalar, DecimalScalar } from '../../values/scalars.ts';
import { ErpCompany } from '../company.type.ts';
import { erpConnectionOf } from '../connection.type.ts';
import { orderStatuses, type OrderStatus } from './order.reader.ts';

const OrderStatusEnum = Object.fromEntries(orderStatuses.map((status) => [status, status]));
registerEnumType(OrderStatusEnum, {
  name: 'OrderStatus',
  description: 'How far an order is. statusText has the word that the ERP itself uses.',
  valuesConfig: {
    DRAFT: { description: 'Not confirmed yet (bufor).' },
    OPEN: { description: 'Confirmed, nothing delivered (otwarte).' },
    PARTLY_DELIVERED: { description: 'Part of it delivered (częściowo zrealizowane).' },
    DELIVERED: { description: 'All of it delivered (zrealizowane).' },
    CANCELLED: { description: 'Cancelled (anulowane).' },
    UNKNOWN: { description: 'A state that the ERP does not tell in these words.' },
  },
});

@ObjectType({ implements: Node, description: 'A sales order (zamówienie).', simpleResolvers: true })
export class Order extends Node {
  @Field(() => ErpCompany, { description: 'Whose ERP holds it.' })
  company!: ErpCompany;

  @Field(() => String, { description: 'Its number as printed (numer).' })
  number!: string;

  @Field(() => DateScalar, { description: 'The day it was placed (data zamówienia).' })
  orderedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day it is wanted (termin realizacji).' })
  requestedOn!: string | null;

  @Field(() => OrderStatusEnum, { description: 'How far it is (stan).' })
  status!: OrderStatus;

  @Field(() => String, { nullable: true, description: "The ERP's own word for its state." })
  statusText!: string | null;

  @Field(() => Money, {
    nullable: true,
    description: 'Net value (netto); null where the ERP keeps no total.',
  })
  net!: Money | null;

  @Field(() => Money, {
    nullable: true,
    description: 'Gross value (brutto); null where the ERP keeps no total.',
  })
  gross!: Money | null;
}

@ObjectType({ description: 'A line of an order (pozycja zamówienia).', simpleResolvers: true })
export class OrderLine {
  @Field(() => Int, { description: 'Its number in the order (lp.).' })
  lineNo!: number;

  @Field(() => String, { nullable: true, description: "The product's code (kod towaru)." })
  productCode!: string | null;

  @Field(() => String, { description: "The product's name (nazwa towaru)." })
  productName!: string;

  @Field(() => String, { nullable: true, description: "The product's group (grupa towarowa)." })
  productGroup!: string | null;

  @Field(() => DecimalScalar, { description: 'How much was ordered (ilość).' })
  quantity!: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'How much was delivered (zrealizowano).' })
  delivered!: string | null;

  @Field(() => String, { nullable: true, description: 'Unit of the quantity (jednostka miary).' })
  unit!: string | null;

  @Field(() => Money, { nullable: true, description: 'Net price of one unit (cena netto).' })
  netPrice!: Money | null;

  @Field(() => Money, { description: 'Net value (wartość netto).' })
  net!: Money;
}

@InputType({ description: 'Which orders. All members given hold together.' })
export class OrderFilter {
  @Field(() => String, { nullable: true, description: 'Only this company, by its key.' })
  company?: string | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it was placed.' })
  orderedOn?: DateFilter | null;

  @Field(() => [OrderStatusEnum], { nullable: true, description: 'In one of these states.' })
  status?: OrderStatus[] | null;

  @Field(() => StringFilter, { nullable: true, description: 'Its number as printed.' })
  number?: StringFilter | null;

  @Field(() => String, { nullable: true, description: 'In this currency, ISO 4217.' })
  currency?: string | null;
}

export const OrderConnection = erpConnectionOf(Order, 'Order', 'orders (zamówienia)');
