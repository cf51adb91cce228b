/**
 * The short form in which the sample's cards are written down, and what makes whole cards of it: ids from stable names, e-mail
 * addresses from the firm's domain, account managers and members' cards as ids. Contacts, delivery places and recipients are
 * written as tables, a row to a line, cells apart by |, and empty cells at the end left out.
 */
import type {
  SampleAddress,
  SampleCard,
  SampleContact,
  SampleDeliveryPlace,
  SampleErpAccount,
  SampleRecipient,
} from './card.type.ts';
import { stableId } from './stable-id.ts';
import { managers } from './users.ts';

interface CardNote {
  readonly code: string;
  readonly active?: false;
  readonly cardType: string;
  readonly shortName: string;
  readonly fullName: string;
  readonly taxId: string;
  readonly regon?: string;
  readonly address: SampleAddress;
  readonly phone: string;
  readonly mobile?: string;
  readonly fax?: string;
  /** The firm's domain without its ending: all e-mail addresses and the website are made from it. */
  readonly domain: string;
  readonly manager?: keyof typeof managers;
  readonly main?: readonly string[];
  readonly export?: readonly string[];
  /** First name | last name | position | department | mobile | phone | inactive */
  readonly contacts: string;
  /** Code | name | street | postal code | city | contact name | phone | opening hours | instructions */
  readonly deliveryPlaces?: string;
  /** Code | name | NIP | street | postal code | city | contact name | phone | e-mail | code of the member's card | code of the delivery place | inactive */
  readonly recipients?: string;
}

export function address(street: string, postalCode: string, city: string, country = 'PL'): SampleAddress {
  return { street, postalCode, city, country };
}

export function card(note: CardNote): SampleCard {
  const domain = `${note.domain}.example`;
  return {
    id: cardId(note.code),
    code: note.code,
    active: note.active ?? true,
    cardType: note.cardType,
    shortName: note.shortName,
    fullName: note.fullName,
    taxId: note.taxId,
    regon: note.regon ?? null,
    address: note.address,
    phone: note.phone,
    mobile: note.mobile ?? null,
    fax: note.fax ?? null,
    email: `biuro@${domain}`,
    website: `https://www.${domain}`,
    accountManagerId: note.manager === undefined ? null : managers[note.manager].id,
    erpAccounts: [...accounts('main', note.main), ...accounts('export', note.export)],
    contacts: rows(note.contacts).map((cells, index) => contact(cells, note.code, domain, index)),
    deliveryPlaces: rows(note.deliveryPlaces).map((cells) => deliveryPlace(cells, note, domain)),
    recipients: rows(note.recipients).map((cells) => recipient(cells, note)),
  };
}

function accounts(company: SampleErpAccount['company'], ids: readonly string[] = []): SampleErpAccount[] {
  return ids.map((customerId) => ({ company, customerId }));
}

/** One row of a table; a cell that must be there is asked for with `text`, one that may be missing with `optional`. */
class Cells {
  readonly #line: string;
  readonly #cells: readonly string[];

  constructor(line: string) {
    this.#line = line;
    this.#cells = line.split('|').map((cell) => cell.trim());
  }

  optional(index: number): string | null {
    const cell = this.#cells[index];
    return cell === undefined || cell === '' ? null : cell;
  }

  text(index: number): string {
    const cell = this.optional(index);
    if (cell === null) throw new Error(`Sample row without cell ${index}: ${this.#line}`);
    return cell;
  }

  address(index: number, country: string): SampleAddress {
    return address(this.text(index), this.text(index + 1), this.text(index + 2), country);
  }
}

function rows(table = ''): Cells[] {
  const lines = table.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => new Cells(line));
}

function contact(cells: Cells, code: string, domain: string, index: number): SampleContact {
  const firstName = cells.optional(0);
  const lastName = cells.text(1);
  const name = firstName === null ? lastName : `${firstName}.${lastName}`;
  return {
    id: stableId(`contact:${code}:${index}`),
    active: cells.optional(6) !== 'inactive',
    lastName,
    firstName,
    email: `${plainLetters(name)}@${domain}`,
    phone: cells.optional(5),
    mobile: cells.optional(4),
    position: cells.text(2),
    department: cells.text(3),
    primary: index === 0,
  };
}

function deliveryPlace(cells: Cells, note: CardNote, domain: string): SampleDeliveryPlace {
  const code = cells.text(0);
  return {
    id: placeId(note.code, code),
    active: true,
    code,
    name: cells.text(1),
    address: cells.address(2, note.address.country),
    contactName: cells.text(5),
    phone: cells.text(6),
    email: `${code.toLowerCase()}@${domain}`,
    openingHours: cells.text(7),
    instructions: cells.optional(8),
  };
}

function recipient(cells: Cells, note: CardNote): SampleRecipient {
  const code = cells.text(0);
  const memberCard = cells.optional(9);
  const place = cells.optional(10);
  return {
    id: stableId(`recipient:${note.code}:${code}`),
    active: cells.optional(11) !== 'inactive',
    code,
    name: cells.text(1),
    taxId: cells.optional(2),
    address: cells.address(3, note.address.country),
    contactName: cells.optional(6),
    phone: cells.optional(7),
    email: cells.optional(8),
    memberCardId: memberCard === null ? null : cardId(memberCard),
    deliveryPlaceId: place === null ? null : placeId(note.code, place),
  };
}

function cardId(code: string): string {
  return stableId(`card:${code}`);
}

function placeId(card: string, place: string): string {
  return stableId(`delivery-place:${card}:${place}`);
}

/** Ł and ß have no decomposition, so stripping accents alone would leave them out. */
function plainLetters(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z.-]/g, '');
}
