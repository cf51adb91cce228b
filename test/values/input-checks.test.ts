import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientInput, makeCardTypes, mutations } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

async function isAccepted(members: object): Promise<boolean> {
  const { errors } = await service.graphql(mutations.createClient, {
    input: { ...clientInput(), ...members },
  });
  return errors.length === 0;
}

describe('an e-mail address', () => {
  it.each([
    ['biuro@krokus.pl', true],
    ['a+b.c@sub.krokus.com.pl', true],
    [' biuro@krokus.pl ', true],
    ['biuro@krokus', false],
    ['biuro@@krokus.pl', false],
    ['bi uro@krokus.pl', false],
    ['Jan <biuro@krokus.pl>', false],
    ['a@krokus.pl, b@krokus.pl', false],
  ])('%j is accepted: %p', async (email, accepted) => {
    expect(await isAccepted({ email })).toBe(accepted);
  });
});

describe('a web address', () => {
  it.each([
    ['www.krokus.pl', true],
    ['krokus.pl/o-nas?a=1', true],
    ['https://krokus.pl', true],
    ['http://krokus.pl:8080/', true],
    ['https://źdźbło.pl', true],
    ['krokus', false],
    ['ftp://krokus.pl', false],
    ['javascript:alert(1)', false],
    ['javascript://krokus.pl/%0Aalert(1)', false],
    ['https://', false],
    ['http://kro kus.pl', false],
  ])('%j is accepted: %p', async (website, accepted) => {
    expect(await isAccepted({ website })).toBe(accepted);
  });
});

describe('a postal code', () => {
  it.each([
    [{ postalCode: '00-503' }, true],
    [{ postalCode: '00-503', country: 'PL' }, true],
    [{ postalCode: '00-503', country: null }, true],
    [{ postalCode: '00503' }, false],
    [{ postalCode: '00503', country: 'PL' }, false],
    [{ postalCode: '00503', country: null }, false],
    [{ postalCode: '00503', country: '' }, false],
    [{ postalCode: '٠٠-٥٠٣' }, false],
    [{ postalCode: '10115', country: 'DE' }, true],
    [{ postalCode: 'SW1A 1AA', country: 'GB' }, true],
    [{ postalCode: 'x'.repeat(21), country: 'GB' }, false],
    [{ postalCode: '' }, true],
  ])('in %j is accepted: %p', async (address, accepted) => {
    expect(await isAccepted({ address })).toBe(accepted);
  });
});

describe('a country', () => {
  it.each([
    ['PL', true],
    ['DE', true],
    ['pl', false],
    ['POL', false],
    ['ŁŁ', false],
    ['XX', false],
  ])('%j is accepted: %p', async (country, accepted) => {
    expect(await isAccepted({ address: { country } })).toBe(accepted);
  });
});
