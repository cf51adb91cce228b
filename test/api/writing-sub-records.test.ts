import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  contactInput,
  deliveryPlaceInput,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  recipientInput,
  write,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
let card: Written;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service);
});
afterAll(() => service.close());

type Given = Readonly<Record<string, unknown>>;
const record = 'id version createdBy updatedBy deletedAt';
const traced = {
  version: 1,
  createdBy: developmentUser.name,
  updatedBy: developmentUser.name,
  deletedAt: null,
};

/** What a mutation answers, which must be what is read afterwards by the record's id. */
async function written(name: string, type: string, selection: string, input: Given): Promise<Given> {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { made } = await service.ask<{ made: Given }>(
    `mutation ($input: ${inputType}!) { made: ${name}(input: $input) { ${record} ${selection} } }`,
    { input },
  );
  const { node } = await service.ask<{ node: Given }>(
    `query ($id: ID!) { node(id: $id) { ... on ${type} { ${record} ${selection} } } }`,
    { id: made['id'] },
  );
  expect(node).toEqual(made);
  return made;
}

const person =
  'active lastName firstName email phone mobile position department primary client { id version }';

describe('a contact', () => {
  it('is added in the forms that the firm keeps, and read back the same', async () => {
    const input = contactInput(card, {
      lastName: ' Wójcik-Żak ',
      firstName: 'Łucja',
      email: 'l.wojcik@krokus.pl ',
      phone: '(22) 620-10-00',
      mobile: '601200300',
      position: 'Kierowniczka',
      department: 'Zakupy',
    });
    expect(await written('addContact', 'Contact', person, input)).toEqual({
      id: expect.stringMatching(/^contact_/),
      ...traced,
      active: true,
      lastName: 'Wójcik-Żak',
      firstName: 'Łucja',
      email: 'l.wojcik@krokus.pl',
      phone: '+48226201000',
      mobile: '+48601200300',
      position: 'Kierowniczka',
      department: 'Zakupy',
      primary: false,
      client: card,
    });
  });

  it('is changed in what is named, cleared by null, and has a new version', async () => {
    const { id } = await makeContact(service, card, { firstName: 'Jan', position: 'Magazynier' });
    const input = { id, version: 1, lastName: 'Nowa', position: null, active: false };
    expect(await written('updateContact', 'Contact', person, input)).toMatchObject({
      version: 2,
      lastName: 'Nowa',
      firstName: 'Jan',
      position: null,
      active: false,
    });
  });

  it('stays at its version where nothing is other than before', async () => {
    const { id } = await makeContact(service, card, { firstName: 'Jan' });
    expect(await write(service, 'updateContact', { id, version: 1, firstName: 'Jan ' })).toEqual({
      id,
      version: 1,
    });
  });
});

describe('the primary contact', () => {
  const primaryOf = async (of: Written): Promise<unknown> => {
    const query = 'query ($id: ID!) { client(id: $id) { version primaryContact { id } } }';
    return (await service.ask<{ client: unknown }>(query, { id: of.id })).client;
  };

  it('is one at most: naming another takes it from the first, and changes the card', async () => {
    const own = await makeClient(service);
    const first = await makeContact(service, own, { primary: true });
    expect(await primaryOf(own)).toEqual({ version: 2, primaryContact: { id: first.id } });
    const second = await makeContact(service, own);
    await write(service, 'updateContact', { id: second.id, version: 1, primary: true });
    expect(await primaryOf(own)).toEqual({ version: 3, primaryContact: { id: second.id } });
  });

  it('is no longer one when it says so, and stays when another says so', async () => {
    const own = await makeClient(service);
    const first = await makeContact(service, own, { primary: true });
    const second = await makeContact(service, own);
    await write(service, 'updateContact', { id: second.id, version: 1, primary: false });
    expect(await primaryOf(own)).toEqual({ version: 2, primaryContact: { id: first.id } });
    await write(service, 'updateContact', { id: first.id, version: 1, primary: false });
    expect(await primaryOf(own)).toEqual({ version: 3, primaryContact: null });
  });
});

const whole = {
  address: { street: 'ul. Rzgowska 1', postalCode: '93-008', city: 'Łódź', country: 'PL' },
  contactName: 'Jan Żak',
  phone: '42 620 10 00',
  email: 'magazyn@krokus.pl',
};
const kept = { ...whole, phone: '+48426201000' };
const place = 'active code name address { street postalCode city country } contactName phone email';

describe('a delivery place', () => {
  const selection = `${place} openingHours instructions client { id }`;
  it('is added and read back the same', async () => {
    const more = { openingHours: 'pn–pt 7–15\nsb 8–12', instructions: 'Brama od ul. Żwirki', active: false };
    const input = deliveryPlaceInput(card, { code: 'M1', name: ' Magazyn ', ...whole, ...more });
    expect(await written('addDeliveryPlace', 'DeliveryPlace', selection, input)).toEqual({
      id: expect.stringMatching(/^place_/),
      ...traced,
      code: 'M1',
      name: 'Magazyn',
      ...kept,
      ...more,
      client: { id: card.id },
    });
  });
});

describe('a recipient', () => {
  const selection = `${place} taxId memberCard { id } deliveryPlace { id } client { id }`;
  it('is added with its own card and delivery place, and read back the same', async () => {
    const member = await makeClient(service);
    const to = await makeDeliveryPlace(service, card);
    const input = recipientInput(card, {
      code: 'R1',
      name: 'But',
      ...whole,
      taxId: 'DE 136695976',
      memberCardId: member.id,
      deliveryPlaceId: to.id,
    });
    expect(await written('addRecipient', 'Recipient', selection, input)).toEqual({
      id: expect.stringMatching(/^recipient_/),
      ...traced,
      active: true,
      code: 'R1',
      name: 'But',
      ...kept,
      taxId: 'DE136695976',
      memberCard: { id: member.id },
      deliveryPlace: { id: to.id },
      client: { id: card.id },
    });
  });

  it('needs no more than code and name', async () => {
    const made = await written('addRecipient', 'Recipient', selection, recipientInput(card));
    expect(made).toMatchObject({
      address: { street: null, postalCode: null, city: null, country: null },
      memberCard: null,
      deliveryPlace: null,
    });
  });
});

describe('card types', () => {
  it('are listed by name, also those switched off', async () => {
    const made = await write(service, 'defineCardType', { key: 'group', name: 'Ćwierćhurt' });
    await write(service, 'updateCardType', { ...made, active: false });
    expect(await service.ask('{ cardTypes { key name active branchesShareTaxId version } }')).toEqual({
      cardTypes: [
        { key: 'group', name: 'Ćwierćhurt', active: false, branchesShareTaxId: false, version: 2 },
        { key: 'chain', name: 'Sieć sklepów', active: true, branchesShareTaxId: true, version: 1 },
        { key: 'shop', name: 'Sklep', active: true, branchesShareTaxId: false, version: 1 },
      ],
    });
  });
});

it('lists users by name, and finds them by a fragment of it', async () => {
  const list = 'query ($search: String) { users(search: $search) { nodes { id name active } totalCount } }';
  const user = { id: `user_${developmentUser.id}`, name: developmentUser.name, active: true };
  expect(await service.ask(list, { search: 'DEWELOPER' })).toEqual({
    users: { nodes: [user], totalCount: 1 },
  });
  expect(await service.ask(list, { search: 'nikt' })).toEqual({ users: { nodes: [], totalCount: 0 } });
});
