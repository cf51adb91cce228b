/** Arguments of the generated queries (plan-queries.ts): written out, by variables, within objects and lists, by default values, or not given. */
import {
  astFromValue,
  isInputObjectType,
  isListType,
  isNonNullType,
  print,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { valueOf, type Dice } from './fuzz-values.ts';
import type { KnownRecords } from './plan-known.ts';

type Field = GraphQLField<unknown, unknown>;
type Given = Readonly<Record<string, unknown>>;

/** How often a query has an argument that may be wrong. */
const wrongness = 0.03;

export class PlanArguments {
  readonly declarations: string[] = [];
  readonly variables: Record<string, unknown> = {};
  private readonly deciding: string[] = [];
  private readonly roll: Dice;
  private readonly known: KnownRecords;
  private readonly fresh: () => string;

  constructor(roll: Dice, known: KnownRecords, fresh: () => string) {
    this.roll = roll;
    this.known = known;
    this.fresh = fresh;
  }

  /** With its brackets, or nothing. */
  of(owner: string, field: Field): string {
    const given = this.given(owner, field);
    const written = field.args.flatMap(({ name, type }) =>
      name in given ? [`${name}: ${this.value(type, given[name])}`] : [],
    );
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  directive(): string {
    if (!this.roll.chance(0.16)) return '';
    const [name, kept] = this.roll.pick([['include', true] as const, ['skip', false] as const]);
    if (this.roll.chance(0.4)) return ` @${name}(if: ${this.roll.chance(0.7) ? kept : !kept})`;
    const one = ` @${name}(if: $${this.decider(kept)})`;
    return this.roll.chance(0.2) ? `${one} @${name === 'skip' ? 'include' : 'skip'}(if: ${!kept})` : one;
  }

  private decider(kept: boolean): string {
    if (this.deciding.length > 0 && this.roll.chance(0.6)) return this.roll.pick(this.deciding);
    const name = this.fresh();
    this.deciding.push(name);
    const value = this.roll.chance(0.7) ? kept : !kept;
    if (this.roll.chance(0.4)) {
      this.declarations.push(`$${name}: Boolean${this.roll.chance(0.5) ? '!' : ''} = ${value}`);
      if (this.roll.chance(0.4)) this.variables[name] = !value;
    } else if (this.roll.chance(wrongness / 4)) {
      this.declarations.push(`$${name}: Boolean = true`);
      this.variables[name] = null;
    } else {
      this.declarations.push(`$${name}: Boolean!`);
      this.variables[name] = value;
    }
    return name;
  }

  private given(owner: string, field: Field): Given {
    const odd = this.roll.chance(wrongness);
    const pages = field.args.some(({ name }) => name === 'first');
    if (field.name === 'client') return this.card(odd);
    if (field.name === 'node') return { id: this.roll.pick(this.known.ids) };
    if (field.name === 'nodes')
      return { ids: [this.roll.pick(this.known.ids), this.roll.pick(this.known.ids)] };
    const recipes = this.known.recipes.filter(({ list }) => list === `${owner}.${field.name}`);
    if (!odd && recipes.length > 0 && this.roll.chance(0.8)) {
      const recipe = this.roll.pick(recipes);
      return { ...recipe.given, ...this.page(field, recipe.cursors) };
    }
    const asked = field.args.filter(
      ({ name, type }) =>
        isNonNullType(type) || (odd && !/^(?:first|last|after|before)$/.test(name) && this.roll.chance(0.4)),
    );
    const wish = { ...this.known, oddness: odd ? 0.3 : 0, field: field.name };
    const made = asked.map(({ name, type }) => [name, valueOf(type, name, this.roll, wish).json] as const);
    const page = odd ? this.wrongPage() : this.page(field, []);
    return { ...Object.fromEntries(made), ...(pages ? page : {}) };
  }

  private card(odd: boolean): Given {
    const id = this.roll.pick(this.known.ids.filter((one) => one.startsWith('client_')));
    const code = this.roll.pick(this.known.codes);
    if (odd)
      return this.roll.pick<Given>([{ id, code }, {}, { id: 'x' }, { code: '\0' }, { id: null, code }]);
    return this.roll.pick<Given>([{ id }, { id }, { code }, { code: code.toLowerCase() }, { code: 'NIKT' }]);
  }

  private page({ args }: Field, cursors: readonly string[]): Given {
    if (!args.some(({ name }) => name === 'first')) return {};
    const backward = args.some(({ name }) => name === 'last') && this.roll.chance(0.35);
    const page: Record<string, unknown> = {};
    page[backward ? 'last' : 'first'] = 1 + this.roll.below(3);
    if (cursors.length > 0 && this.roll.chance(0.4))
      page[backward ? 'before' : 'after'] = this.roll.pick(cursors);
    return page;
  }

  private wrongPage(): Given {
    const after = this.roll.pick(this.known.cursors);
    return this.roll.pick<Given>([
      { first: 0 },
      { first: 201 },
      { first: 1, after },
      { first: -1 },
      { after: 'x' },
    ]);
  }

  private value(type: GraphQLInputType, json: unknown): string {
    const kind = this.roll.below(20);
    if (kind < 5) return this.variable(type, json);
    if (kind < 8 && json !== null) return this.byDefault(type, json);
    return this.literal(type, json);
  }

  private variable(type: GraphQLInputType, json: unknown): string {
    const name = this.fresh();
    this.declarations.push(`$${name}: ${String(type)}`);
    this.variables[name] = json;
    return `$${name}`;
  }

  /** Not given, or given what the default is not. */
  private byDefault(type: GraphQLInputType, json: unknown): string {
    const fixed = fixedLiteral(type, json);
    if (fixed === undefined) return this.variable(type, json);
    const name = this.fresh();
    this.declarations.push(`$${name}: ${String(type)} = ${fixed}`);
    return `$${name}`;
  }

  /** Variables may stand within. */
  private literal(type: GraphQLInputType, json: unknown): string {
    if (json === null) return 'null';
    const inner = isNonNullType(type) ? type.ofType : type;
    if (isListType(inner) && Array.isArray(json))
      return `[${json.map((one: unknown) => this.value(inner.ofType, one)).join(', ')}]`;
    if (isInputObjectType(inner) && typeof json === 'object') {
      const fields = inner.getFields();
      const members = Object.entries(json).flatMap(([name, member]) => {
        const field = fields[name];
        return field ? [`${name}: ${this.value(field.type, member)}`] : [];
      });
      return `{${members.join(', ')}}`;
    }
    return fixedLiteral(inner, json) ?? this.variable(type, json);
  }
}

/** Undefined for what cannot be written. */
function fixedLiteral(type: GraphQLInputType, json: unknown): string | undefined {
  try {
    const node = astFromValue(json, type);
    return node ? print(node) : undefined;
  } catch {
    return undefined;
  }
}
