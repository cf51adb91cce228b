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

const duplicates = `query PossibleDuplicates($of: DuplicateProbe!) {
  possibleDuplicates(of: $of) {
    candidates {
      client { id version code fullName taxId address { city } deletedAt mergedInto { code } }
      reasons
      score
    }
    hidden
  }
}`;

const mergeDryRun = `mutation MergeClients($input: MergeClientsInput!) {
  mergeClients(input: $input) {
    mergeId
    client { id code version }
    moved { recordType count }
    obstacles
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
  {
    title: 'Has this client a card already? Tax ids as typed, names without accents and legal forms',
    query: duplicates,
    variables: { of: { taxId: '774-166-52-39', fullName: 'BUT ROBOCZY BHP', city: 'Dabrowa Gornicza' } },
  },
  {
    title: 'What would move if two cards became one, and what stands in the way: a dry run',
    query: mergeDryRun,
    variables: {
      input: {
        winner: { id: 'client_018cc9bf-6d1e-76a4-92d3-ffefa79904f9', version: 2 },
        losers: [{ id: 'client_018cc90c-3f90-759d-aee7-940f8843e635', version: 2 }],
        dryRun: true,
      },
    },
  },
  { title: 'Page by page: put endCursor into the variable', query: paging, variables: { after: null } },
  {
    title: 'Any record by its id: take one from the other answers',
    query: anyRecord,
    variables: { id: 'client_018cc907-f436-7e42-ab04-f3c8497f9155' },
  },
];
