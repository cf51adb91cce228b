import { randomUUID } from 'node:crypto';
import { user, wrongVersioned, wrongVersionedProblems, type RecordRow } from './record-row.ts';

/** Switched off, never deleted. */
export const CardType: RecordRow = {
  table: 'card_type',
  recordType: 'CARD_TYPE',
  make: {
    mutation: 'defineCardType',
    input: () => ({ key: `k${randomUUID()}`, name: 'Hurt' }),
    wrong: {
      input: { key: 'Sieć', name: '', branchesShareTaxId: null },
      problems: ['input.key KEY', 'input.name REQUIRED'],
    },
  },
  change: {
    mutation: 'updateCardType',
    member: 'name',
    values: ['Hurtownia', 'Hurtownie'],
    wrong: {
      input: { ...wrongVersioned, name: null },
      problems: [...wrongVersionedProblems, 'input.name REQUIRED'],
    },
  },
};

/** Retired, never deleted. */
export const FeatureDefinition: RecordRow = {
  table: 'feature_definition',
  recordType: 'FEATURE_DEFINITION',
  make: {
    mutation: 'defineFeature',
    input: () => ({ key: `k${randomUUID()}`, name: 'Klasa', recordType: 'CLIENT', kind: 'TEXT' }),
    wrong: {
      input: {
        key: 'Żółć',
        name: '',
        recordType: 'CLIENT',
        kind: 'TEXT',
        group: 'x'.repeat(101),
        choices: [{ key: ' ', name: '' }],
      },
      problems: [
        'input.key KEY',
        'input.name REQUIRED',
        'input.group TOO_LONG',
        'input.choices.0.key KEY',
        'input.choices.0.name REQUIRED',
      ],
    },
  },
  change: {
    mutation: 'updateFeatureDefinition',
    member: 'name',
    values: ['Klasa klienta', 'Klasy'],
    wrong: {
      input: { ...wrongVersioned, name: null, position: null },
      problems: [...wrongVersionedProblems, 'input.name REQUIRED', 'input.position REQUIRED'],
    },
  },
};

/** What is unlinked is linked anew: it never comes back, and has nothing that changes. */
export const ErpAccount: RecordRow = {
  table: 'erp_account',
  recordType: 'ERP_ACCOUNT',
  make: {
    mutation: 'linkErpAccount',
    input: async ({ service, card }) => ({
      clientId: card.id,
      company: 'main',
      customerId: await service.newCustomer(),
    }),
    wrong: {
      input: { clientId: user, company: ' ', customerId: 'a\u0000' },
      problems: ['input.clientId ID', 'input.company REQUIRED', 'input.customerId CHARACTERS'],
    },
  },
  remove: 'unlinkErpAccount',
};
