/**
 * The card (kartoteka) itself: who the client is and how to reach it. Promises one card per code and, unless its card type
 * lets branches share it, one per tax id, deleted and inactive cards counted. Sub-records are the business of the rooms below.
 */
import { cardTypeNamed } from '../card-types/card-type.service.ts';
import { featuresIn } from '../changes/features-port.ts';
import type { NewValues, Recorder, Writing } from '../changes/recorder.ts';
import type { Actor } from '../request.ts';
import { changedAddress, noAddress } from '../values/address.ts';
import { changedForm, changedRequired, changedText } from '../values/changed.ts';
import { normalPhone } from '../values/phone.ts';
import { keyOf, wishedKey } from '../values/record-id.ts';
import { normalRegon, normalTaxId } from '../values/tax-id.ts';
import type { VersionedId } from '../values/versioned-id.ts';
import { ClientEntity } from './client.entity.ts';
import type { CreateClientInput, UpdateClientInput } from './client.inputs.ts';
import { clientKind } from './client.kind.ts';
import type { ClientRow } from './client.read.ts';

type ClientValues = NewValues<ClientEntity>;

const blank = {
  taxId: null,
  regon: null,
  ...noAddress,
  primaryContactKey: null,
  phone: null,
  mobile: null,
  fax: null,
  email: null,
  website: null,
  accountManagerKey: null,
  mergedIntoKey: null,
};

/** The members that creating and changing have in common, laid over what was there. */
function membersOver(before: ClientValues, given: CreateClientInput | UpdateClientInput): ClientValues {
  return {
    ...before,
    active: given.active ?? before.active,
    taxId: changedForm(given.taxId, before.taxId, normalTaxId),
    regon: changedForm(given.regon, before.regon, normalRegon),
    ...changedAddress(before, given.address),
    phone: changedForm(given.phone, before.phone, normalPhone),
    mobile: changedForm(given.mobile, before.mobile, normalPhone),
    fax: changedForm(given.fax, before.fax, normalPhone),
    email: changedText(given.email, before.email),
    website: changedText(given.website, before.website),
    accountManagerKey: changedForm(given.accountManagerId, before.accountManagerKey, (id) =>
      keyOf('user', id, 'input.accountManagerId'),
    ),
  };
}

export class ClientService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws InputRejected, DuplicateRecord, RecordNotFound. */
  create(actor: Actor, input: CreateClientInput): Promise<ClientRow> {
    const wished = input.id == null ? undefined : wishedKey('client', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const cardType = await cardTypeNamed(writing.manager, input.cardType);
      const required = {
        code: input.code.trim(),
        active: true,
        cardTypeKey: cardType.id,
        shortName: input.shortName.trim(),
        fullName: input.fullName.trim(),
      };
      const values = membersOver({ ...blank, ...required }, input);
      const { id } = await writing.create(clientKind, wished, values, featuresIn(input));
      return writing.read(clientKind, id);
    });
  }

  /** Throws InputRejected, RecordNotFound, VersionConflict, DuplicateRecord. */
  update(actor: Actor, input: UpdateClientInput): Promise<ClientRow> {
    const key = keyOf('client', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      // The card type first, as changing one does: two writers that lock in different orders would wait for each other.
      const cardType =
        input.cardType == null
          ? undefined
          : await cardTypeNamed(writing.manager, input.cardType, await cardTypeOf(writing, key));
      const before = await writing.lock(clientKind, key, input.version, 'input.id');
      const values = {
        ...membersOver(before, input),
        code: changedRequired(input.code, before.code),
        shortName: changedRequired(input.shortName, before.shortName),
        fullName: changedRequired(input.fullName, before.fullName),
        cardTypeKey: cardType?.id ?? before.cardTypeKey,
        primaryContactKey: changedForm(input.primaryContactId, before.primaryContactKey, (id) =>
          keyOf('contact', id, 'input.primaryContactId'),
        ),
      };
      await writing.update(clientKind, before, values, featuresIn(input));
      return writing.read(clientKind, key);
    });
  }

  /** Leaves the card's records as they are; while it is deleted none of them can be changed. Throws RecordNotFound, VersionConflict. */
  delete(actor: Actor, seen: VersionedId): Promise<ClientRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('client', seen.id, 'input.id');
      await writing.remove(clientKind, await writing.lock(clientKind, key, seen.version, 'input.id'));
      return writing.read(clientKind, key);
    });
  }

  /** Throws RecordNotFound, VersionConflict when it is not deleted. */
  restore(actor: Actor, seen: VersionedId): Promise<ClientRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('client', seen.id, 'input.id');
      await writing.restore(clientKind, await writing.lock(clientKind, key, seen.version, 'input.id', true));
      return writing.read(clientKind, key);
    });
  }
}

async function cardTypeOf(writing: Writing, key: string): Promise<string | undefined> {
  return (await writing.manager.findOneBy(ClientEntity, { id: key }))?.cardTypeKey;
}
