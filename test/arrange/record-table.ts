/**
 * How each versioned type of the schema is made, changed and removed: what test/api/every-record.test.ts walks. A type
 * without a row here fails that test, and so does a mutation that takes a version and stands in no row.
 *
 * To add a type, write its row in record-rows/ and put it here under its GraphQL name:
 *  - `table`, `recordType`: where it is kept, and what the change log calls it;
 *  - `make`: the mutation, a valid input (called anew for every record: unique values must differ from call to call), and
 *    an input with everything wrong that can be, with the problems it must give. `send` only where plain JSON will not do;
 *  - `change`: the mutation, one member with two values that differ from what `make` gives, the name that the change log
 *    has for it where it is another, and everything wrong again. Left out for what cannot be changed;
 *  - `remove`, `restore`: the mutations, which take a VersionedId. Left out for what is never deleted, or never comes back;
 *  - `elsewhere`: mutations that need more than JSON and have tests of their own.
 *  - `erase`: the mutation that erases it for good, or a person in it. Left out for what tells of nobody.
 */
import { ApiKey } from './record-rows/api-key-row.ts';
import { Attachment } from './record-rows/attachment-row.ts';
import { Contact, DeliveryPlace, Recipient } from './record-rows/address-book-rows.ts';
import { Client } from './record-rows/client-row.ts';
import { Event, Note } from './record-rows/diary-rows.ts';
import type { RecordRow } from './record-rows/record-row.ts';
import { CardType, ErpAccount, FeatureDefinition } from './record-rows/settings-rows.ts';

export const recordTable: Readonly<Record<string, RecordRow>> = {
  ApiKey,
  Attachment,
  CardType,
  Client,
  Contact,
  DeliveryPlace,
  ErpAccount,
  Event,
  FeatureDefinition,
  Note,
  Recipient,
};
