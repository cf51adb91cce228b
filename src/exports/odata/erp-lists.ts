/** Pages of an ERP's sets: company by company, customer by customer, each going on behind the last row that was told. */
import { InputRejected } from '../../errors.ts';
import type { Sight } from '../../reads/own-cards.ts';
import { parsePublicId } from '../../values/record-id.ts';
import type { Cell, Row } from '../cells.ts';
import type { ErpExports, ErpRowsRequest } from '../erp-rows.ts';
import { narrowingOf, type Narrowing } from './erp-filter.ts';
import { rejected, Unsupported } from './faults.ts';
import type { ListOptions } from './list-options.ts';
import type { ErpEntity } from './model.ts';
import type { OdataPage, OdataRecord } from './records.ts';

export interface ErpPage {
  readonly entity: ErpEntity;
  readonly names: ReadonlySet<string>;
  readonly options: ListOptions;
  readonly size: number;
  readonly sight: Sight | undefined;
  readonly signal: AbortSignal;
}

interface ErpOdataPage extends OdataPage {
  /** Keys of companies whose ERP has nothing of the kind. */
  readonly notOffered: readonly string[];
}

const nothing: ErpOdataPage = { records: [], token: undefined, notOffered: [] };

function requirePossible({ name }: ErpEntity, { order, skip, count }: ListOptions): void {
  const comes = `${name} comes from an ERP, company by company and customer by customer`;
  if (order.length > 0) throw new Unsupported('$orderby', `${comes}: in no other order`);
  if (skip > 0) throw new Unsupported('$skip', `${comes}: go along the links to the next page`);
  if (count) throw new Unsupported('$count', `${comes}: it is not counted before it has been read`);
}

/** Undefined where no row can be of it. */
function requestOf(
  { entity, names, options: { token } }: ErpPage,
  { company, customerId, clientId, from, to, updatedSince, alsoUndated, asOf }: Narrowing,
  companies: readonly string[],
): ErpRowsRequest | undefined {
  const { set } = entity;
  const card = clientId === undefined ? undefined : parsePublicId(clientId);
  if (clientId !== undefined && card?.kind !== 'client') return undefined;
  if (company !== undefined && !companies.includes(company)) return undefined;
  return {
    columns: set.columns.filter(({ name }) => names.has(name) || name === set.cursor),
    client: card?.key,
    cardType: undefined,
    company,
    customer: customerId,
    after: token,
    updatedSince,
    erpTimesAlone: true,
    datedOnly: alsoUndated === false,
    from,
    to,
    asOf,
  };
}

export class ErpLists {
  constructor(
    private readonly exports: ErpExports,
    private readonly companies: readonly string[],
  ) {}

  /** Throws InputRejected, Unsupported, NotOffered, or why a company gave no answer. */
  async page(asked: ErpPage): Promise<ErpOdataPage> {
    const { entity, options, sight, signal } = asked;
    requirePossible(entity, options);
    const narrowing = narrowingOf(entity, options.filter);
    const request = narrowing && requestOf(asked, narrowing, this.companies);
    if (!request || asked.size === 0) return nothing;
    try {
      const { rows, notOffered } = await this.exports.open({ set: entity.set, request, sight, signal });
      return { ...(await firstOf(rows, asked, request)), notOffered };
    } catch (fault) {
      if (fault instanceof InputRejected && fault.problems.some(({ path }) => path === 'after'))
        throw rejected('$skiptoken', 'CURSOR', 'is not one of this set');
      throw fault;
    }
  }
}

/** As many as a page has, and whether there is one more. */
async function firstOf(
  rows: AsyncIterable<readonly Row[]>,
  { entity, size }: ErpPage,
  { columns }: ErpRowsRequest,
): Promise<OdataPage> {
  const records: OdataRecord[] = [];
  let cursor: Cell = null;
  const names = columns.map(({ name }) => name);
  for await (const batch of rows)
    for (const row of batch) {
      const cells = Object.fromEntries(names.map((name, place) => [name, row[place] ?? null]));
      if (records.length === size) return { records, token: String(cursor) };
      records.push({ cells, expanded: new Map() });
      cursor = cells[entity.set.cursor] ?? null;
    }
  return { records, token: undefined };
}
