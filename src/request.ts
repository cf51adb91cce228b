/**
 * What belongs to one request: who asks, its id, when it must be over, and the loaders that batch its reads. A context
 * lives as long as its request, so nothing read for one caller is ever handed to another.
 */
import DataLoader from 'dataloader';
import type { Access } from './access/access.ts';

export interface Actor {
  /** Bare UUID of the user. */
  readonly id: string;
  /** The name as it is now; records and the change log keep it as it was then. */
  readonly name: string;
  /** What the caller may do, and for which cards. */
  readonly access: Access;
  /** The roles this comes of, where it comes of roles. */
  readonly roles?: readonly string[];
  /** Whether it is a program, with a key of the user's making. */
  readonly byApiKey?: true;
}

export interface RequestContext {
  readonly requestId: string;
  readonly actor: Actor;
  /** Aborts when the caller hangs up or the request's time is over. */
  readonly signal: AbortSignal;
}

/** More keys than this go as several statements, so that one request's size stays bounded. */
const maxBatchSize = 1000;

/** What a request's loaders hang on; a write puts another in its place. */
const scopes = new WeakMap<RequestContext, object>();

function scopeOf(context: RequestContext): object {
  let scope = scopes.get(context);
  if (!scope) scopes.set(context, (scope = {}));
  return scope;
}

/** What the request has read so far is read again when asked for again: to be called after it has written. */
export const forgetReads = (context: RequestContext): void => void scopes.delete(context);

/**
 * A loader per request, made when first asked for: `batch` gets the distinct keys of one tick and answers a value (or an
 * Error) for each, in their order. `variant` tells apart loads of one relation with different arguments.
 */
export function perRequest<K, V>(
  batch: (keys: readonly K[], context: RequestContext, variant: string) => Promise<readonly (V | Error)[]>,
) {
  const loaders = new WeakMap<object, Map<string, DataLoader<K, V>>>();
  return (context: RequestContext, variant = ''): DataLoader<K, V> => {
    const scope = scopeOf(context);
    let variants = loaders.get(scope);
    if (!variants) loaders.set(scope, (variants = new Map<string, DataLoader<K, V>>()));
    let loader = variants.get(variant);
    if (!loader) {
      loader = new DataLoader<K, V>((keys) => batch(keys, context, variant), { maxBatchSize });
      variants.set(variant, loader);
    }
    return loader;
  };
}
