/**
 * The sandbox's two companies: the scripts that make their tables, views and customers, and the documents that fill them. All of
 * it is the same at every call. Running the scripts, and the T-SQL they are written in, is left to the sandbox ERP.
 */
import { fileURLToPath } from 'node:url';
import type { SandboxCompanyKey } from './card.type.ts';
import { exportDocuments } from './export-documents.ts';
import { exportTerms } from './ledger/export-terms.ts';
import { mainTerms } from './ledger/main-terms.ts';
import { exportNumbering, mainNumbering } from './ledger/numbering.ts';
import { type Company, tradedLedger } from './ledger/trading.ts';
import { mainDocuments } from './main-documents.ts';

export const tradingCompanies = {
  main: {
    name: 'Hurtownia Obuwia Podbicie Sp. z o.o.',
    sellerTaxId: '7340271836',
    terms: mainTerms,
    numbering: mainNumbering,
    roundsApart: true,
  },
  export: {
    name: 'Podbicie Export Sp. z o.o.',
    sellerTaxId: '7343271831',
    terms: exportTerms,
    numbering: exportNumbering,
    roundsApart: false,
  },
} as const satisfies Record<SandboxCompanyKey, Company>;

export interface SandboxCompany {
  readonly key: SandboxCompanyKey;
  readonly name: string;
  readonly database: string;
  readonly timeZone: string;
  /** Paths of T-SQL files, to be run in this order and before the documents; batches are parted by GO. */
  readonly scripts: readonly string[];
  /** One INSERT statement at a time, each a batch of its own, in an order that foreign keys allow. */
  readonly documents: () => Iterable<string>;
}

export const sandboxCompanies: readonly SandboxCompany[] = [
  {
    key: 'main',
    name: tradingCompanies.main.name,
    database: 'obuwie',
    timeZone: 'Europe/Warsaw',
    scripts: scripts('obuwie'),
    documents: () => mainDocuments(tradedLedger(tradingCompanies.main)),
  },
  {
    key: 'export',
    name: tradingCompanies.export.name,
    database: 'export',
    timeZone: 'Europe/Warsaw',
    scripts: scripts('export'),
    documents: () => exportDocuments(tradedLedger(tradingCompanies.export)),
  },
];

/** The same two levels below the package's root whether this runs from src or from dist. */
function scripts(database: string): string[] {
  return ['10-tables.sql', '20-views.sql', '30-customers.sql'].map((file) =>
    fileURLToPath(new URL(`../../erp/sandbox/${database}/${file}`, import.meta.url)),
  );
}
