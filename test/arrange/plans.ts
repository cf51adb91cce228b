/** What an answer tells of the way it was made. */

interface Looked {
  /** The header `x-kartoteka-plan`; null where it is not shown. */
  readonly way: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly extensions: unknown;
}

export async function lookedAt(url: string, query: string, plan?: 'explain'): Promise<Looked> {
  const response = await fetch(new URL('graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(plan ? { 'x-kartoteka-plan': plan } : {}) },
    body: JSON.stringify({ query }),
  });
  const { data, extensions } = (await response.json()) as Pick<Looked, 'data' | 'extensions'>;
  return { way: response.headers.get('x-kartoteka-plan'), data: data ?? {}, extensions };
}
