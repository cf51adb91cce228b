/**
 * The sample's cards as the CRM is to hold them: sixty firms that buy shoes from the sandbox's two companies, with their
 * contacts, delivery places and recipients. Plain data with ids of its own; putting it through the services, and so into
 * the change log, is the loader's part. A recipient may point at another card: create all cards before any recipient.
 */

export type SandboxCompanyKey = 'main' | 'export';

export interface SampleAddress {
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface SampleCardType {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly branchesShareTaxId: boolean;
}

export interface SampleUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

export interface SampleContact {
  readonly id: string;
  readonly active: boolean;
  readonly lastName: string;
  readonly firstName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly position: string;
  readonly department: string;
  /** Exactly one contact of a card is its primary one. */
  readonly primary: boolean;
}

export interface SampleDeliveryPlace {
  readonly id: string;
  readonly active: boolean;
  readonly code: string;
  readonly name: string;
  readonly address: SampleAddress;
  readonly contactName: string;
  readonly phone: string;
  readonly email: string;
  readonly openingHours: string;
  readonly instructions: string | null;
}

export interface SampleRecipient {
  readonly id: string;
  readonly active: boolean;
  readonly code: string;
  readonly name: string;
  readonly taxId: string | null;
  readonly address: SampleAddress;
  readonly contactName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** The member's own card: its id in the sample. */
  readonly memberCardId: string | null;
  /** A delivery place of the same client. */
  readonly deliveryPlaceId: string | null;
}

/** A customer of one of the sandbox's companies; customerId is the ERP's key as text. */
export interface SampleErpAccount {
  readonly company: SandboxCompanyKey;
  readonly customerId: string;
}

export interface SampleCard {
  readonly id: string;
  readonly code: string;
  readonly active: boolean;
  /** The key of a SampleCardType. */
  readonly cardType: string;
  readonly shortName: string;
  readonly fullName: string;
  /** NIP as ten digits; foreign clients have their EU VAT number with the country's prefix. */
  readonly taxId: string;
  readonly regon: string | null;
  readonly address: SampleAddress;
  readonly phone: string;
  readonly mobile: string | null;
  readonly fax: string | null;
  readonly email: string;
  readonly website: string;
  readonly accountManagerId: string | null;
  readonly erpAccounts: readonly SampleErpAccount[];
  readonly contacts: readonly SampleContact[];
  readonly deliveryPlaces: readonly SampleDeliveryPlace[];
  readonly recipients: readonly SampleRecipient[];
}
