/** Operations made from a schema: any of its fields, any arguments, as documents that are mostly valid. */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { dice, valueOf, type Dice, type Known, type Wish } from './fuzz-values.ts';

export interface FuzzOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The fields of the root that it asks. */
  readonly roots: readonly string[];
}

type Field = GraphQLField<unknown, unknown>;

const deepest = 5;
/** One in so many operations writes. */
const writing = 0.4;

class Writing {
  readonly declarations: string[] = [];
  readonly variables: Record<string, unknown> = {};
  readonly fragments: string[] = [];
  private count = 0;
  private readonly schema: GraphQLSchema;
  private readonly roll: Dice;
  private readonly known: Omit<Wish, 'field'>;

  constructor(schema: GraphQLSchema, roll: Dice, known: Omit<Wish, 'field'>) {
    this.schema = schema;
    this.roll = roll;
    this.known = known;
  }

  /** Under a name of its own, so that no two fields of an answer are in each other's way. */
  field(field: Field, depth: number): string {
    const named = getNamedType(field.type);
    const selection = isCompositeType(named) ? ` ${this.selection(named, depth + 1)}` : '';
    return `${this.fresh('f')}: ${field.name}${this.argumentsOf(field)}${this.directive()}${selection}`;
  }

  private fresh(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  private argumentsOf(field: Field): string {
    const given = field.args
      .filter((one) =>
        isRequiredArgument(one) ? !this.roll.chance(this.known.oddness / 10) : this.roll.chance(0.35),
      )
      .map((one) => {
        const value = valueOf(one.type, one.name, this.roll, { ...this.known, field: field.name });
        if (this.roll.chance(0.5)) return `${one.name}: ${value.literal}`;
        const name = this.fresh('v');
        this.declarations.push(`$${name}: ${String(one.type)}`);
        this.variables[name] = value.json;
        return `${one.name}: $${name}`;
      });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  private directive(): string {
    if (!this.roll.chance(0.03)) return '';
    return this.roll.pick([' @include(if: true)', ' @skip(if: false)', ' @skip(if: true)']);
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    const parts = ['__typename'];
    if (isAbstractType(type)) {
      const possible = this.schema.getPossibleTypes(type);
      for (let times = 1 + this.roll.below(3); times > 0; times -= 1) {
        const one = this.roll.pick(possible);
        parts.push(`... on ${one.name} ${this.selection(one, depth)}`);
      }
    }
    if (isObjectType(type) || isInterfaceType(type))
      parts.push(...this.fieldsOf(Object.values(type.getFields()), depth));
    const selection = `{ ${parts.join(' ')} }`;
    if (!this.roll.chance(0.05)) return selection;
    const name = this.fresh('F');
    this.fragments.push(`fragment ${name} on ${type.name} ${selection}`);
    return `{ ...${name} }`;
  }

  private fieldsOf(fields: readonly Field[], depth: number): string[] {
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const branches = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    const chosen: Field[] = [];
    for (let times = this.roll.below(4); times > 0 && leaves.length > 0; times -= 1)
      chosen.push(this.roll.pick(leaves));
    // Pages lead on to what is in them.
    const leading = branches.filter(({ name }) => name === 'nodes' || name === 'edges' || name === 'node');
    const [from, times] = leading.length > 0 ? [leading, 1] : [branches, this.roll.below(3)];
    for (let time = 0; time < times && from.length > 0 && depth < deepest; time += 1)
      chosen.push(this.roll.pick(from));
    return chosen.map((field) => this.field(field, depth));
  }
}

/** The same for the same seed and number. Every field of the roots has its turn. */
export function operationOf(
  schema: GraphQLSchema,
  known: Known,
  seed: number,
  number: number,
): FuzzOperation {
  const roll = dice(Math.imul(seed, 1_000_003) + number);
  const mutation = schema.getMutationType();
  const query = schema.getQueryType();
  const writes = mutation != null && roll.chance(writing);
  const fields: readonly Field[] = Object.values((writes ? mutation : query)?.getFields() ?? {});
  const first = fields[number % fields.length];
  if (!first) throw new Error('the schema has nothing to ask');
  const roots = [first, ...Array.from({ length: roll.below(3) }, () => roll.pick(fields))];
  const document = new Writing(schema, roll, { ...known, oddness: roll.pick([0, 0.05, 0.3]) });
  const body = roots.map((field) => document.field(field, 0)).join('\n  ');
  const declared = document.declarations.length > 0 ? `(${document.declarations.join(', ')})` : '';
  return {
    query: [`${writes ? 'mutation' : 'query'} Fuzz${declared} {\n  ${body}\n}`, ...document.fragments].join(
      '\n',
    ),
    variables: document.variables,
    roots: roots.map(({ name }) => name),
  };
}
