/**
 * Values in the text of COPY, which takes no parameters: only such as were read and are written anew in a form that holds no quote, a UUID,
 * a number or an instant. Whatever else would come in is a fault of the service, and stops it.
 */
import type { Bind } from '../reads/declaration.ts';

const forms: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  bigint: /^(0|[1-9]\d{0,17})$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
};

export const literal: Bind = (value, type) => {
  if (typeof value !== 'string' || !forms[type]?.test(value))
    throw new Error(`a value of type ${type} is not of the form that COPY may hold`);
  return `'${value}'::${type}`;
};
