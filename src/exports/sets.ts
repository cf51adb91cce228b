/** Every set there is, by name, the wide one of features without the columns that the firm has defined; and of each what a caller may have. */
import type { Permission } from '../access/permission.ts';
import { Forbidden } from '../errors.ts';
import { changeSet } from './change-set.ts';
import { crmSets } from './crm-sets.ts';
import { erpSets } from './erp-sets/erp-sets.ts';
import type { ExportSet, SetColumn } from './export-set.ts';
import { featureSet } from './feature-set.ts';
import { wideFeatureSet } from './wide-feature-set.ts';

export const exportSets: ReadonlyMap<string, ExportSet> = new Map(
  [...crmSets, featureSet, wideFeatureSet(undefined, []), changeSet, ...erpSets].map((set) => [
    set.name,
    set,
  ]),
);

/** Without the columns that need more than the caller has: to them there are none of these names. */
export const setsFor = (permissions: ReadonlySet<Permission>): ReadonlyMap<string, ExportSet> =>
  new Map([...exportSets].map(([name, set]) => [name, narrowed(set, permissions)]));

function narrowed<Set extends ExportSet>(set: Set, permissions: ReadonlySet<Permission>): Set {
  const isOpen = ({ need }: SetColumn): boolean => need === undefined || permissions.has(need);
  return { ...set, columns: set.columns.filter(isOpen) };
}

/** Throws Forbidden. */
export function requireExport(set: ExportSet, permissions: ReadonlySet<Permission>): void {
  const lacking = (['exports.run', set.need] as const).filter((need) => !permissions.has(need));
  if (lacking.length === 0) return;
  throw new Forbidden(
    lacking.map((need) => ({ path: 'set', code: 'PERMISSION', message: `${set.name} needs ${need}` })),
  );
}
