/**
 * The field rules over a schema: compiled once, and only where they say something of every field there is and of nothing else.
 */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Access } from './access.ts';
import { fieldRules, inputRules, openArguments, type TypeRules } from './field-rules.ts';
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

/** Members of the inputs by which fields are asked, and values of what they are sorted by, each as `Type.member`. */
function askedMembers(schema: GraphQLSchema): string[] {
  const asked = new Set<string>();
  const members: string[] = [];
  const take = (given: GraphQLInputType): void => {
    const type = getNamedType(given);
    if (asked.has(type.name)) return;
    asked.add(type.name);
    if (isEnumType(type) && type.name.endsWith('OrderField'))
      members.push(...type.getValues().map(({ name }) => `${type.name}.${name}`));
    if (!isInputObjectType(type)) return;
    for (const [name, field] of Object.entries(type.getFields())) {
      members.push(`${type.name}.${name}`);
      take(field.type);
    }
  };
  for (const field of askedFields(schema)) for (const { type } of field.args) take(type);
  return members;
}

/** All fields but those that write. */
const askedFields = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type) && type !== schema.getMutationType()
      ? Object.values(type.getFields())
      : [],
  );

/** Throws RulesDoNotFit with every field, member and argument that has no rule, and every rule that is for nothing. */
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
  for (const member of askedMembers(schema)) {
    const [type = '', name = ''] = member.split('.');
    if (!inputs.get(type)?.has(name)) faults.push(`${member} has no rule`);
  }
  for (const { name, args } of askedFields(schema))
    for (const argument of args)
      if (!openArguments.has(argument.name))
        faults.push(`the argument ${name}(${argument.name}) has no rule`);
  for (const [name, ruled] of [...fields, ...inputs]) {
    const type = schema.getType(name);
    const present =
      isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.keys(type.getFields())
        : isEnumType(type)
          ? type.getValues().map((value) => value.name)
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
