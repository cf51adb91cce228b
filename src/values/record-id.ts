/**
 * Ids of CRM records as callers see them: kind and UUID, `contact_0190c2…`, so that one id finds its record without a
 * search. Inside, records are known by the bare UUID.
 */
import { InputRejected } from '../errors.ts';

/** Each kind with the name of its GraphQL type. */
export const recordKinds = {
  client: 'Client',
  contact: 'Contact',
  place: 'DeliveryPlace',
  recipient: 'Recipient',
  attachment: 'Attachment',
  cardtype: 'CardType',
  feature: 'FeatureDefinition',
  user: 'User',
  account: 'ErpAccount',
  note: 'Note',
  event: 'Event',
  apikey: 'ApiKey',
  report: 'ReportDefinition',
  // Told of by the change log alone: no type shows one.
  signin: 'SignIn',
  export: 'Export',
} as const;

export type RecordKind = keyof typeof recordKinds;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const publicId = (kind: RecordKind, key: string): string => `${kind}_${key}`;

/** The kind and bare UUID in a public id; undefined when it has another form. */
export function parsePublicId(id: string): { kind: RecordKind; key: string } | undefined {
  const at = id.indexOf('_');
  const kind = id.slice(0, at);
  const key = id.slice(at + 1).toLowerCase();
  return Object.hasOwn(recordKinds, kind) && uuid.test(key) ? { kind: kind as RecordKind, key } : undefined;
}

/** The bare UUID of an id that must be of `kind`. Throws InputRejected with code ID. */
export function keyOf(kind: RecordKind, id: string, path: string): string {
  const parsed = parsePublicId(id);
  if (parsed?.kind === kind) return parsed.key;
  throw new InputRejected([
    {
      path,
      code: 'ID',
      message: parsed
        ? `is the id of another kind of record, not of a ${recordKinds[kind]}`
        : `is not an id of a ${recordKinds[kind]}`,
    },
  ]);
}

/** The bare UUID that a caller wishes for a new record, given bare or as a public id. Throws InputRejected with code ID. */
export function wishedKey(kind: RecordKind, id: string, path: string): string {
  const bare = id.toLowerCase();
  return uuid.test(bare) ? bare : keyOf(kind, id, path);
}
