/** What lies in a folder of attachments, whole or unfinished, as the disk has it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Keys of the bytes under a name, and what is still being written; the mark of the owner aside. */
export async function storedKeys(folder: string): Promise<{ files: string[]; incoming: string[] }> {
  const files = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true });
  const keys = files.filter((entry) => entry.isFile()).map(({ name }) => name);
  return {
    files: keys.filter((key) => !key.startsWith('owner-')).toSorted(),
    incoming: await readdir(join(folder, 'incoming')),
  };
}

/** Waits until exactly these are kept and nothing is being written: unused bytes go a moment after their request's answer. */
export async function waitForStored(folder: string, files: readonly string[]): Promise<void> {
  for (;;) {
    const stored = await storedKeys(folder);
    if (stored.incoming.length === 0 && stored.files.join() === files.join()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** As waitForStored, where only their number is known. */
export async function waitForCount(folder: string, count: number): Promise<void> {
  for (;;) {
    const { files, incoming } = await storedKeys(folder);
    if (incoming.length === 0 && files.length === count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
