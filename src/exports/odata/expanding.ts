/** What hangs on the records of a page: one statement for each relation, however many records there are. */
import type { Access } from '../../access/access.ts';
import type { Sight } from '../../reads/own-cards.ts';
import type { CrmLists } from './crm-lists.ts';
import type { Expansion } from './list-options.ts';
import type { CrmEntity } from './model.ts';
import { nextAddress } from './next-address.ts';
import { keyInId, idOf, neededNames, type OdataPage, type OdataRecord } from './records.ts';

/** Of one record; what is beyond has an address of its own. */
const mostOfOne = 1_000;

export interface Expanding {
  readonly lists: CrmLists;
  readonly sight: Sight | undefined;
  readonly access: Access;
  /** Of the service, with a stroke at the end. */
  readonly base: string;
}

function targetIn({ target }: Expansion): CrmEntity {
  if (target.source === 'crm') return target;
  throw new Error(`${target.name} cannot be expanded`);
}

const keyOf = (record: OdataRecord): string => keyInId(idOf(record)) ?? '';

async function expandOne(
  records: readonly OdataRecord[],
  expansion: Expansion,
  { lists, sight, access }: Expanding,
): Promise<void> {
  const { navigation, selection } = expansion;
  const names = neededNames(expansion.target, selection.properties, []);
  const leads = records.map(({ cells }) => keyInId(cells[navigation.by]));
  const keys = [...new Set(leads.filter((key) => key !== undefined))];
  const found =
    keys.length === 0
      ? undefined
      : await lists.byKeys({ entity: targetIn(expansion), names, sight, access }, keys);
  for (const [place, { expanded }] of records.entries())
    expanded.set(navigation.name, { expansion, one: found?.get(leads[place] ?? '') ?? null });
}

async function expandMany(
  records: readonly OdataRecord[],
  expansion: Expansion,
  { lists, sight, access, base }: Expanding,
): Promise<void> {
  const { navigation, selection, filter, order, top = Infinity } = expansion;
  const entity = targetIn(expansion);
  const names = neededNames(expansion.target, selection.properties, []);
  const size = Math.min(top, mostOfOne);
  const keys = records.map(keyOf);
  const pages =
    size === 0 || keys.length === 0
      ? new Map<string, OdataPage>()
      : await lists.pagesOf({ entity, names, filter, order, sight, access, size }, navigation.by, keys);
  for (const record of records) {
    const page = pages.get(keyOf(record));
    const next =
      page?.token !== undefined && size < top
        ? nextAddress(base, entity.name, {
            options: {
              ...expansion.options,
              $filter: ofRecord(navigation.by, idOf(record), expansion.options.$filter),
            },
            token: page.token,
            top: top === Infinity ? undefined : top - size,
          })
        : undefined;
    record.expanded.set(navigation.name, { expansion, many: page?.records ?? [], next });
  }
}

const ofRecord = (by: string, id: string, filter: string | undefined): string =>
  `${by} eq '${id.replaceAll("'", "''")}'${filter === undefined ? '' : ` and (${filter})`}`;

export async function expand(
  records: readonly OdataRecord[],
  expansions: readonly Expansion[],
  expanding: Expanding,
): Promise<void> {
  for (const expansion of expansions)
    await (expansion.navigation.many ? expandMany : expandOne)(records, expansion, expanding);
}
