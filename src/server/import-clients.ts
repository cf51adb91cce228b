/** `npm run import:clients -- file.csv`: cards from a CSV file, a dry run unless --commit is given. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ClientImport, type Count } from '../clients/imports/client-import.ts';
import type { Known } from '../clients/imports/client-row.ts';
import { knownColumns } from '../clients/imports/columns.ts';
import {
  csvForm,
  UnreadableFile,
  type CsvForm,
  type Encoding,
  type Separator,
} from '../clients/imports/csv-file.ts';
import { readConfig } from '../config.ts';
import type { Problem } from '../errors.ts';
import { featureDefinitionRead } from '../features/definition.read.ts';
import { featureFromText } from '../features/feature-from-text.ts';
import { progressBar } from '../progress.ts';
import { Reads } from '../reads/reads.ts';
import { UserEntity } from '../users/user.entity.ts';
import { commandActor, runCommand, withCrm, WrongCall, type CommandParts } from './command.ts';

const usage = `npm run import:clients -- file.csv [options]

  --commit            writes; without it nothing is written, and all is told that would be
  --card-type <key>   the card type of rows that name none
  --separator <sign>  ; or , or tab; found in the header when not given
  --encoding <name>   utf-8 or windows-1250; found in the file when not given
  --ignore-unknown    passes over columns that it does not know, instead of refusing the file
  --help, -h

The first row names the columns: ${knownColumns()};
feature.KEY (cecha.KEY) for features. Each row that is refused is told on a line of the standard output: its line in the file, and for
each reason the column, the code and the words. Rows that were imported before are known again: after a break the same call goes on.
Ends with 0 where every row is there, 1 where rows were refused or the file cannot be read, 2 for a wrong call.
`;

interface Call {
  readonly path: string;
  readonly commit: boolean;
  readonly cardType: string | undefined;
  readonly ignoring: boolean;
  readonly separator: Separator | undefined;
  readonly encoding: Encoding | undefined;
}

const separators: ReadonlyMap<string, Separator> = new Map([
  [';', ';'],
  [',', ','],
  ['tab', '\t'],
]);
const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['windows-1250', 'windows-1250'],
  ['cp1250', 'windows-1250'],
]);

function oneOf<Value>(
  known: ReadonlyMap<string, Value>,
  option: string,
  given: string | undefined,
): Value | undefined {
  if (given === undefined) return undefined;
  const value = known.get(given.toLowerCase());
  if (value === undefined) throw new WrongCall(`${option} is one of: ${[...known.keys()].join(' ')}`);
  return value;
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        commit: { type: 'boolean' },
        'card-type': { type: 'string' },
        separator: { type: 'string' },
        encoding: { type: 'string' },
        'ignore-unknown': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (fault) {
    throw new WrongCall(`${fault instanceof Error ? fault.message : String(fault)}\n\n${usage}`);
  }
}

function readCall(words: readonly string[]): Call | 'help' {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new WrongCall(usage);
  return {
    path,
    commit: values.commit ?? false,
    cardType: values['card-type'],
    ignoring: values['ignore-unknown'] ?? false,
    separator: oneOf(separators, '--separator', values.separator),
    encoding: oneOf(encodings, '--encoding', values.encoding),
  };
}

const told = ({ path, code, message, existingId }: Problem): string =>
  `${path}: ${code} ${message}${existingId === undefined ? '' : ` (${existingId})`}`;

async function knownOf({ dataSource }: CommandParts, cardType: string | undefined) {
  const reads = new Reads(({ text, values }) => dataSource.query(text, [...values]));
  const definitions = (await reads.all(featureDefinitionRead)).filter(
    ({ recordType, retired }) => String(recordType) === 'CLIENT' && !retired,
  );
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const users = await dataSource.manager.find(UserEntity);
  const known: Known = {
    cardType,
    users: new Map(
      users.flatMap(({ id, name, email }) =>
        [name, ...(email ?? '').split(' ')].filter(Boolean).map((by) => [by.toLowerCase(), id]),
      ),
    ),
    feature: (key, text) => {
      const definition = byKey.get(key);
      return definition
        ? featureFromText(definition, text)
        : { code: 'FEATURE_UNKNOWN', message: 'is no feature of clients' };
    },
  };
  return { known, featureKeys: new Set(byKey.keys()) };
}

async function importFile(call: Call, form: CsvForm, parts: CommandParts): Promise<Count> {
  const { known, featureKeys } = await knownOf(parts, call.cardType);
  const { path, ignoring, commit } = call;
  const bar = progressBar(performance.now());
  return new ClientImport(parts.dataSource, parts.crm.clientImport).run(
    commandActor('import:clients'),
    { path, form, known, featureKeys, ignoring, dryRun: !commit },
    {
      refused: ({ line, problems }) =>
        void process.stdout.write(`line ${line}: ${problems.map(told).join('; ')}\n`),
      progress: (bytes) => bar(commit ? 'written' : 'tried', bytes, form.bytes),
    },
    parts.halt,
  );
}

function summary({ created, there, refused }: Count, commit: boolean): string {
  const made = commit ? `${created} cards made` : `${created} cards would be made`;
  const dry = commit ? '' : '; nothing was written: add --commit to write';
  return `\n${made}, ${there} there already, ${refused} rows refused${dry}\n`;
}

await runCommand(async () => {
  const call = readCall(process.argv.slice(2));
  if (call === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig();
  try {
    const form = await csvForm(call.path, call);
    process.stderr.write(`${call.path}: ${form.encoding}, separated by ${JSON.stringify(form.separator)}\n`);
    return await withCrm(config, { withErp: false }, async (parts) => {
      const count = await importFile(call, form, parts);
      process.stderr.write(summary(count, call.commit));
      if (parts.halt.aborted) process.stderr.write('interrupted: the same call goes on from here\n');
      return count.refused === 0 && !parts.halt.aborted ? 0 : 1;
    });
  } catch (fault) {
    throw fault instanceof UnreadableFile ? new Error(`${call.path} ${fault.message}`) : fault;
  }
});
