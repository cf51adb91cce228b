import { describe, expect, it } from '@jest/globals';
import { accessOf, defaultRoles, faultsOfRole } from '../../src/access/roles.ts';

describe('roles', () => {
  it.each(Object.entries(defaultRoles))('that there are by default can be used: %s', (_name, role) => {
    expect(faultsOfRole(role)).toEqual([]);
  });

  it('that import, merge or erase what they may not read are told of', () => {
    const lacking = (['clients.import', 'clients.merge', 'people.erase'] as const).flatMap((one) =>
      faultsOfRole({ scope: 'ALL', permissions: ['clients.read', one] }),
    );

    expect(lacking).toEqual([
      'clients.import is of no use without erp.customers',
      'clients.import is of no use without erp.link',
      'clients.merge is of no use without attachments.read',
      'clients.merge is of no use without erp.link',
      'people.erase is of no use without attachments.read',
    ]);
  });

  it('that write what they cannot read, or reach beyond their own cards, are told of', () => {
    expect(
      faultsOfRole({ scope: 'OWN', permissions: ['clients.write', 'erp.read', 'clients.merge'] }),
    ).toEqual([
      'clients.write is of no use without clients.read',
      'erp.read is of no use without clients.read',
      'clients.merge is of no use without clients.read',
      'clients.merge is of no use without attachments.read',
      'clients.merge is of no use without erp.link',
      'clients.merge reaches beyond the cards of scope OWN',
    ]);
  });

  it('add up: whoever has several may do what any of them permits, for the cards of the widest', () => {
    const { permissions, scope } = accessOf(['SALES', 'FINANCE', 'no such role', '__proto__']);

    expect([
      permissions.has('clients.write'),
      permissions.has('erp.debt'),
      permissions.has('erp.link'),
      scope,
    ]).toEqual([true, true, false, 'ALL']);
  });

  it('of nobody permit nothing', () => {
    expect(accessOf([])).toEqual({ permissions: new Set(), scope: 'OWN' });
  });
});
