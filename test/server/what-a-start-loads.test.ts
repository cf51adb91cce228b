/** A start loads what it needs, and nothing that only a later question may need: each of these takes time and memory of every start. */
import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/config.ts';

const told = `import { registerHooks } from 'node:module';
  registerHooks({ load: (url, context, next) => (process.stdout.write(url + '\\n'), next(url, context)) });`;

/** The packages that a program of the built service's own loads. */
async function packagesOf(program: string): Promise<ReadonlySet<string>> {
  const hook = `data:text/javascript,${encodeURIComponent(told)}`;
  const args = ['--import', hook, '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: packageRoot,
    maxBuffer: 16_777_216,
  });
  const names = stdout.matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\/[^\n]*$/gm);
  return new Set([...names].map(([, name = '']) => name));
}

const built = (file: string): string => JSON.stringify(pathToFileURL(join(packageRoot, 'dist', file)).href);

it('loads neither the SQL parser, nor the driver of SQL Server, nor what checks tax ids before they are wanted', async () => {
  const packages = await packagesOf(`await import(${built('server/start.js')})`);
  expect(packages).toContain('typeorm');
  expect([...packages].filter((name) => /^(?:@polyglot-sql|mssql|tedious|stdnum|yaml)/.test(name))).toEqual(
    [],
  );
});

it('loads the driver of SQL Server without what signs in at a directory', async () => {
  const packages = await packagesOf(
    `const { driver } = await import(${built('erp/pool-driver.js')}); new (driver().ConnectionPool)({ server: 'x' })`,
  );
  expect(packages).toContain('tedious');
  expect([...packages].filter((name) => /^@azure\/(?:identity|msal)/.test(name))).toEqual([]);
});
