import { randomUUID } from 'node:crypto';
import type { Written } from '../cards.ts';
import type { RecordRow } from './record-row.ts';

const create = `mutation ($input: CreateApiKeyInput!) { made: createApiKey(input: $input) { apiKey { id version } } }`;

/** Revoked for good: it never comes back, and has nothing that changes. The key itself is told beside the record. */
export const ApiKey: RecordRow = {
  table: 'api_key',
  recordType: 'API_KEY',
  make: {
    mutation: 'createApiKey',
    input: () => ({ id: randomUUID(), name: 'Power BI', permissions: ['clients.read'] }),
    wrong: {
      input: { id: 'x', name: '', permissions: ['clients.read', 'all'], expiresAt: '2020-01-01T00:00:00Z' },
      problems: [
        'input.id ID',
        'input.name REQUIRED',
        'input.permissions.1 PERMISSION',
        'input.expiresAt PAST',
      ],
    },
    send: async ({ service }, input) => {
      const { status, data, errors } = await service.graphql<{ made: { apiKey: Written } }>(create, {
        input,
      });
      return { status, errors, data: data && { written: data.made.apiKey } };
    },
  },
  remove: 'revokeApiKey',
};
