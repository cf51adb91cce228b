/**
 * The card (kartoteka) itself: who the client is and how to reach it. Promises one card per code and, unless its card type
 * lets branches share it, one per tax id, deleted and inactive cards counted. Sub-records are the business of the rooms below.
 */
import { usableCardType } from '../card-types/card-type.service.ts';
import { objectToDuplicates } from '../changes/duplicates.ts';
import { featuresIn } from '../changes/features-port.ts';
import type { Recorder } from '../changes/recorder.ts';
import { maySee } from '../changes/sight.ts';
import type { NewValues, Writing } from '../changes/writing.ts';
import { InputRejected, type Problem } from '../errors.ts';
import type { Actor } from '../request.ts';
import { changedAddress, noAddress } from '../values/address.ts';
import { changedForm, changedRequired, changedText } from '../values/changed.ts';
import { normalPhone } from '../values/phone.ts';
import { keyOf, publicId, wishedKey } from '../values/record-id.ts';
import { normalRegon, normalTaxId } from '../values/tax-id.ts';
import type { VersionedId } from '../values/versioned-id.ts';
import { ClientEntity } from './client.entity.ts';
import type { CreateClientInput, UpdateClientInput } from './client.inputs.ts';
import { clientKind } from './client.kind.ts';
import { objectionsTo } from './client.objections.ts';
import type { ClientRow } from './client.read.ts';
import { managerOfNew, objectToOwners } from './ownership.ts';

/** No record has it: of a card type that is not there, which is objected to. */
const noKey = '00000000-0000-0000-0000-000000000000';

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
  sharedWithKeys: [],
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
    sharedWithKeys:
      given.sharedWithIds === undefined
        ? before.sharedWithKeys
        : [...new Set(given.sharedWithIds?.map((id) => keyOf('user', id, 'input.sharedWithIds')))],
  };
}

export class ClientService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws InputRejected, DuplicateRecord, RecordNotFound. */
  create(actor: Actor, input: CreateClientInput): Promise<ClientRow> {
    return this.recorder.write(actor, async (writing) =>
      writing.read(clientKind, await this.createIn(writing, input)),
    );
  }

  /** As `create`, in a transaction of others'. Where `foreseeing`, whatever it throws it throws before it writes. Answers the key. */
  async createIn(writing: Writing, input: CreateClientInput, { foreseeing = false } = {}): Promise<string> {
    const { actor } = writing;
    const wished = input.id == null ? undefined : wishedKey('client', input.id, 'input.id');
    const { objections, cardType } = await objectionsTo(writing.manager, input);
    const required = {
      code: input.code.trim(),
      active: true,
      accountManagerKey: managerOfNew(actor),
      cardTypeKey: cardType?.id ?? noKey,
      shortName: input.shortName.trim(),
      fullName: input.fullName.trim(),
    };
    const values = membersOver({ ...blank, ...required }, input);
    const given = featuresIn(input);
    objectToOwners(objections, actor, values);
    await writing.raise(objections, clientKind, values, { key: wished, given, always: foreseeing });
    return (await writing.create(clientKind, wished, values, given)).id;
  }

  /** Throws InputRejected, RecordNotFound, VersionConflict, DuplicateRecord. */
  update(actor: Actor, input: UpdateClientInput): Promise<ClientRow> {
    const key = keyOf('client', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      // The card type first, as changing one does: two writers that lock in different orders would wait for each other.
      if (input.cardType != null) await usableCardType(writing.manager, input.cardType);
      const before = await writing.lock(clientKind, key, input.version, 'input.id');
      const { objections, cardType } = await objectionsTo(writing.manager, input, before);
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
      objectToOwners(objections, actor, values, before);
      await writing.raise(objections, clientKind, values, { key, given: featuresIn(input) });
      await writing.update(clientKind, before, values, featuresIn(input));
      return writing.read(clientKind, key);
    });
  }

  /**
   * What the records that are there have to say against the well-formed members of an input that is refused in any case, so
   * that its caller is told of them too.
   */
  async foresee(
    actor: Actor,
    input: Partial<CreateClientInput & UpdateClientInput>,
  ): Promise<readonly Problem[]> {
    const { manager } = this.recorder;
    const looker = { manager, actor };
    const key = input.version === undefined || input.id == null ? '' : keyOf('client', input.id, 'input.id');
    const seen = key !== '' && (await maySee(looker, key));
    const before = seen ? await manager.findOneBy(ClientEntity, { id: key }) : null;
    const { objections, cardType } = await objectionsTo(manager, input, before ?? undefined);
    const values = {
      code: input.code?.trim() ?? '',
      taxId: changedForm(input.taxId, null, normalTaxId),
      cardTypeKey: cardType?.id ?? before?.cardTypeKey ?? noKey,
      id: key,
    };
    await objectToDuplicates(objections, looker, clientKind, values as ClientEntity);
    return objections.problems;
  }

  /** Leaves the card's records as they are; while it is deleted none of them can be changed. Throws RecordNotFound, VersionConflict. */
  delete(actor: Actor, seen: VersionedId): Promise<ClientRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('client', seen.id, 'input.id');
      await writing.remove(clientKind, await writing.lock(clientKind, key, seen.version, 'input.id'));
      return writing.read(clientKind, key);
    });
  }

  /** Throws RecordNotFound, VersionConflict when it is not deleted, InputRejected with code CARD_MERGED. */
  restore(actor: Actor, seen: VersionedId): Promise<ClientRow> {
    return this.recorder.write(actor, async (writing) => {
      const key = keyOf('client', seen.id, 'input.id');
      const card = await writing.lock(clientKind, key, seen.version, 'input.id', true);
      if (card.mergedIntoKey !== null) {
        const message = `the card was merged into ${publicId('client', card.mergedIntoKey)}: undo the merge`;
        throw new InputRejected([{ path: 'input.id', code: 'CARD_MERGED', message }]);
      }
      await writing.restore(clientKind, card);
      return writing.read(clientKind, key);
    });
  }
}
