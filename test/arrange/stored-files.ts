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
