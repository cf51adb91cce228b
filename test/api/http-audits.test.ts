import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const audits = serverAudits({ url: () => `${service.url}graphql` });
const binding = audits.filter(({ name }) => /^(MUST|SHOULD)/.test(name));

describe('the service as it runs keeps the GraphQL over HTTP specification', () => {
  it('has more than thirty audits that bind', () => expect(binding.length).toBeGreaterThan(30));

  it.each(binding.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))(
    '%s',
    async (_name, audit) => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    },
  );
});
