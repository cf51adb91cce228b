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

const anyRecord = `query AnyRecord($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Client { code shortName }
    ... on Contact { firstName lastName client { code } }
    ... on Invoice { number gross { amount currency } }
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

const newFeature = `mutation DefineFeature($input: DefineFeatureInput!) {
  defineFeature(input: $input) {
    id
    version
    key
    kind
    choices { key name }
  }
}`;

const someFeatures = `mutation SetFeatures($input: SetFeaturesInput!) {
  setFeatures(input: $input) {
    id
    version
    ... on Client {
      code
      features { definition { name unit } isSet text integer decimal boolean date choices { key name } }
    }
  }
}`;

const featureGaps = `query FeatureGaps($key: String!) {
  clients(
    first: 20
    filter: { active: true, features: [{ key: $key, isSet: false }] }
    orderBy: [{ field: SHORT_NAME, direction: ASC }]
  ) {
    nodes { id version code shortName }
    totalCount
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
  {
    title: 'A feature of clients, defined by an administrator',
    query: newFeature,
    variables: {
      input: {
        key: 'segment',
        name: 'Segment',
        recordType: 'CLIENT',
        kind: 'CHOICE',
        choices: [
          { key: 'A', name: 'Kluczowy' },
          { key: 'B', name: 'Zwykły' },
        ],
      },
    },
  },
  {
    title: 'Features of a card: define one first, and take the version from the card',
    query: someFeatures,
    variables: {
      input: {
        id: 'client_018cc907-f436-7e42-ab04-f3c8497f9155',
        version: 1,
        values: [{ key: 'segment', choices: ['A'] }],
      },
    },
  },
  { title: 'Clients without a feature that others have', query: featureGaps, variables: { key: 'segment' } },
  { title: 'Page by page: put endCursor into the variable', query: paging, variables: { after: null } },
  {
    title: 'Any record by its id: take one from the other answers',
    query: anyRecord,
    variables: { id: 'client_018cc907-f436-7e42-ab04-f3c8497f9155' },
  },
];
