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
