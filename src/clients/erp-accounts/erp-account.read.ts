import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { deletedCondition } from '../../reads/conditions.ts';
import { idColumn, recordColumns, type ReadDeclaration } from '../../reads/declaration.ts';
import type { RecordRow } from '../../values/record-row.ts';
import { ErpAccountEntity } from './erp-account.entity.ts';

export interface ErpAccountRow extends RecordRow {
  readonly clientId: string;
  readonly companyKey: string;
  readonly customerId: string;
}

export const erpAccountRead: ReadDeclaration<ErpAccountRow, { deleted?: boolean }, 'COMPANY' | 'CUSTOMER'> = {
  kind: 'account',
  table: 'erp_account',
  card: 't.client_id',
  columns: {
    ...recordColumns('account'),
    clientId: idColumn('client', 't.client_id'),
    companyKey: 't.company_key',
    customerId: 't.customer_id',
  },
  parents: { client: 't.client_id' },
  filters: { deleted: deletedCondition },
  sorts: {
    COMPANY: { sql: 't.company_key', type: 'text', nullable: false },
    CUSTOMER: { sql: 't.customer_id', type: 'text', nullable: false },
  },
  defaultOrder: [
    { sort: 'COMPANY', direction: 'ASC' },
    { sort: 'CUSTOMER', direction: 'ASC' },
  ],
};

export const erpAccountKind: RecordedKind<ErpAccountEntity, ErpAccountRow> = {
  kind: 'account',
  recordType: 'ERP_ACCOUNT',
  entity: ErpAccountEntity,
  read: erpAccountRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    companyKey: ({ companyKey }) => companyKey,
    customerId: ({ customerId }) => customerId,
  },
  uniques: {
    erp_account_customer: {
      path: 'input.customerId',
      message: 'this ERP customer is already linked to a card',
      existing: async (manager, { companyKey, customerId }) => {
        const found = await manager
          .createQueryBuilder(ErpAccountEntity, 'account')
          .where(
            'account.company_key = :companyKey AND account.customer_id = :customerId AND account.deleted_at IS NULL',
            { companyKey, customerId },
          )
          .getOne();
        return found?.id;
      },
    },
  },
};
