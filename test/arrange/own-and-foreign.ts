/** Two cards, one of them somebody's who sees only their own, the other with a record of every kind that may be on one. */
import { randomUUID } from 'node:crypto';
import { createSchema } from '../../src/server/schema.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { callersByHeader, callerWith } from './callers.ts';
import { makeClient, type Written } from './cards.ts';
import { startErpService, type ErpService } from './erp-service.ts';
import { define, setFeatures } from './features.ts';
import type { RecordRow } from './record-rows/record-row.ts';
import { recordTable } from './record-table.ts';
import type { Caller } from './service.ts';

/** Stands in everything of the foreign card, and nowhere else. */
export const mark = 'Tajemniczy';
export const foreignTaxId = '5260250274';
export const schema = createSchema();

/** Records that belong to cards, with how they are written. */
export const ofCards = Object.entries(recordTable).filter(
  ([type]) => !['ApiKey', 'CardType', 'FeatureDefinition', 'Client'].includes(type),
);

interface OwnAndForeign {
  readonly service: ErpService;
  /** Whose key is `userKey`, and who sees only their own cards. */
  readonly owner: Caller;
  readonly userKey: string;
  readonly own: Written;
  readonly foreign: Written;
  /** By type: a record of the foreign card. */
  readonly hidden: Readonly<Record<string, Written>>;
  /** Customer of the foreign card's account. */
  readonly customerId: string;
}

export function typeOfInput(mutation: string): string {
  const field = schema.getMutationType()?.getFields()[mutation];
  return field?.args.find(({ name }) => name === 'input')?.type.toString() ?? '';
}

async function make(service: ErpService, row: RecordRow, card: Written, given = {}): Promise<Written> {
  const setting = { service, card };
  const input = { ...(await row.make.input(setting)), ...given };
  const { mutation, send } = row.make;
  const query = `mutation ($input: ${typeOfInput(mutation)}) { written: ${mutation}(input: $input) { id version } }`;
  const { data, errors } = send
    ? await send(setting, input)
    : await service.graphql<{ written: Written }>(query, { input });
  if (!data?.written) throw new Error(JSON.stringify(errors));
  return data.written;
}

const marked: Readonly<Record<string, object>> = {
  Attachment: { description: mark },
  Contact: { lastName: mark },
  DeliveryPlace: { name: mark },
  Event: { subject: mark },
  Note: { text: mark },
  Recipient: { name: mark },
};

export async function ownAndForeign(): Promise<OwnAndForeign> {
  const userKey = randomUUID();
  const service = await startErpService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  const own = await makeClient(service, { accountManagerId: `user_${userKey}`, shortName: 'Jawny' });
  const made = await makeClient(service, {
    code: mark,
    shortName: mark,
    fullName: `${mark} sp. z o.o.`,
    taxId: foreignTaxId,
    address: { city: mark },
    accountManagerId: `user_${developmentUser.id}`,
  });
  const hidden: Record<string, Written> = {};
  for (const [type, row] of ofCards) hidden[type] = await make(service, row, made, marked[type]);
  await define(service, 'sekret');
  const foreign = await setFeatures(service, made, [{ key: 'sekret', text: mark }]);
  const customerId = await service.newCustomer();
  await service.link(foreign, customerId);
  const owner = callerWith(service, 'OWNER', userKey);
  return { service, owner, userKey, own, foreign, hidden: { ...hidden, Client: foreign }, customerId };
}

export async function asItIsNow(service: ErpService, { id }: Written): Promise<Written> {
  const { client } = await service.ask<{ client: Written }>(`{ client(id: "${id}") { id version } }`);
  return client;
}
