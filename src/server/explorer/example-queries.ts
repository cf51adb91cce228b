/** The texts of the explorer's examples; what each is for and its variables are in examples.ts. */

export const wholeCard = `query WholeCard($code: String!) {
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

export const clientList = `query ClientsWithLastInvoices {
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

export const newClient = `mutation CreateClient($input: CreateClientInput!) {
  createClient(input: $input) {
    id
    version
    code
    shortName
    createdAt
    createdBy
  }
}`;

export const debtors = `query Debtors($company: String!, $currency: String!) {
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

export const unlinked = `query CustomersToLink($company: String!, $search: String) {
  erpCustomers(company: $company, search: $search) {
    nodes { customerId code name taxId address { city } client { code } }
  }
}`;

export const cardOfCustomer = `mutation CardOfCustomer($card: CreateClientInput!, $link: LinkErpAccountInput!) {
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

export const paging = `query NextPage($after: String) {
  clients(first: 10, after: $after, orderBy: [{ field: CODE, direction: ASC }]) {
    edges { cursor node { code shortName } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export const changeFeed = `query Changes($after: String) {
  changes(after: $after, first: 50) {
    nodes { position at actor recordType recordId action version fields { name before after } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const anyRecord = `query AnyRecord($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Client { code shortName }
    ... on Contact { firstName lastName client { code } }
    ... on Invoice { number gross { amount currency } }
  }
}`;

export const runningOut = `query RunningOut($before: Date!) {
  attachments(first: 10, filter: { validUntil: { lt: $before } }) {
    nodes { fileName category validFrom validUntil mediaType size downloadUrl client { code shortName } }
    totalCount
  }
}`;

export const calendar = `query Calendar($from: DateTime!, $to: DateTime!) {
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

export const newMeeting = `mutation AddEvent($input: AddEventInput!) {
  addEvent(input: $input) {
    id
    version
    status
    startsAt
    client { code notes(first: 3) { nodes { text pinned } } }
  }
}`;

export const newFeature = `mutation DefineFeature($input: DefineFeatureInput!) {
  defineFeature(input: $input) {
    id
    version
    key
    kind
    choices { key name }
  }
}`;

export const someFeatures = `mutation SetFeatures($input: SetFeaturesInput!) {
  setFeatures(input: $input) {
    id
    version
    ... on Client {
      code
      features { definition { name unit } isSet text integer decimal boolean date choices { key name } }
    }
  }
}`;

export const featureGaps = `query FeatureGaps($key: String!) {
  clients(
    first: 20
    filter: { active: true, features: [{ key: $key, isSet: false }] }
    orderBy: [{ field: SHORT_NAME, direction: ASC }]
  ) {
    nodes { id version code shortName }
    totalCount
  }
}`;

export const duplicates = `query PossibleDuplicates($of: DuplicateProbe!) {
  possibleDuplicates(of: $of) {
    candidates {
      client { id version code fullName taxId address { city } deletedAt mergedInto { code } }
      reasons
      score
    }
    hidden
  }
}`;

export const mergeDryRun = `mutation MergeClients($input: MergeClientsInput!) {
  mergeClients(input: $input) {
    mergeId
    client { id code version }
    moved { recordType count }
    obstacles
  }
}`;

export const history = `query History($code: String!, $from: DateTime) {
  client(code: $code) {
    history(first: 20, from: $from) {
      nodes { at kind title actor record { __typename id } fields { name before after } }
      missing
      gaps { kind company code }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const report = `query Report($code: String!, $parameters: [ReportParameterValue!]) {
  reports { key title engine parameters { name label type required fromClient choices } formats downloadPath }
  client(code: $code) {
    report(key: "turnover-by-product-group", company: "main", parameters: $parameters, limit: 20) {
      columns { label type format }
      rows { cells }
      truncated
    }
  }
}`;
