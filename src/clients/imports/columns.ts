/** What the columns of a file hold, told by their names: as the API has them, or in Polish as spreadsheets do. */

/** Members of a card, `address.` and `contact.` before those of its address and of its first contact. */
const names: Readonly<Record<string, readonly string[]>> = {
  code: ['kod', 'akronim', 'symbol'],
  cardType: ['typ', 'typ kartoteki'],
  shortName: ['nazwa skrócona', 'nazwa krótka', 'skrót'],
  fullName: ['nazwa', 'pełna nazwa', 'name'],
  taxId: ['NIP', 'VAT id'],
  regon: [],
  active: ['aktywny', 'aktywna'],
  'address.street': ['ulica', 'street', 'adres'],
  'address.postalCode': ['kod pocztowy', 'postal code', 'zip'],
  'address.city': ['miejscowość', 'miasto', 'city'],
  'address.country': ['kraj', 'country'],
  phone: ['telefon', 'tel'],
  mobile: ['komórka', 'telefon komórkowy'],
  fax: ['faks'],
  email: ['mail'],
  website: ['www', 'strona'],
  accountManager: ['opiekun'],
  'contact.lastName': ['nazwisko', 'kontakt nazwisko'],
  'contact.firstName': ['imię', 'kontakt imię'],
  'contact.email': ['kontakt email'],
  'contact.phone': ['kontakt telefon'],
  'contact.mobile': ['kontakt komórka'],
  'contact.position': ['stanowisko', 'kontakt stanowisko'],
  'contact.department': ['dział', 'kontakt dział'],
};

const bare = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');

const members = new Map(
  Object.entries(names).flatMap(([member, others]) =>
    [member, ...others].map((name) => [bare(name), member]),
  ),
);

export interface Column {
  /** As the file calls it. */
  readonly name: string;
  /** A member, or `feature.` and the key of a definition; undefined where no row is asked for it. */
  readonly member: string | undefined;
}

interface Columns {
  readonly columns: readonly Column[];
  readonly faults: readonly string[];
}

const featureForm = /^\s*(?:feature|cecha)[.:]\s*(.+?)\s*$/iu;

const quoted = (name: string): string => JSON.stringify(name.slice(0, 80));

function columnOf(name: string, featureKeys: ReadonlySet<string>): Column {
  const [, key] = featureForm.exec(name) ?? [];
  const member =
    key === undefined ? members.get(bare(name)) : featureKeys.has(key) ? `feature.${key}` : undefined;
  return { name: name.trim(), member };
}

/** `ignoring`: columns of other names are passed over, instead of being faults. */
export function columnsOf(
  header: readonly string[],
  {
    featureKeys,
    cardType,
    ignoring,
  }: {
    readonly featureKeys: ReadonlySet<string>;
    readonly cardType: string | undefined;
    readonly ignoring: boolean;
  },
): Columns {
  const columns = header.map((name) => columnOf(name, featureKeys));
  const faults: string[] = [];
  for (const [place, { name, member }] of columns.entries()) {
    if (member === undefined) {
      const what = featureForm.test(name) ? 'names no feature of clients' : 'is no known column';
      if (!ignoring) faults.push(`column ${place + 1}, ${quoted(name)}, ${what}`);
    } else if (columns.findIndex((other) => other.member === member) < place)
      faults.push(`column ${place + 1}, ${quoted(name)}, holds ${member}, as another column does`);
  }
  const has = (member: string): boolean => columns.some((column) => column.member === member);
  if (!has('code')) faults.push('there is no column for the code (kod, akronim)');
  if (!has('shortName') && !has('fullName')) faults.push('there is no column for the name (nazwa)');
  if (!has('cardType') && cardType === undefined)
    faults.push('there is no column for the card type (typ kartoteki): have one, or give --card-type');
  return { columns, faults };
}

export const knownColumns = (): string =>
  Object.entries(names)
    .map(([member, others]) => [member, ...others].join(', '))
    .join('; ');
