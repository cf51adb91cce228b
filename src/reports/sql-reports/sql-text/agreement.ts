import type { Named, Outline } from './outline.ts';
import { asCompared } from './rules.ts';
import type { Telling } from './tree.ts';
import { kindsOfCalls } from './tree-words.ts';

/**
 * The outline and the tree are two readings of one text by two makers; only what both tell is taken. Every name, value,
 * call, relation and SELECT of the text must be in the tree, and every relation of the tree in the text.
 */
export function compareReadings(outline: Outline, telling: Telling): void {
  const left = new Map(telling.said);
  const take = (key: string): boolean => {
    const count = left.get(key.toUpperCase()) ?? 0;
    left.set(key.toUpperCase(), count - 1);
    return count > 0;
  };
  const inCalls = new Set<number>();
  for (const call of outline.calls) {
    for (let at = call.at; at > call.at - 2 * call.parts.length; at -= 1) inCalls.add(at);
    if (!takeCall(call, take)) disagree(outline, call.at);
  }
  for (const [at, role] of outline.roles.entries()) {
    if (inCalls.has(at) || (role !== 'name' && role !== 'value')) continue;
    if (outline.tokens[at]?.value !== '' && !sayings(outline, at).some(take)) disagree(outline, at);
  }
  compareRelations(outline, telling);
  if (outline.selects !== telling.selects)
    outline.refuse(0, 'NOT_UNDERSTOOD', 'it is not certain how many SELECT are in this text');
}

function disagree(outline: Outline, at: number): void {
  outline.refuse(
    at,
    'NOT_UNDERSTOOD',
    `it is not certain what ${outline.written(at)} is there for: write it otherwise`,
  );
}

function takeCall({ parts }: Named, take: (key: string) => boolean): boolean {
  const name = parts.join('.').toUpperCase();
  if (parts.length > 1) return take(name) || parts.every(take);
  const kinds = kindsOfCalls[name] ?? [name.toLowerCase()];
  return kinds.some((kind) => take(kind.startsWith('=') ? kind.slice(1) : `kind ${kind}`)) || take(name);
}

/** How the tree could say a token. */
function sayings(outline: Outline, at: number): string[] {
  const token = outline.tokens[at];
  if (token === undefined) return [];
  const written = outline.written(at);
  if (token.kind === 'parameter') return [written, token.value];
  if (/^E'/iu.test(written)) return [`E:${token.value}`, `E:${written.slice(2, -1)}`];
  if (/^0x/iu.test(written)) return [written.slice(2), written];
  return [token.value, written];
}

function compareRelations(outline: Outline, telling: Telling): void {
  const counts = new Map<string, number>();
  const count = (name: string, by: number): void => {
    counts.set(asCompared(outline, name), (counts.get(asCompared(outline, name)) ?? 0) + by);
  };
  for (const { parts } of outline.relations) count(parts.join('.'), 1);
  for (const { name } of telling.relations) count(name, -1);
  for (const [name, difference] of counts)
    if (difference !== 0)
      outline.refuse(
        0,
        'NOT_UNDERSTOOD',
        `it is not certain whether ${name} is read as a relation: write it otherwise`,
      );
}
