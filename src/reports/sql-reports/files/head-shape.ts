/** The head of a report's file: which names it has and what stands behind each, and the parts of the report that follow from it. */
import { z } from 'zod';
import type { Problem } from '../../../errors.ts';
import { clientValues } from '../../../ssrs-config.ts';
import { reportValueTypes, type SqlReport } from '../../report.ts';
import type { HeadValue } from './head-yaml.ts';

const text = z.string('must be a text');
const list = z.array(text, 'must be a list, each of it after a dash');
const flag = z.enum(['true', 'false'], 'must be true or false').transform((word) => word === 'true');
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(', ')}`);
const whole = z
  .string('must be a whole number')
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

const parameter = z
  .strictObject(
    {
      name: text,
      label: text,
      type: oneOf(reportValueTypes),
      required: flag.default(false),
      multiple: flag.default(false),
      default: text.optional(),
      defaults: list.optional(),
      choices: list.optional(),
      choicesSql: text.optional(),
      fromClient: oneOf(clientValues).optional(),
    },
    'must be the names and values of a parameter',
  )
  .superRefine(({ default: single, defaults }, context) => {
    if (single !== undefined && defaults !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['defaults'],
        message: 'there is a default already: have one of the two',
      });
  });

const column = z.strictObject(
  { name: text, label: text, format: text.optional() },
  'must be the name, label and format of a column',
);

const head = z.strictObject(
  {
    title: text,
    description: text.optional(),
    database: oneOf(['ERP', 'CRM']),
    company: text.optional(),
    roles: list.default([]),
    maxRows: whole.optional(),
    parameters: z.array(parameter, 'must be a list of parameters').default([]),
    columns: z.array(column, 'must be a list of columns').default([]),
  },
  'must be names and values, such as title: Sales by month',
);

export type ReportHead = Omit<SqlReport, 'key' | 'sql'>;

export function readHeadShape(
  value: HeadValue,
): { readonly head: ReportHead } | { readonly problems: readonly Problem[] } {
  const read = head.safeParse(value);
  if (!read.success) return { problems: read.error.issues.flatMap((issue) => problemsOf(issue, value)) };
  const { description, company, maxRows, parameters, columns, ...rest } = read.data;
  return {
    head: {
      ...rest,
      description: description ?? null,
      company: company ?? null,
      maxRows: maxRows ?? null,
      parameters: parameters.map(
        ({ default: single, defaults, choices, choicesSql, fromClient, ...own }) => ({
          ...own,
          defaults: defaults ?? (single === undefined ? null : [single]),
          choices: choices ?? null,
          choicesSql: choicesSql ?? null,
          fromClient: fromClient ?? null,
        }),
      ),
      labels: columns.map(({ name, label, format }) => ({ name, label, format: format ?? null })),
    },
  };
}

function problemsOf(issue: z.core.$ZodIssue, value: HeadValue): Problem[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      code: 'UNKNOWN',
      message: 'is no name that a head has here',
    }));
  if (isMissing(value, issue.path)) return [{ path, code: 'REQUIRED', message: 'is missing' }];
  return [{ path, code: 'FORM', message: issue.message }];
}

function isMissing(value: HeadValue, path: readonly PropertyKey[]): boolean {
  let inner: unknown = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, name)) return true;
    inner = (inner as Readonly<Record<PropertyKey, unknown>>)[name];
  }
  return false;
}
