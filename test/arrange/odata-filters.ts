/** Filters as they might be written, each with what it means, said over again in the plainest way: true, false, or unknown. */
import fc from 'fast-check';

type Value = string | boolean | null;
/** A record as OData tells it, numbers by their digits. */
export type Fact = Readonly<Record<string, Value>>;
type Truth = boolean | null;

export interface Written {
  readonly text: string;
  readonly of: (fact: Fact) => Truth;
}
interface Operand {
  readonly text: string;
  readonly of: (fact: Fact) => Comparable | null;
}
type Comparable = string | number | boolean;

export const holds = ({ of }: Written, fact: Fact): boolean => of(fact) === true;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const property = (name: string, read: (value: string | boolean) => Comparable): Operand => ({
  text: name,
  of: (fact) => {
    const value = fact[name] ?? null;
    return value === null ? null : read(value);
  },
});
const call = (name: string, operand: Operand, apply: (value: string) => Comparable): Operand => ({
  text: `${name}(${operand.text})`,
  of: (fact) => {
    const value = operand.of(fact);
    return value === null ? null : apply(String(value));
  },
});
const literal = (text: string, value: Comparable | null): Operand => ({ text, of: () => value });

/** Instants as numbers, so that offsets and digits do not matter. */
const instant = (value: string | boolean): number => Date.parse(String(value));
const plain = (value: string | boolean): Comparable => value;

const textProperties = ['description', 'fileName', 'category', 'createdBy'].map((name) =>
  property(name, plain),
);
const numberProperties = ['size', 'version', 'revision'].map((name) => property(name, Number));
const dateProperties = ['validFrom', 'validUntil'].map((name) => property(name, plain));
const instantProperties = ['createdAt', 'updatedAt', 'deletedAt'].map((name) => property(name, instant));
const booleanProperty = property('deleted', plain);

const texts: readonly Operand[] = [
  ...textProperties,
  ...textProperties.map((one) => call('tolower', one, (text) => text.toLowerCase())),
];
const numbers: readonly Operand[] = [
  ...numberProperties,
  ...textProperties.map((one) => call('length', one, (text) => [...text].length)),
  ...dateProperties.map((one) => call('year', one, (day) => Number(day.slice(0, 4)))),
  ...dateProperties.map((one) => call('month', one, (day) => Number(day.slice(5, 7)))),
  ...instantProperties.map((one) => call('day', one, (at) => new Date(Number(at)).getUTCDate())),
  ...instantProperties.map((one) => call('hour', one, (at) => new Date(Number(at)).getUTCHours())),
];
const dates: readonly Operand[] = [
  ...dateProperties,
  ...instantProperties.map((one) =>
    call('date', one, (at) => new Date(Number(at)).toISOString().slice(0, 10)),
  ),
];

const compare: Readonly<Record<string, (one: Comparable | null, other: Comparable | null) => boolean>> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  gt: (one, other) => one !== null && other !== null && one > other,
  ge: (one, other) => one !== null && other !== null && one >= other,
  lt: (one, other) => one !== null && other !== null && one < other,
  le: (one, other) => one !== null && other !== null && one <= other,
};

const compared = (one: Operand, operator: string, other: Operand): Written => ({
  text: `${one.text} ${operator} ${other.text}`,
  of: (fact) => compare[operator]?.(one.of(fact), other.of(fact)) ?? null,
});

const ordered = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
/** How texts are sorted is the language's own affair. */
const alike = ['eq', 'ne'];
const nothing = literal('null', null);

interface Family {
  readonly operands: readonly Operand[];
  readonly literals: fc.Arbitrary<Operand>;
  readonly operators: readonly string[];
}

