/** Finds the one customer that somebody names, asked of the ERP itself: before a card is linked to it. */
import { InputRejected } from '../../errors.ts';
import { key, record } from '../columns.ts';
import { askedNow, type Company } from '../companies.ts';
import { keySpelling } from '../key-types.ts';
import { readRelated, type Declaration } from '../related-read.ts';

const declaration: Declaration<{ readonly customerId: string }> = {
  view: 'customer',
  key: ['customer_id'],
  fields: record({ customerId: key('customer_id') }),
};

/**
 * The id as the ERP gives it, however it was typed: one customer has one id. Throws InputRejected with code CUSTOMER_ID where no
 * id of this ERP is written so and CUSTOMER where it has none with this one, or why the company gave no answer.
 */
export async function requireCustomer(
  company: Company,
  typed: string,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const view = await company.catalogue.view(declaration.view, declaration.key, signal);
  const id = keySpelling(view.typeOf('customer_id'), typed);
  const question = { by: declaration.key, groups: [[[id]]], order: [] };
  const asking = askedNow(company);
  const { rows, foreign, faults } = await readRelated(asking, declaration, question, signal);
  for (const fault of faults.values()) throw fault;
  const [found] = rows;
  if (found) return found.fields.customerId;
  const problem =
    foreign.size > 0
      ? { code: 'CUSTOMER_ID', message: `is not written as customer ids of ${company.key} are` }
      : { code: 'CUSTOMER', message: `there is no such customer in the ERP of ${company.key}` };
  throw new InputRejected([{ path, ...problem }]);
}
