const json = { 'content-type': 'application/json', accept: 'application/json' };

/** Asks one question by HTTP, as callers do. Throws for whatever is no answer, GraphQL errors included. */
export async function ask(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  const answer: unknown = JSON.parse(text);
  if (typeof answer === 'object' && answer !== null && 'errors' in answer)
    throw new Error(`${url} answered with errors: ${text.slice(0, 500)}`);
  return answer;
}
