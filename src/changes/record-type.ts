/** The types of record that the change log tells apart, under the names callers know. */
export enum RecordType {
  CLIENT = 'CLIENT',
  CONTACT = 'CONTACT',
  DELIVERY_PLACE = 'DELIVERY_PLACE',
  RECIPIENT = 'RECIPIENT',
  NOTE = 'NOTE',
  ATTACHMENT = 'ATTACHMENT',
  EVENT = 'EVENT',
  FEATURE_DEFINITION = 'FEATURE_DEFINITION',
  CARD_TYPE = 'CARD_TYPE',
  ERP_ACCOUNT = 'ERP_ACCOUNT',
  REPORT = 'REPORT',
  USER = 'USER',
  API_KEY = 'API_KEY',
  SIGN_IN = 'SIGN_IN',
  EXPORT = 'EXPORT',
}
