import { InputRejected } from '../errors.ts';
import type { KeyColumn } from '../reads/statement.ts';
import { keyOf } from '../values/record-id.ts';

interface Given {
  readonly id?: string | null | undefined;
  readonly code?: string | null | undefined;
}

/** By what one card is looked for. Codes are unique, letter case aside. Throws InputRejected with codes ID and EXACTLY_ONE. */
export function clientByIdOrCode({ id, code }: Given): { readonly by: KeyColumn; readonly key: string } {
  if (id != null && code == null)
    return { by: { column: 't.id', type: 'uuid' }, key: keyOf('client', id, 'id') };
  if (code != null && id == null)
    return { by: { column: 'lower(t.code)', type: 'text' }, key: code.toLowerCase() };
  throw new InputRejected([{ path: 'id', code: 'EXACTLY_ONE', message: 'give exactly one of id and code' }]);
}
