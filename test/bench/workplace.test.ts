import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inWorkplace, Workplace } from '../../bench/workplace.ts';

describe('a workplace', () => {
  it('is left in the opposite order, each thing once', async () => {
    const left: string[] = [];
    const workplace = new Workplace();
    const leave = (name: string) =>
      workplace.onLeaving(() => {
        left.push(name);
        return Promise.resolve();
      });
    leave('folder');
    const stop = leave('service');
    leave('load');

    await stop();
    await workplace.leave();
    await workplace.leave();

    expect(left).toEqual(['service', 'load', 'folder']);
  });

  it('leaves the rest when something does not go, and says so', async () => {
    const workplace = new Workplace();
    const folder = await workplace.folder();
    workplace.onLeaving(() => Promise.reject(new Error('stuck')));

    await expect(workplace.leave()).rejects.toThrow('stuck');

    expect(existsSync(folder)).toBe(false);
  });

  it('takes its folders away when the work fails', async () => {
    let folder = '';
    const work = inWorkplace(async (workplace) => {
      folder = await workplace.folder();
      await writeFile(join(folder, 'data'), 'some');
      throw new Error('failed');
    });

    await expect(work).rejects.toThrow('failed');

    expect(existsSync(folder)).toBe(false);
  });
});
