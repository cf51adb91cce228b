/** The sets of the ERP, in the order in which the README names them. */
import type { ErpSet } from '../export-set.ts';
import { ageingSet, balanceSet } from './figure-sets.ts';
import { invoiceLineSet, invoiceSet } from './invoice-sets.ts';
import { matchSet, paymentSet, settlementSet } from './ledger-sets.ts';
import { orderLineSet, orderSet } from './order-sets.ts';

export const erpSets: readonly ErpSet[] = [
  orderSet,
  orderLineSet,
  invoiceSet,
  invoiceLineSet,
  paymentSet,
  settlementSet,
  matchSet,
  balanceSet,
  ageingSet,
];
