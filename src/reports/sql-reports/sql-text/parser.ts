/**
 * The SQL parser, ready when this is. Required rather than imported: what the package has for import reads its 22 MB by way of fetch, which
 * takes twice as long and several copies of them.
 */
import { createRequire } from 'node:module';
import type * as polyglot from '@polyglot-sql/sdk';

const sdk = createRequire(import.meta.url)('@polyglot-sql/sdk') as typeof polyglot;
await sdk.init();

export const { Dialect, parse } = sdk;
