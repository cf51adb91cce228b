/** Addresses of pages that follow: the options as they were, but for those that a page has used up. */
import type { Options } from './options.ts';

interface Next {
  readonly options: Options;
  readonly token: string;
  /** What is left of `$top`. */
  readonly top: number | undefined;
}

const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Records are counted with the first page alone. */
export function nextAddress(base: string, path: string, { options, token, top }: Next): string {
  const kept: Options = {
    ...options,
    $skip: undefined,
    $count: undefined,
    $top: top === undefined ? undefined : String(top),
    $skiptoken: token,
  };
  const pairs = Object.entries(kept).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escaped(value)}`],
  );
  return `${base}${path}?${pairs.join('&')}`;
}
