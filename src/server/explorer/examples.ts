/** What a newcomer tries first: the tabs that the explorer opens with. They run as they stand on the sample data. */

export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A card of the sample with ERP accounts, recipients and delivery places. */
const sampleCode = 'OBUWNIK-LDZ';

const wholeCard = `query WholeCard($code: String!) {
  client(code: $code) {
    id
    code
    shortName
    fullName
    taxId
    active
    cardType { key name }
    address { street postalCode city country }
    accountManager { name }
    contacts(first: 10) {
      nodes { id firstName lastName position email phone primary }
      totalCount
    }
    deliveryPlaces(first: 10) {
      nodes { id code name address { street postalCode city } openingHours }
      totalCount
    }
    recipients(first: 10) {
      nodes { id code name taxId deliveryPlace { code name } }
    }
    erpAccounts { companyKey customerId company { name state } }
    orders(first: 5) {
      nodes {
        number
        orderedOn
        status
        gross { amount currency }
        lines { lineNo productCode productName quantity unit net { amount currency } }
      }
      sources { company state asOf }
    }
    invoices(first: 5) {
      nodes {
        number
        kind
        issuedOn
        dueOn
        gross { amount currency }
        paid { amount currency }
        remaining { amount currency }
        paidState
        lines { lineNo productCode productName quantity unit net { amount currency } vatRate }
      }
      sources { company state asOf }
    }
    balances {
      items {
        company { name }
        currency
        receivable { amount }
        overdue { amount }
        payable { amount }
        unallocated { amount }
        creditLeft { amount }
      }
    }
  }
}`;

const clientList = `query ClientsWithLastInvoices {
  clients(first: 20, orderBy: [{ field: SHORT_NAME, direction: ASC }]) {
    nodes {
      code
      shortName
      address { city }
      invoices(first: 3) {
        nodes { number issuedOn gross { amount currency } remaining { amount currency } }
      }
    }
    totalCount
  }
}`;

const newClient = `mutation CreateClient($input: CreateClientInput!) {
  createClient(input: $input) {
    id
    version
    code
    shortName
    createdAt
    createdBy
  }
}`;

const debtors = `query Debtors($company: String!, $currency: String!) {
  debtors(company: $company, currency: $currency, first: 10) {
    nodes {
      customer { customerId code name }
      client { code accountManager { name } }
      overdue { amount currency }
      receivable { amount currency }
      oldestDueOn
    }
    totalCount
    sources { company state asOf }
  }
}`;

const unlinked = `query CustomersToLink($company: String!, $search: String) {
  erpCustomers(company: $company, search: $search) {
    nodes { customerId code name taxId address { city } client { code } }
  }
}`;

const cardOfCustomer = `mutation CardOfCustomer($card: CreateClientInput!, $link: LinkErpAccountInput!) {
  createClient(input: $card) {
    id
    version
  }
  linkErpAccount(input: $link) {
    id
    version
    companyKey
    customerId
    customer { code name client { code } }
  }
}`;

/** A customer of the sandbox's ERP that no sample card is linked to, and the card that the example makes of it. */
const newCustomer = { id: '019ac4d2-7a10-7c35-9e44-5b1f0d6e8a21', customerId: '1090', taxId: '8729618165' };

const paging = `query NextPage($after: String) {
  clients(first: 10, after: $after, orderBy: [{ field: CODE, direction: ASC }]) {
    edges { cursor node { code shortName } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const changeFeed = `query Changes($after: String) {
  changes(after: $after, first: 50) {
    nodes { position at actor recordType recordId action version fields { name before after } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const anyRecord = `query AnyRecord($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Client { code shortName }
    ... on Contact { firstName lastName client { code } }
    ... on Invoice { number gross { amount currency } }
  }
}`;

const runningOut = `query RunningOut($before: Date!) {
  attachments(first: 10, filter: { validUntil: { lt: $before } }) {
    nodes { fileName category validFrom validUntil mediaType size downloadUrl client { code shortName } }
    totalCount
  }
}`;

const calendar = `query Calendar($from: DateTime!, $to: DateTime!) {
  events(first: 50, filter: { startsAt: { gte: $from, lt: $to }, status: [PLANNED] }) {
    nodes {
      id
      version
      kind
      subject
      startsAt
      endsAt
      location
      client { code shortName }
      participants { firstName lastName phone }
      attendees { name }
    }
    totalCount
  }
}`;

const newMeeting = `mutation AddEvent($input: AddEventInput!) {
  addEvent(input: $input) {
    id
    version
    status
    startsAt
    client { code notes(first: 3) { nodes { text pinned } } }
  }
}`;

export const examples: readonly Example[] = [
  {
    title: 'Everything about one client: the card, and what the ERP says',
    query: wholeCard,
    variables: { code: sampleCode },
  },
  { title: 'Clients by name, each with the last three invoices', query: clientList },
  {
    title: 'A new client. Wrong input tells all problems at once: try another tax id',
    query: newClient,
    variables: {
      input: {
        code: 'NOWY-KLIENT',
        cardType: 'detal',
        shortName: 'Nowy Klient',
        fullName: 'Nowy Klient Spółka z o.o.',
        taxId: '5260001246',
        address: { street: 'ul. Prosta 1', postalCode: '00-838', city: 'Warszawa', country: 'PL' },
      },
    },
  },
  { title: 'Who owes most, overdue first', query: debtors, variables: { company: 'main', currency: 'PLN' } },
  {
    title: 'Customers of an ERP by a part of name, city or tax id: those without a client have no card yet',
    query: unlinked,
    variables: { company: 'main', search: newCustomer.taxId },
  },
  {
    title: 'A card for a customer of the ERP, linked to it: the id lets both go in one request',
    query: cardOfCustomer,
    variables: {
      card: {
        id: newCustomer.id,
        code: 'NOWA-STOPA',
        cardType: 'detal',
        shortName: 'Nowa Stopa',
        fullName: 'Nowa Stopa Patrycja Głowacka',
        taxId: newCustomer.taxId,
        address: { city: 'Dębica', country: 'PL' },
      },
      link: { clientId: `client_${newCustomer.id}`, company: 'main', customerId: newCustomer.customerId },
    },
  },
  {
    title: 'Documents about to run out, over all clients; README says how to upload one',
    query: runningOut,
    variables: { before: '2028-01-01' },
  },
  {
    title: 'A meeting with a client',
    query: newMeeting,
    variables: {
      input: {
        clientId: 'client_018cc907-f436-7e42-ab04-f3c8497f9155',
        kind: 'MEETING',
        subject: 'Kolekcja na wiosnę',
        startsAt: '2030-02-04T10:00:00+01:00',
        endsAt: '2030-02-04T11:30:00+01:00',
        location: 'Łódź',
      },
    },
  },
  {
    title: 'The calendar over all clients: what is planned',
    query: calendar,
    variables: { from: '2026-01-01T00:00:00Z', to: '2031-01-01T00:00:00Z' },
  },
  { title: 'Page by page: put endCursor into the variable', query: paging, variables: { after: null } },
  {
    title: 'All that changed since: put endCursor into the variable, and ask again',
    query: changeFeed,
    variables: { after: null },
  },
  {
    title: 'Any record by its id: take one from the other answers',
    query: anyRecord,
    variables: { id: 'client_018cc907-f436-7e42-ab04-f3c8497f9155' },
  },
];
