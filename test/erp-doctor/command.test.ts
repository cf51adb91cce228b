import 'reflect-metadata';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { CompanyConfig } from '../../src/config.ts';
import { launched, run } from '../arrange/commands.ts';
import { documents, invoiceView, openWard, writer, type Ward } from './arrange-doctor.ts';

/** But for what is slow, which says of a busy machine nothing of the ERP. */
const warningsBut = (out: string): readonly string[] =>
  out.split('\n').filter((line) => /^\s*WARN\b/.test(line) && !line.includes('which is slow'));

describe('npm run erp:doctor', () => {
  let ward: Ward;
  let sound: CompanyConfig;
  const companies = (...list: readonly CompanyConfig[]) => ({ ERP_COMPANIES: JSON.stringify(list) });

  beforeAll(async () => {
    ward = await openWard();
    sound = await ward.company('sound', documents, await invoiceView());
  });
  afterAll(() => ward.close());

  it('ends well without faults, with a summary', async () => {
    const { code, out, errors } = await run('erp-doctor', [], companies(sound));
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(/^sound: Company sound\n {2}OK {5}connection {2}127/);
    expect(warningsBut(out)).toEqual([]);
    expect(out).toMatch(/\n\nsound: \d+ OK, \d+ notes, \d+ warnings?, 0 faults\nNo faults\.\n$/);
    // It makes a database and fills it first.
  }, 60_000);

  it('looks at every company though one is not there, and ends with 1', async () => {
    const away = { ...sound, key: 'away', url: ward.url('nowhere') };
    const { code, out } = await run('erp-doctor', [], companies(away, sound));
    expect(code).toBe(1);
    expect(out).toMatch(/away: 0 OK, 0 notes, 0 warnings, 1 fault\nsound: .* 0 faults\nFaults at away\.\n$/);
  });

  it('ends with 1 for a login that can write, and tells machines the same', async () => {
    const able = { ...sound, key: 'able', url: ward.url('sound', writer) };
    const { code, out } = await run('erp-doctor', ['--json', '--company', 'able'], companies(able, sound));
    expect(code).toBe(1);
    const told: unknown = JSON.parse(out);
    expect(told).toMatchObject({ sound: false, companies: [{ company: 'able' }] });
    expect(told).toHaveProperty(
      'companies.0.findings',
      expect.arrayContaining([
        expect.objectContaining({ level: 'FAULT', area: 'login' }),
        expect.objectContaining({ level: 'OK', area: 'views', view: 'invoice' }),
      ]),
    );
    expect(out).not.toContain(writer.password);
  });

  it.each([
    [['--company', 'main'], 'there is no company main; there is sound'],
    [['--limit', '0'], '--limit is a whole number of seconds'],
    [['--loud'], "Unknown option '--loud'"],
    [['sound'], 'npm run erp:doctor'],
  ])('ends with 2 for %j', async (words, message) => {
    const { code, out, errors } = await run('erp-doctor', words, companies(sound));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain(message);
  });

  it('ends with 2 for settings that cannot be read', async () => {
    expect(await run('erp-doctor', [], { ERP_COMPANIES: '[{"key":"A"}]' })).toMatchObject({
      code: 2,
      out: '',
    });
    expect(await run('erp-doctor', [], { ERP_COMPANIES: '[]' })).toMatchObject({
      code: 2,
      errors: expect.stringContaining('names no company'),
    });
  });

  it('looks at the sandbox where no company is set', async () => {
    const { code, out } = await run('erp-doctor', ['--company', 'export']);
    expect(code).toBe(0);
    expect(out).toContain('not Microsoft SQL Server');
    expect(warningsBut(out)).toEqual([]);
    expect(out).toMatch(/\nexport: \d+ OK, \d+ notes, \d+ warnings?, 0 faults\nNo faults\.\n$/);
    // It makes a database and fills it first.
  }, 60_000);

  it('goes on to its end for a reader who has read enough', async () => {
    const child = launched('erp-doctor', [], companies(sound));
    const ended = once(child, 'close');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
    expect(await ended).toEqual([0, null]);
    expect(errors).toBe('');
  });

  it('leaves neither a server nor a file of the sandbox when it is cut short', async () => {
    // As root: a folder that the server's user cannot reach, so that the database lies elsewhere.
    const temporary = await mkdtemp(join(tmpdir(), 'kartoteka-test-'));
    const child = launched('erp-doctor', ['--company', 'export'], { TMPDIR: temporary });
    const ended = once(child, 'close');
    child.stdout.resume();
    child.stderr.resume();
    const { home, pid } = await serverUnder(temporary, () => child.exitCode === null);
    expect(isThere(pid)).toBe(true);

    child.kill('SIGTERM');

    expect(await ended).toEqual([143, null]);
    expect(isThere(pid)).toBe(false);
    expect(existsSync(home)).toBe(false);
    expect(await readdir(temporary)).toEqual([]);
    await rm(temporary, { recursive: true });
  }, 60_000);
});

/** The embedded server of a data directory somewhere in the folder, once there is one. */
async function serverUnder(
  folder: string,
  alive: () => boolean,
): Promise<{ readonly home: string; readonly pid: number }> {
  while (alive()) {
    for (const name of await readdir(folder)) {
      const located = textIn(join(folder, name, 'postgres-location.json'));
      const told: unknown = located === undefined ? undefined : JSON.parse(located);
      const home =
        z.object({ home: z.string() }).safeParse(told).data?.home ?? join(folder, name, 'postgres');
      const pid = Number(textIn(join(home, 'server', 'data', 'postmaster.pid'))?.split('\n')[0]);
      if (pid > 0) return { home, pid };
    }
    await delay(20);
  }
  throw new Error('it ended before it had a server');
}

const textIn = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    // Of Node's own realm: no instance of this one's Error.
    if (z.object({ code: z.literal('ESRCH') }).safeParse(fault).success) return false;
    throw fault;
  }
}

describe('npm run erp:install', () => {
  it('prints the views as they are in the folder', async () => {
    const { code, out, errors } = await run('erp-install', ['--erp', 'comarch-xl']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain('CREATE VIEW kartoteka.settlement_match AS');
  });

  it('lists what there is', async () => {
    expect(await run('erp-install', ['--list'])).toEqual({
      code: 0,
      out: 'comarch-optima\ncomarch-xl\nenova365\nsubiekt-gt\ncontract\n',
      errors: '',
    });
  });

  it.each([
    [
      ['--erp', 'sap'],
      'there are no views for sap; there are some for comarch-optima, comarch-xl, enova365, subiekt-gt, contract',
    ],
    [['--erp', '../erp/comarch-xl'], 'there are no views for'],
    [[], '--erp is needed: one of comarch-optima'],
    [['--erp', 'contract', '--schema', 'a b'], '--schema is a plain SQL identifier'],
    [['--erp', 'contract', '--login', ''], '--login and --erp-database are names'],
    [['--erp'], 'npm run --silent erp:install'],
  ])('ends with 2 for %j', async (words, message) => {
    const { code, out, errors } = await run('erp-install', words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain(message);
  });
});