function families(facts: readonly Fact[]): readonly Family[] {
  const seen = (name: string) =>
    facts.flatMap((fact) => (typeof fact[name] === 'string' ? [fact[name]] : []));
  const someText = fc.oneof(
    fc.constantFrom(...seen('description'), ...seen('fileName'), 'CONTRACT', 'Anna'),
    fc.string({ maxLength: 4 }).filter((text) => !text.includes('\0')),
  );
  const someDay = fc.constantFrom(...seen('validFrom'), ...seen('validUntil'), '2026-02-01', '1999-12-31');
  const instantAs = (at: string, form: number): string => {
    const date = new Date(at);
    if (form === 0) return date.toISOString();
    const shifted = new Date(date.getTime() + 2 * 3_600_000).toISOString();
    return shifted.replace('Z', '+02:00');
  };
  return [
    { operands: texts, literals: someText.map((text) => literal(quoted(text), text)), operators: alike },
    {
      operands: numbers,
      literals: fc
        .oneof(
          fc.constantFrom(...seen('size')),
          fc.integer({ min: -3, max: 40 }).map(String),
          fc.constant('2026'),
          fc.constant('1.5'),
        )
        .map((text) => literal(text, Number(text))),
      operators: ordered,
    },
    { operands: dates, literals: someDay.map((day) => literal(day, day)), operators: ordered },
    {
      operands: instantProperties,
      literals: fc
        .tuple(fc.constantFrom(...seen('createdAt'), ...seen('updatedAt')), fc.integer({ min: 0, max: 1 }))
        .map(([at, form]) => literal(instantAs(at, form), Date.parse(at))),
      operators: ordered,
    },
    {
      operands: [booleanProperty],
      literals: fc.boolean().map((value) => literal(String(value), value)),
      operators: alike,
    },
  ];
}

const inList = (one: Operand, list: readonly Operand[]): Written => ({
  text: `${one.text} in (${list.map(({ text }) => text).join(',')})`,
  of: (fact) => list.some((value) => one.of(fact) === value.of(fact)),
});

const tests: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

const tested = (name: string, one: Operand, other: Operand): Written => ({
  text: `${name}(${one.text},${other.text})`,
  of: (fact) => {
    const [text, part] = [one.of(fact), other.of(fact)];
    return text === null || part === null ? null : (tests[name]?.(String(text), String(part)) ?? null);
  },
});

function leaves({ operands, literals, operators }: Family): fc.Arbitrary<Written> {
  const some = fc.constantFrom(...operands);
  const operator = fc.constantFrom(...operators);
  const value = fc.oneof({ weight: 5, arbitrary: literals }, { weight: 1, arbitrary: fc.constant(nothing) });
  return fc.oneof(
    fc.tuple(some, operator, value).map(([one, sign, other]) => compared(one, sign, other)),
    fc.tuple(value, operator, some).map(([one, sign, other]) => compared(one, sign, other)),
    fc.tuple(some, operator, some).map(([one, sign, other]) => compared(one, sign, other)),
    fc.tuple(some, fc.array(value, { minLength: 1, maxLength: 4 })).map(([one, list]) => inList(one, list)),
  );
}

const not = ({ text, of }: Written): Written => ({
  text: `not (${text})`,
  of: (fact) => {
    const truth = of(fact);
    return truth === null ? null : !truth;
  },
});

function joined(word: 'and' | 'or', parts: readonly Written[]): Written {
  const decisive = word === 'or';
  return {
    text: parts.map(({ text }) => `(${text})`).join(` ${word} `),
    of: (fact) => {
      const truths = parts.map(({ of }) => of(fact));
      if (truths.includes(decisive)) return decisive;
      return truths.includes(null) ? null : !decisive;
    },
  };
}

const known = ({ text, of }: Written, operator: string, truth: boolean): Written => ({
  text: `(${text}) ${operator} ${truth}`,
  of: (fact) => (of(fact) === truth) === (operator === 'eq'),
});

/** Over the properties of attachments. */
export const aCondition = (facts: () => readonly Fact[]): fc.Arbitrary<Written> =>
  fc.constant(null).chain(() => {
    const all = families(facts());
    const [ofTexts] = all;
    if (!ofTexts) throw new Error('no texts');
    const textTest = fc
      .tuple(
        fc.constantFrom(...Object.keys(tests)),
        fc.constantFrom(...texts),
        fc.oneof(ofTexts.literals, fc.constantFrom(...texts)),
      )
      .map(([name, one, other]) => tested(name, one, other));
    const bare: Written = { text: 'deleted', of: (fact) => fact['deleted'] === true };
    const leaf = fc.oneof(...all.map(leaves), textTest, fc.constant(bare));
    const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        tie('tree').map(not),
        fc
          .tuple(
            fc.constantFrom('and' as const, 'or' as const),
            fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
          )
          .map(([word, parts]) => joined(word, parts)),
        fc
          .tuple(tie('tree'), fc.constantFrom('eq', 'ne'), fc.boolean())
          .map(([one, operator, truth]) => known(one, operator, truth)),
      ),
    }));
    return tree;
  });
