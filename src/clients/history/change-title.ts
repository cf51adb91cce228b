/** A line of the change log in a few words. Whoever shows it otherwise has the line itself, as `change`. */
import type { kindOf } from '../../changes/change-feed.reader.ts';
import type { ChangeAction } from '../../changes/change.entity.ts';
import type { LoggedStep } from './history-entry.ts';

const nouns: Readonly<Record<keyof typeof kindOf, string>> = {
  CLIENT: 'Card',
  CONTACT: 'Contact',
  DELIVERY_PLACE: 'Delivery place',
  RECIPIENT: 'Recipient',
  NOTE: 'Note',
  EVENT: 'Event',
  ATTACHMENT: 'Attachment',
  CARD_TYPE: 'Card type',
  ERP_ACCOUNT: 'ERP account',
  FEATURE_DEFINITION: 'Feature',
  USER: 'User',
  API_KEY: 'API key',
  SIGN_IN: 'Sign-in',
  EXPORT: 'Export',
};

const verbs: Readonly<Record<ChangeAction, string>> = {
  CREATED: 'added',
  UPDATED: 'changed',
  DELETED: 'removed',
  RESTORED: 'restored',
  MERGED: 'merged',
  UNMERGED: 'taken out of a merge',
  ERASED: 'erased',
  REFUSED: 'refused',
  EXPORTED: 'exported',
};

const mostNamed = 5;

/** Names of fields, never their values. */
export function changeTitle({
  recordType,
  action,
  fields,
}: Pick<LoggedStep, 'recordType' | 'action' | 'fields'>): string {
  const noun = nouns[recordType as keyof typeof kindOf];
  const title = `${noun} ${verbs[action]}`;
  if (action !== 'UPDATED' || fields.length === 0) return title;
  const names = fields.slice(0, mostNamed).map(({ name }) => name);
  const more = fields.length - names.length;
  return `${title}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
