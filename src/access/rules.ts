/**
 * The field rules over a schema: compiled once, and only where they say something of every field there is and of nothing else.
 */
import {
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Access } from './access.ts';
import { fieldRules, inputRules, type TypeRules } from './field-rules.ts';
import type { Permission } from './permission.ts';

/** What a field, or a member of an input, needs of its caller. */
export interface Need {
  readonly permission: Permission;
  /** Sight of all cards. */
  readonly wholeFirm: boolean;
}

/** By type and field; null where nothing is needed. */
type Table = ReadonlyMap<string, ReadonlyMap<string, Need | null>>;

export interface Rules {
  readonly fields: Table;
  readonly inputs: Table;
}

/** The schema and its rules do not fit together. */
export class RulesDoNotFit extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The rules in src/access/field-rules.ts do not fit the schema:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

const needOf = (key: string): Need | null => {
  if (key === '-') return null;
  const [permission, sight] = key.split(' ');
  return { permission: permission as Permission, wholeFirm: sight === 'ALL' };
};

function compile(
  rules: Readonly<Record<string, TypeRules>>,
  faults: string[],
): Map<string, Map<string, Need | null>> {
  const table = new Map<string, Map<string, Need | null>>();
  for (const [type, byNeed] of Object.entries(rules)) {
    const fields = new Map<string, Need | null>();
    for (const [key, names] of Object.entries(byNeed))
      for (const name of names.split(/\s+/)) {
        if (fields.has(name)) faults.push(`${type}.${name} has two rules`);
        fields.set(name, needOf(key));
      }
    table.set(type, fields);
  }
  return table;
}

/** Throws RulesDoNotFit with every field that has no rule, and every rule that is for no field. */
export function rulesFor(schema: GraphQLSchema): Rules {
  const faults: string[] = [];
  const fields = compile(fieldRules, faults);
  const inputs = compile(inputRules, faults);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isInterfaceType(type)) || isIntrospectionType(type)) continue;
    const ruled = fields.get(type.name);
    const missing = Object.keys(type.getFields()).filter((name) => !ruled?.has(name));
    faults.push(...missing.map((name) => `${type.name}.${name} has no rule`));
  }
  for (const [name, ruled] of [...fields, ...inputs]) {
    const type = schema.getType(name);
    const present =
      isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.keys(type.getFields())
        : [];
    faults.push(
      ...[...ruled.keys()]
        .filter((field) => !present.includes(field))
        .map((field) => `there is no ${name}.${field}`),
    );
  }
  if (faults.length > 0) throw new RulesDoNotFit(faults);
  return { fields, inputs };
}

export const holds = ({ permissions, scope }: Access, { permission, wholeFirm }: Need): boolean =>
  permissions.has(permission) && (scope === 'ALL' || !wholeFirm);
