import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { erpId, parseErpId } from '../../src/erp/record-key.ts';

it('writes company, kind and key', () => {
  expect(erpId('order', 'main', ['0', '123'])).toBe('order:main:0:123');
});

it('gives back any key that it was made of', () => {
  const key = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(key, (parts) => {
      const wellFormed = parts.map((part) => part.toWellFormed());
      expect(parseErpId(erpId('invoice', 'main', wellFormed))).toEqual({
        kind: 'invoice',
        company: 'main',
        key: wellFormed,
      });
    }),
  );
});

it.each([
  '',
  'order',
  'order:main',
  'cow:main:1',
  'order::1',
  'order:main:0',
  'order:main:0:1:2',
  'settlement:main:0:1',
  'order:main:%zz',
  'order:main:%31',
  'client_0190',
])('sees that %j is no id of an ERP record, or not as it is written', (id) => {
  expect(parseErpId(id)).toBeUndefined();
});
