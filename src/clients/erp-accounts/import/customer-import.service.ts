/**
 * Makes cards of an ERP's customers, and links those that have cards already, by tax id. Promises that no tax id gets a second
 * card, also not where two imports run at once, and that of each customer it is told what became of it and why. A customer
 * without a tax id gets a card unless one of a similar name in the same town may be it already: that is for people to say.
 */
import { usableCardType } from '../../../card-types/card-type.service.ts';
import type { Recorder } from '../../../changes/recorder.ts';
import type { Writing } from '../../../changes/writing.ts';
import { DomainError, DuplicateRecord } from '../../../errors.ts';
import type { CustomerRow } from '../../../erp/customers/customer.reader.ts';
import type { Actor } from '../../../request.ts';
import { publicId } from '../../../values/record-id.ts';
import { normalTaxId } from '../../../values/tax-id.ts';
import { clientKind } from '../../client.kind.ts';
import type { ClientRow } from '../../client.read.ts';
import type { ClientService } from '../../client.service.ts';
import type { ErpAccountService } from '../erp-account.service.ts';
import { cardOfCustomer, type Omitted } from './card-of-customer.ts';
import { accountOf, cardsLike, cardsWithTaxId, lockTaxIds } from './present-cards.ts';

interface Import {
  readonly cardType: string;
  readonly dryRun: boolean;
}

export type ImportOutcome =
  | {
      readonly customerId: string;
      readonly made: 'created';
      readonly client: ClientRow;
      readonly omitted: readonly Omitted[];
    }
  | { readonly customerId: string; readonly made: 'linked'; readonly client: ClientRow }
  | { readonly customerId: string; readonly made: 'left'; readonly reason: string };

class LeftAlone extends Error {}

const namesOf = (keys: readonly string[]): string => keys.map((key) => publicId('client', key)).join(', ');

export class CustomerImportService {
  constructor(
    private readonly recorder: Recorder,
    private readonly clients: ClientService,
    private readonly accounts: ErpAccountService,
  ) {}

  async hasCardType(key: string): Promise<boolean> {
    return (await usableCardType(this.recorder.manager, key)) !== undefined;
  }

  /** All in one transaction. Of a dry run nothing stays; its cards are as they would be. */
  async run(actor: Actor, customers: readonly CustomerRow[], how: Import): Promise<ImportOutcome[]> {
    try {
      return await this.together(actor, customers, how);
    } catch (fault) {
      // Somebody else's write came in between and holds a value that was free: found by looking again, one by one.
      if (!(fault instanceof DuplicateRecord)) throw fault;
    }
    const outcomes: ImportOutcome[] = [];
    for (const customer of customers) outcomes.push(await this.alone(actor, customer, how));
    return outcomes;
  }

  private async alone(actor: Actor, customer: CustomerRow, how: Import): Promise<ImportOutcome> {
    const { customerId } = customer;
    try {
      const [outcome] = await this.together(actor, [customer], how);
      return outcome ?? { customerId, made: 'left', reason: 'nothing came of it' };
    } catch (fault) {
      if (!(fault instanceof DuplicateRecord)) throw fault;
      return { customerId, made: 'left', reason: fault.message };
    }
  }

  private together(actor: Actor, customers: readonly CustomerRow[], how: Import): Promise<ImportOutcome[]> {
    const work = async (writing: Writing): Promise<ImportOutcome[]> => {
      const taxIds = customers.flatMap(({ taxId }) => normalTaxId(taxId ?? '') ?? []);
      await lockTaxIds(writing, taxIds);
      const outcomes: ImportOutcome[] = [];
      for (const customer of customers) outcomes.push(await this.one(writing, customer, how.cardType));
      return outcomes;
    };
    return how.dryRun ? this.recorder.rehearse(actor, work) : this.recorder.write(actor, work);
  }

  private async one(writing: Writing, customer: CustomerRow, cardType: string): Promise<ImportOutcome> {
    const { customerId } = customer;
    try {
      return await this.cardFor(writing, customer, cardType);
    } catch (fault) {
      // What rooms refuse they refuse before they write; what the database refuses is none of these, and ends the transaction.
      if (fault instanceof LeftAlone || fault instanceof DomainError)
        return { customerId, made: 'left', reason: fault.message };
      throw fault;
    }
  }

  /** Throws LeftAlone. */
  private async cardFor(writing: Writing, customer: CustomerRow, cardType: string): Promise<ImportOutcome> {
    const { customerId, company } = customer;
    const companyKey = company.key;
    const linkedTo = await accountOf(writing, companyKey, customerId);
    if (linkedTo !== undefined) throw new LeftAlone(`is linked to ${publicId('client', linkedTo)} already`);
    const taxId = normalTaxId(customer.taxId ?? '');
    const present = await this.present(writing, customer, taxId);
    const made = present === undefined ? await this.create(writing, customer, cardType, taxId) : undefined;
    const key = present ?? made?.key ?? '';
    await this.accounts.linkIn(writing, { clientId: publicId('client', key), companyKey, customerId });
    const client = await writing.read(clientKind, key);
    return made
      ? { customerId, made: 'created', client, omitted: made.omitted }
      : { customerId, made: 'linked', client };
  }

  /** The one card the customer has; undefined where it has none. Throws LeftAlone where that cannot be told. */
  private async present(
    writing: Writing,
    { name, taxId: written, address }: CustomerRow,
    taxId: string | undefined,
  ): Promise<string | undefined> {
    if (taxId === undefined) {
      if (written?.trim()) throw new LeftAlone(`its tax id ${JSON.stringify(written)} is none`);
      const alike = await cardsLike(writing, name, address.city);
      if (alike.length > 0) throw new LeftAlone(`has no tax id, and may have a card: ${namesOf(alike)}`);
      return undefined;
    }
    const { live, deleted } = await cardsWithTaxId(writing, taxId);
    if (live.length > 1) throw new LeftAlone(`several cards have its tax id: ${namesOf(live)}`);
    if (live.length === 0 && deleted.length > 0)
      throw new LeftAlone(`the card with its tax id is deleted: ${namesOf(deleted)}`);
    return live[0];
  }

  private async create(
    writing: Writing,
    customer: CustomerRow,
    cardType: string,
    taxId: string | undefined,
  ): Promise<{ key: string; omitted: readonly Omitted[] }> {
    const { input, omitted } = await cardOfCustomer(customer, cardType, taxId);
    const { code } = input;
    try {
      return { key: await this.clients.createIn(writing, input, { foreseeing: true }), omitted };
    } catch (fault) {
      if (!(fault instanceof DuplicateRecord) || fault.path !== 'input.code') throw fault;
    }
    // Symbols are unique within one ERP only.
    input.code = `${code.slice(0, 40)}-${customer.company.key.slice(0, 9)}`;
    const told = {
      field: 'code',
      reason: `${JSON.stringify(code)} is another card's: it is ${JSON.stringify(input.code)}`,
    };
    return {
      key: await this.clients.createIn(writing, input, { foreseeing: true }),
      omitted: [...omitted, told],
    };
  }
}
