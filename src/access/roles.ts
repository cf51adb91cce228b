/** The roles that there are unless the settings say otherwise. */
import type { Role } from './access.ts';
import { permissions } from './permission.ts';

export const defaultRoles = {
  ADMIN: { scope: 'ALL', permissions },
  MANAGER: {
    scope: 'ALL',
    permissions: [
      'clients.read',
      'clients.write',
      'clients.delete',
      'clients.merge',
      'clients.import',
      'attachments.read',
      'attachments.write',
      'erp.read',
      'erp.debt',
      'erp.link',
      'erp.customers',
      'reports.run',
      'exports.run',
      'people.erase',
    ],
  },
  SALES: {
    scope: 'OWN',
    permissions: ['clients.read', 'clients.write', 'attachments.read', 'attachments.write', 'erp.read', 'reports.run'],
  },
  FINANCE: {
    scope: 'ALL',
    permissions: [
      'clients.read',
      'attachments.read',
      'erp.read',
      'erp.debt',
      'erp.customers',
      'reports.run',
      'exports.run',
    ],
  },
  REPORTING: {
    scope: 'ALL',
    permissions: ['clients.read', 'erp.read', 'erp.debt', 'reports.run', 'exports.run'],
  },
  VIEWER: { scope: 'ALL', permissions: ['clients.read', 'attachments.read'] },
} as const satisfies Readonly<Record<string, Role>>;
