/** Connections of ERP records: as all others, and with how fresh each company's part is. */
import { Field, type ClassType } from 'type-graphql';
import { connectionOf } from '../values/connection.ts';
import { selectionOf } from '../values/selection.ts';
import { CompanySource } from './company.type.ts';

export function erpConnectionOf<Row extends object>(node: ClassType<Row>, name: string, plural: string) {
  const Connection = connectionOf(node, name, plural);
  const description = 'How fresh each part is: one entry per company that was asked.';
  Field(() => [CompanySource], { description })(Connection.prototype, 'sources');
  return Connection;
}

/** Whether the connection's total will be asked for. */
export const selectsTotal = selectionOf({ totalCount: true });
