/** What is wrong with an OData request: told with its place, and apart from what OData has and this service does not. */
import { InputRejected } from '../../errors.ts';

/** To be answered with 501. `target` is the part of the request. */
export class Unsupported extends Error {
  constructor(
    readonly target: string,
    message: string,
  ) {
    super(message);
  }
}

export const rejected = (path: string, code: string, message: string): InputRejected =>
  new InputRejected([{ path, code, message }]);

/** At a place of an option's text, counted in characters from 1. `more`: what would help. */
export const rejectedAt = (
  option: string,
  at: number,
  code: string,
  message: string,
  more = '',
): InputRejected => rejected(option, code, `${message}, at character ${at}${more === '' ? '' : `; ${more}`}`);

export const shown = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
