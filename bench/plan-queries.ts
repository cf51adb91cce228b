/**
 * Queries made from the schema of what is read from the CRM, with whatever GraphQL can do to a selection: aliases, fragments, directives,
 * keys that are asked for twice, pages within pages. They are valid: two fields have the same response key only where they are the same.
 */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { dice, type Dice } from './fuzz-values.ts';
import { PlanArguments } from './plan-arguments.ts';
import type { KnownRecords } from './plan-known.ts';

export interface PlanQuery {
  readonly query: string;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Fields that it asks, as type and field. */
  readonly met: ReadonlySet<string>;
}

type Field = GraphQLField<unknown, unknown>;

/** Roots that are asked, the declared ones and some beside them. */
const roots = ['client', 'client', 'clients', 'clients', 'clients', 'events', 'attachments', 'users'];
const rareRoots = ['cardTypes', 'viewer', 'node', 'nodes'];

/** What takes an ERP long, and what no two answers have alike. */
const avoided =
  /^(?:Client\.(?:invoices|payments|settlements|balances|ageing|sales|topProducts|report)|\w+\.(?:sources|asOf|company|customer))$/;

/** Asks several sections of the ERPs. */
const slow = /^(?:orders|history)$/;

const deepest = 10;
const keyPrefixes = [
  'a',
  'n',
  'p',
  'e',
  'k',
  'h',
  'o',
  'w',
  'c',
  't',
  'longer_than_usual_',
  'SELECT_',
  '__x',
];
/** Names that mean something to JavaScript, to SQL, or to the statements themselves. */
const loadedKeys =
  'a1 n1 n3 p1 e1 h2 k0 t c q i a0 w1 o1 c1 r cursors more body key cursor place select from order user null true constructor toString hasOwnProperty valueOf __proto__ isPrototypeOf length then toJSON'.split(
    ' ',
  );

/** A field that was written, to be asked for again under the same key. */
interface Written {
  readonly head: string;
  /** Whose field it is. */
  readonly owner: string;
  readonly type: GraphQLCompositeType;
  readonly within: Written[];
}

interface Fragment {
  readonly name: string;
  readonly type: string;
}

class Writing {
  readonly met = new Set<string>();
  readonly fragments: string[] = [];
  readonly given: PlanArguments;
  private readonly done: Fragment[] = [];
  private readonly taken: Set<string>;
  private count = 0;
  private left: number;
  private readonly schema: GraphQLSchema;
  private readonly roll: Dice;

  constructor(schema: GraphQLSchema, roll: Dice, known: KnownRecords) {
    this.schema = schema;
    this.roll = roll;
    this.left = 15 + roll.below(60);
    this.taken = new Set(
      Object.values(schema.getTypeMap()).flatMap((type) =>
        isObjectType(type) ? Object.keys(type.getFields()) : [],
      ),
    );
    this.given = new PlanArguments(roll, known, () => this.fresh('v'));
  }

  root(): string {
    const type = this.schema.getQueryType();
    if (!type) throw new Error('the schema has no queries');
    const within: Written[] = [];
    const parts: string[] = [];
    for (let times = 1 + this.roll.below(3); times > 0; times -= 1) {
      const name = this.roll.pick(parts.length > 0 && this.roll.chance(0.25) ? rareRoots : roots);
      const field = type.getFields()[name];
      if (!field) throw new Error(`the schema has no root ${name}`);
      const written = this.field(type.name, field, 0, within);
      parts.push(this.roll.chance(0.1) ? `... on Query${this.given.directive()} { ${written} }` : written);
      if (this.roll.chance(0.15)) parts.push(this.again(type.name, within, 0));
    }
    if (this.roll.chance(0.3)) parts.splice(this.roll.below(3), 0, this.typename());
    return parts.join('\n  ');
  }

