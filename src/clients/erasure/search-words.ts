/** Search remembers every word it has met, to forgive typing mistakes: a name lives on there when its card is erased. */
import type { Writing } from '../../changes/writing.ts';

/**
 * Forgets the words of these texts that no client is found by any more. One that another transaction brings back at this
 * very moment may go too: it is still found as written, only not with a mistake in it, until a card with it is changed.
 */
export async function forgetSearchWords({ run }: Writing, texts: readonly string[]): Promise<void> {
  await run({ name: '', text: 'SELECT forget_search_words($1)', values: [[...new Set(texts)].join(' ')] });
}
