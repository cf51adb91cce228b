/** The enumerations of reports, as the API has them. */
import { registerEnumType } from 'type-graphql';

export enum ReportEngine {
  SQL = 'SQL',
  SSRS = 'SSRS',
}
export enum ReportDatabase {
  ERP = 'ERP',
  CRM = 'CRM',
}
export enum ReportValueType {
  TEXT = 'TEXT',
  INTEGER = 'INTEGER',
  DECIMAL = 'DECIMAL',
  BOOLEAN = 'BOOLEAN',
  DATE = 'DATE',
  DATETIME = 'DATETIME',
}
export enum ReportClientValue {
  CUSTOMER_ID = 'CUSTOMER_ID',
  CUSTOMER_CODE = 'CUSTOMER_CODE',
  NIP = 'NIP',
  CLIENT_ID = 'CLIENT_ID',
}

registerEnumType(ReportEngine, {
  name: 'ReportEngine',
  description: 'What runs a report.',
  valuesConfig: {
    SQL: { description: "The firm's own SQL, on an ERP or on the CRM." },
    SSRS: { description: 'SQL Server Reporting Services.' },
  },
});
registerEnumType(ReportDatabase, {
  name: 'ReportDatabase',
  description: 'Where an SQL report runs.',
  valuesConfig: {
    ERP: { description: "A company's SQL Server." },
    CRM: { description: "The CRM's PostgreSQL." },
  },
});
registerEnumType(ReportValueType, {
  name: 'ReportValueType',
  description: 'What values are, in parameters and cells: always told as texts.',
  valuesConfig: {
    TEXT: { description: 'Any text.' },
    INTEGER: { description: 'A whole number.' },
    DECIMAL: { description: 'An exact decimal number.' },
    BOOLEAN: { description: 'true or false.' },
    DATE: { description: 'A day, YYYY-MM-DD.' },
    DATETIME: {
      description: 'An instant, RFC 3339 in UTC; without an offset where the database keeps none.',
    },
  },
});
registerEnumType(ReportClientValue, {
  name: 'ReportClientValue',
  description: 'What of a client can be filled into a parameter.',
  valuesConfig: {
    CUSTOMER_ID: { description: "Its customers' ids in the company's ERP." },
    CUSTOMER_CODE: { description: "Its customers' codes in the company's ERP." },
    NIP: { description: 'The tax id of the card.' },
    CLIENT_ID: { description: "The card's bare UUID." },
  },
});
