/**
 * All customers of one ERP, page by page in the order of their symbols as its collation sorts them, then of their keys; narrowed
 * by words. Made for linking cards: not batched, since it hangs on nothing.
 */
import { InputRejected } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import { makePage } from '../../values/connection.ts';
import { decodeCursor, encodeCursor, pageRequest } from '../../values/page.ts';
import type { View } from '../catalogue.ts';
import { distinctColumns, outputOf } from '../columns.ts';
import type { Companies, Company } from '../companies.ts';
import { textConditions } from '../filter-conditions.ts';
import { keyValue } from '../key-types.ts';
import type { ErpPage } from '../merged-list.ts';
import { bracketed, Parameters, type Statement } from '../statement.ts';
import { customerDeclaration, toCustomer, type CustomerRow } from './customer.reader.ts';

export interface CustomerQuestion {
  readonly company: string;
  readonly search?: string | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

interface Position {
  readonly code: string;
  readonly id: string;
}

const longestSearch = 100;
const searched = ['code', 'name', 'tax_id', 'city'] as const;
const columns = distinctColumns(customerDeclaration.fields.columns);

export class CustomerSearch {
  constructor(private readonly companies: Companies) {}

  /** Throws InputRejected, or why the company gave no answer. */
  async page(context: RequestContext, question: CustomerQuestion): Promise<ErpPage<CustomerRow>> {
    const { first, after, search } = question;
    const company = this.companies.require(question.company, 'company');
    const paging = pageRequest({ first: first ?? null, after: after ?? null });
    const list = `erpCustomers ${company.key}`;
    const position = paging.cursor === undefined ? undefined : readPosition(list, paging.cursor);
    const words = wordsOf(search ?? '');
    const needed = columns.map(({ column }) => column);
    const view = await company.catalogue.view(customerDeclaration.view, needed, context.signal);
    const statement = listStatement(company, view, { words, position, limit: paging.size + 1 });
    const { rows: raw, ...freshness } = await company.ask(statement, context.signal);
    const read = customerDeclaration.fields.at({ company: company.key, view });
    const rows = raw.map((row) => toCustomer({ fields: read(row) }, company));
    const page = makePage<CustomerRow>({
      rows: rows.slice(0, paging.size),
      cursorOf: ({ code, customerId }) => encodeCursor(list, [code, customerId]),
      hasNextPage: rows.length > paging.size,
      hasPreviousPage: position !== undefined,
      totalCount: async () => {
        const counted = await company.ask(countStatement(company, view, words), context.signal);
        return Number(counted.rows[0]?.['total']);
      },
    });
    return { ...page, sources: [{ company: company.key, ...freshness }] };
  }
}

function wordsOf(search: string): readonly string[] {
  if (search.length > longestSearch)
    throw new InputRejected([
      { path: 'search', code: 'TOO_LONG', message: `at most ${longestSearch} characters` },
    ]);
  return [...new Set(search.split(/\s+/).filter((word) => word !== ''))];
}

function readPosition(list: string, cursor: string): Position {
  const [code, id] = decodeCursor(list, 2, cursor, 'after');
  if (code == null || id == null) throw notACursor();
  return { code, id };
}

const notACursor = () =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is not a cursor of this service' }]);

/** A part of any of the columns; a tax id also as it is written without dashes, on either side. */
function wordCondition(word: string, parameters: Parameters, view: View): string {
  const parts = searched.flatMap((column) => textConditions(column, { contains: word }, parameters, view));
  const digits = word.replaceAll('-', '');
  if (!/^\w*\d\w*$/.test(digits)) return `(${parts.join(' OR ')})`;
  const pattern = parameters.bind(
    { name: 'varchar', length: longestSearch + 2 },
    `%${digits.replaceAll('_', '')}%`,
  );
  return `(${[...parts, `REPLACE(v.[tax_id], '-', '') LIKE ${pattern}`].join(' OR ')})`;
}

function following({ code, id }: Position, parameters: Parameters, view: View): string {
  const idType = view.typeOf('customer_id');
  const idValue = keyValue(idType, id);
  const codeType = view.typeOf('code');
  if (idValue === undefined || ('length' in codeType && code.length > codeType.length)) throw notACursor();
  const [atCode, atId] = [parameters.bind(codeType, code), parameters.bind(idType, idValue)];
  return `v.[code] >= ${atCode} AND (v.[code] > ${atCode} OR v.[customer_id] > ${atId})`;
}

const fromCustomers = ({ schema }: Company, view: View, conditions: readonly string[]): string =>
  `FROM ${bracketed(schema)}.${bracketed(view.name)} AS v${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}`;

function listStatement(
  company: Company,
  view: View,
  asked: {
    readonly words: readonly string[];
    readonly position: Position | undefined;
    readonly limit: number;
  },
): Statement {
  const parameters = new Parameters();
  const top = parameters.bind({ name: 'int' }, asked.limit);
  const conditions = [
    ...asked.words.map((word) => wordCondition(word, parameters, view)),
    ...(asked.position ? [following(asked.position, parameters, view)] : []),
  ];
  const outputs = columns.map((use) => outputOf(use, 'v', view)).join(', ');
  const text = `SELECT TOP (${top}) ${outputs}\n${fromCustomers(company, view, conditions)}\nORDER BY v.[code], v.[customer_id]`;
  return { shape: 'customers searched', text, parameters: parameters.list };
}

function countStatement(company: Company, view: View, words: readonly string[]): Statement {
  const parameters = new Parameters();
  const conditions = words.map((word) => wordCondition(word, parameters, view));
  const text = `SELECT COUNT_BIG(*) AS total\n${fromCustomers(company, view, conditions)}`;
  return { shape: 'customers counted', text, parameters: parameters.list };
}
