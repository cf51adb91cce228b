/** What a member of a change does to a value: left out it stays, null or blank clears it, text comes trimmed. */

export const changedText = (given: string | null | undefined, before: string | null): string | null =>
  given === undefined ? before : given?.trim() || null;

/** For members that cannot be cleared. */
export const changedRequired = (given: string | null | undefined, before: string): string =>
  given?.trim() || before;

/** For members kept in another form than given. */
export const changedForm = <Kept>(
  given: string | null | undefined,
  before: Kept | null,
  formOf: (text: string) => Kept | undefined,
): Kept | null => (given === undefined ? before : (given?.trim() && formOf(given)) || null);