  private fresh(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  private key(): string {
    const loaded = this.roll.pick(loadedKeys);
    if (this.roll.chance(0.3) && !this.taken.has(loaded)) {
      this.taken.add(loaded);
      return loaded;
    }
    const key = this.fresh(this.roll.pick(keyPrefixes));
    if (this.taken.has(key)) return this.key();
    this.taken.add(key);
    return key;
  }

  private typename(): string {
    return `${this.roll.chance(0.5) ? `${this.key()}: ` : ''}__typename${this.given.directive()}`;
  }

  private field(owner: string, field: Field, depth: number, within: Written[]): string {
    this.met.add(`${owner}.${field.name}`);
    this.left -= 1;
    const given = this.given.of(owner, field);
    const named = getNamedType(field.type);
    const plain = given === '' && this.roll.chance(0.6);
    const head = `${plain ? '' : `${this.key()}: `}${field.name}${given}`;
    if (!isCompositeType(named)) return head + this.given.directive();
    const written: Written = { head, owner, type: named, within: [] };
    within.push(written);
    const one = this.asked(written, depth);
    // The same field with the same arguments, or with others, stands beside it.
    if (!this.roll.chance(0.12) || this.left <= 0) return one;
    const arguments_ = this.roll.chance(0.5) ? given : this.given.of(owner, field);
    const other: Written = {
      head: `${this.key()}: ${field.name}${arguments_}`,
      owner,
      type: named,
      within: [],
    };
    within.push(other);
    return `${one} ${this.asked(other, depth)}`;
  }

  private asked({ head, type, within }: Written, depth: number): string {
    return `${head}${this.given.directive()} ${this.selection(type, depth + 1, within)}`;
  }

  /** The same key with another selection, so that the two are one. */
  private again(owner: string, within: readonly Written[], depth: number): string {
    const own = within.filter((one) => one.owner === owner);
    return own.length === 0 ? this.typename() : this.asked(this.roll.pick(own), depth);
  }

  private selection(type: GraphQLCompositeType, depth: number, within: Written[]): string {
    const parts: string[] = [];
    for (let times = 1 + this.roll.below(this.left > 0 ? 5 : 1); times > 0; times -= 1)
      parts.push(this.part(type, depth, within));
    if (this.leads(type) && depth < deepest) parts.push(this.led(type, depth, within));
    return `{ ${parts.join(' ')} }`;
  }

  private part(type: GraphQLCompositeType, depth: number, within: Written[]): string {
    const kind = this.roll.below(100);
    if (kind < 10 || !('getFields' in type))
      return kind < 10 ? this.typename() : this.inline(type, depth, within);
    if (this.left > 0 && depth < deepest) {
      if (kind < 20) return this.inline(type, depth, within);
      if (kind < 27) return this.spread(type, depth);
      if (kind < 35) return this.again(type.name, within, depth);
    }
    const fields = Object.values(type.getFields()).filter(
      (field) =>
        !avoided.test(`${type.name}.${field.name}`) &&
        !field.args.some(isRequiredArgument) &&
        (!slow.test(field.name) || this.roll.chance(0.1)),
    );
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const branches = fields.filter((field) => !isLeafType(getNamedType(field.type)));
    const leads = this.left > 0 && depth < deepest && branches.length > 0 && this.roll.chance(0.4);
    if (!leads && leaves.length === 0) return this.typename();
    return this.field(type.name, this.roll.pick(leads ? branches : leaves), depth, within);
  }

  /** Whether it is a page, or a row of one: worth little without what is in it. */
  private leads({ name }: GraphQLCompositeType): boolean {
    return /(?:Connection|Edge)$/.test(name);
  }

  private led(type: GraphQLCompositeType, depth: number, within: Written[]): string {
    const fields = 'getFields' in type ? type.getFields() : {};
    const field = fields['node'] ?? fields[this.roll.pick(['nodes', 'edges'])];
    return field ? this.field(type.name, field, depth, within) : this.typename();
  }

  /** On the type itself, on an interface that it has, or, within one of these, on types that it is not. */
  private inline(type: GraphQLCompositeType, depth: number, within: Written[]): string {
    const interfaces = 'getInterfaces' in type ? type.getInterfaces() : [];
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [];
    const on = this.roll.pick<GraphQLCompositeType>([type, ...interfaces, ...possible]);
    const condition = on === type && this.roll.chance(0.4) ? '' : ` on ${on.name}`;
    // Of objects that are others, keys are of no concern to this one.
    const scope = possible.includes(on as never) ? [] : within;
    return `...${condition}${this.given.directive()} ${this.selection(on, depth, scope)}`;
  }

  private spread(type: GraphQLCompositeType, depth: number): string {
    const fitting = this.done.filter((one) => one.type === type.name);
    if (fitting.length > 0 && this.roll.chance(0.5))
      return `...${this.roll.pick(fitting).name}${this.given.directive()}`;
    const name = this.fresh('F');
    this.fragments.push(`fragment ${name} on ${type.name} ${this.selection(type, depth, [])}`);
    this.done.push({ name, type: type.name });
    return `...${name}${this.given.directive()}`;
  }
}

/** The same for the same seed and number. */
export function planQuery(
  schema: GraphQLSchema,
  known: KnownRecords,
  seed: number,
  number: number,
): PlanQuery {
  const writing = new Writing(schema, dice(Math.imul(seed, 1_000_003) + number), known);
  const body = writing.root();
  const { declarations, variables } = writing.given;
  const declared = declarations.length > 0 ? `(${declarations.join(', ')})` : '';
  return {
    query: [`query Plan${declared} {\n  ${body}\n}`, ...writing.fragments].join('\n'),
    operationName: 'Plan',
    variables,
    met: writing.met,
  };
}
