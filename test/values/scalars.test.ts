import { describe, expect, it } from '@jest/globals';
import { GraphQLError, parseValue, type GraphQLScalarType } from 'graphql';
import fc from 'fast-check';
import { DateScalar, DateTimeScalar, DecimalScalar, toUtcInstant } from '../../src/values/scalars.ts';

const taken = (scalar: GraphQLScalarType<string, string>, value: unknown): string | undefined => {
  try {
    return scalar.parseValue(value);
  } catch (fault) {
    expect(fault).toBeInstanceOf(GraphQLError);
    expect(fault).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    return undefined;
  }
};
const literal = (scalar: GraphQLScalarType<string, string>, text: string): string | undefined => {
  try {
    return scalar.parseLiteral(parseValue(text));
  } catch {
    return undefined;
  }
};

describe('Date', () => {
  it.each(['2026-01-31', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    'takes %s as it is',
    (day) => {
      expect(taken(DateScalar, day)).toBe(day);
      expect(literal(DateScalar, `"${day}"`)).toBe(day);
    },
  );

  it.each([
    '2026-02-30',
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '٢٠٢٦-٠١-٠١',
    '+02026-01-01',
    '',
    20260101,
    null,
    {},
  ])('refuses %j', (value) => {
    expect(taken(DateScalar, value)).toBeUndefined();
  });

  it('refuses a number written in the document', () => {
    expect(literal(DateScalar, '20260101')).toBeUndefined();
  });
});

describe('DateTime', () => {
  it.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31t08:00:00z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T00:30:00+01:00', '2026-01-30T23:30:00.000Z'],
    ['2024-02-28T23:59:59.999-00:01', '2024-02-29T00:00:59.999Z'],
    ['2026-03-29T02:30:00.123456789+02:00', '2026-03-29T00:30:00.123Z'],
  ])('takes %s as %s', (given, kept) => {
    expect(taken(DateTimeScalar, given)).toBe(kept);
    expect(literal(DateTimeScalar, `"${given}"`)).toBe(kept);
  });

  it.each([
    '2026-01-31T08:00:00',
    '2026-01-31',
    '2026-02-30T08:00:00Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T08:60:00Z',
    '2026-01-31T08:00:61Z',
    '2026-01-31T08:00Z',
    '2026-01-31 08:00:00Z',
    '2026-01-31T08:00:00+0100',
    '2026-01-31T08:00:00+25:00',
    '2026-01-31T08:00:00+01:60',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '',
    1_769_846_400_000,
    null,
  ])('refuses %j', (value) => {
    expect(taken(DateTimeScalar, value)).toBeUndefined();
  });

  it('means the same instant after as before', () => {
    const instants = fc.date({
      min: new Date('0002-01-01'),
      max: new Date('9998-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -23 * 60, max: 23 * 60 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (number: number): string => String(Math.trunc(number)).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
        expect(toUtcInstant(`${local}${zone}`)).toBe(instant.toISOString());
      }),
      { numRuns: 1000 },
    );
  });
});

describe('Decimal', () => {
  it.each([
    ['1234.5600', '1234.5600'],
    ['99999999999.9999', '99999999999.9999'],
    ['-0.0001', '-0.0001'],
    ['007', '007'],
    [12, '12'],
    [-3, '-3'],
  ])('takes %j as %s', (given, kept) => {
    expect(taken(DecimalScalar, given)).toBe(kept);
  });

  it.each([1.5, 2 ** 53, Number.NaN, '1,5', '1e3', '.5', '5.', '+1', '', ' 1', '0x10', '1'.repeat(31), null])(
    'refuses %p',
    (value) => {
      expect(taken(DecimalScalar, value)).toBeUndefined();
    },
  );

  it('takes an integer or a string from the document, and no float', () => {
    expect(literal(DecimalScalar, '12')).toBe('12');
    expect(literal(DecimalScalar, '"12.50"')).toBe('12.50');
    expect(literal(DecimalScalar, '12.50')).toBeUndefined();
  });
});

describe('what the service itself holds', () => {
  it.each([DateScalar, DateTimeScalar, DecimalScalar])('leaves it as it is through %s', (scalar) => {
    expect(scalar.serialize('as it is')).toBe('as it is');
  });

  it.each([DateScalar, DateTimeScalar, DecimalScalar])(
    'is the service’s own fault where %s cannot be made of it, and not the caller’s',
    (scalar) => {
      for (const value of [1.5, new Date(), null]) {
        expect(() => scalar.serialize(value)).toThrow(TypeError);
      }
    },
  );
});
