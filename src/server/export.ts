/** `npm run export -- clients.csv`: a set of records into a file, from the machine of the service and beside it. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { silentLog } from '../log.ts';
import { Sequencer } from '../changes/sequencer.ts';
import { readConfig, type Config } from '../config.ts';
import { CopyOut } from '../crm-database/copy-out.ts';
import { createErpDoor } from '../erp/guard/erp-door.ts';
import { DomainError, InputRejected } from '../errors.ts';
import { ErpExports } from '../exports/erp-rows.ts';
import { Exporter } from '../exports/exporter.ts';
import { exportSets } from '../exports/sets.ts';
import { CannotResume } from '../exports/to-file/part-file.ts';
import { exportToFile, exportToStream } from '../exports/to-file/export-to-file.ts';
import { commandActor, runCommand, withCrm, WrongCall, type CommandParts } from './command.ts';

const usage = `npm run export -- <set>.<csv|ndjson|xlsx> [options]

  --out <path>              where to; <set>.<ending> in this folder when not given, - for the standard output
  --resume                  goes on with what an earlier call of the same words left, as <path>.part
  --columns <a,b,…>         these alone
  --client <id>             what is of one card
  --card-type <key or id>   what is of cards of this type
  --company <key>           of the ERP: of this company alone
  --record-type <TYPE>      of features-wide: of records of this type, CLIENT when not given
  --updated-since <instant> what was changed since
  --from, --to <instant>    what was made from then on, and before then; of the ERP days will do
  --as-of <day>             the day of ageing
  --after <cursor>          goes on behind this row
  --dialect excel-pl        CSV as Excel in Polish has it
  --help, -h

Sets: ${[...exportSets.keys()].join(', ')}.
The file has its name only once it is whole. How far it has come is told on the error output: a bar on a terminal, a line for each tenth elsewhere.
Ends with 0, 1 where it broke off or the database or an ERP failed, 2 for a wrong call.
`;

/** What the parameters of the address are called here. */
const parameters = {
  columns: 'columns',
  client: 'client',
  'card-type': 'cardType',
  company: 'company',
  'record-type': 'recordType',
  'updated-since': 'updatedSince',
  from: 'from',
  to: 'to',
  'as-of': 'asOf',
  after: 'after',
  dialect: 'dialect',
} as const;

interface Call {
  readonly name: string;
  readonly search: string;
  /** Undefined: the standard output. */
  readonly path: string | undefined;
  readonly resume: boolean;
}

const text = { type: 'string' } as const;

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        columns: text,
        client: text,
        'card-type': text,
        company: text,
        'record-type': text,
        'updated-since': text,
        from: text,
        to: text,
        'as-of': text,
        after: text,
        dialect: text,
        out: text,
        resume: { type: 'boolean' },
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
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) throw new WrongCall(usage);
  const search = new URLSearchParams();
  for (const [option, parameter] of Object.entries(parameters)) {
    const value = values[option as keyof typeof parameters];
    if (value !== undefined) search.append(parameter, value);
  }
  const { out = name, resume = false } = values;
  if (out === '-' && resume) throw new WrongCall('--resume goes on with a file, and - is none');
  if (resume && values.after !== undefined)
    throw new WrongCall('--resume finds by itself behind which row to go on: leave --after out');
  return { name, search: search.toString(), path: out === '-' ? undefined : out, resume };
}

/** Changes have a place in the feed once they are numbered, which the service does while it runs. */
async function numberChanges(url: string): Promise<void> {
  const sequencer = new Sequencer({ url, log: silentLog });
  try {
    while (await sequencer.advance());
  } finally {
    await sequencer.close();
  }
}

async function exported(call: Call, config: Config, parts: CommandParts): Promise<number> {
  const { url, companies, dataSource, halt } = parts;
  const door = createErpDoor({ companies, timeoutMs: config.erpTimeoutMs, log: silentLog });
  const copyOut = new CopyOut({ url, most: 1 });
  const run = <Row>({ text: sql, values }: { readonly text: string; readonly values: readonly unknown[] }) =>
    dataSource.query<Row[]>(sql, [...values]);
  try {
    if (call.name.startsWith('changes.')) await numberChanges(url);
    const exporting = {
      exporter: new Exporter({ run, copyOut, erp: new ErpExports(run, door.companies) }),
      dataSource,
      actor: commandActor('export'),
      halt,
      tell: (words: string) => void process.stderr.write(words),
    };
    const { name, search, path, resume } = call;
    const whole =
      path === undefined
        ? await exportToStream(exporting, { name, search }, process.stdout)
        : await exportToFile(exporting, { name, search, path, resume });
    return whole ? 0 : 1;
  } catch (fault) {
    // What is broken off on demand has failed in no other way.
    if (!halt.aborted) throw fault;
    process.stderr.write('interrupted\n');
    return 1;
  } finally {
    await copyOut.close();
    await door.close();
  }
}

const isOfErp = ({ name }: Call): boolean =>
  exportSets.get(name.slice(0, name.lastIndexOf('.')))?.source === 'erp';

const optionOf = (path: string): string => {
  const [option] = Object.entries(parameters).find(([, parameter]) => parameter === path) ?? [];
  return option === undefined ? path : `--${option}`;
};

await runCommand(async () => {
  const call = readCall(process.argv.slice(2));
  if (call === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig();
  try {
    return await withCrm(config, { withErp: isOfErp(call), beside: true }, (parts) =>
      exported(call, config, parts),
    );
  } catch (fault) {
    if (fault instanceof InputRejected)
      throw new WrongCall(
        fault.problems.map(({ path, message }) => `${optionOf(path)} ${message}`).join('\n'),
      );
    if (fault instanceof CannotResume) throw new WrongCall(fault.message);
    throw fault instanceof DomainError ? new Error(`${fault.code}: ${fault.message}`) : fault;
  }
});
