/**
 * `npm run erp:install -- --erp comarch-xl`: prints what that ERP's administrator is to run, on standard output, for a file or
 * sqlcmd. It connects to nothing and needs no settings. Ends with 2 for a wrong call.
 */
import { parseArgs } from 'node:util';
import { erpNames, grantsScript, viewsScript } from '../erp/install/install-scripts.ts';

const usage = `npm run --silent erp:install -- --erp <name> [options] > views.sql

  --erp <name>           whose views; 'contract' is the page that views for any other ERP are written by
  --schema <name>        where they go, as in ERP_COMPANIES; kartoteka when not given
  --erp-database <name>  the ERP's database, where the views are to lie in another one
  --grants               the login and its grants instead of the views, to be run after them
  --login <name>         its name; kartoteka_read when not given
  --list                 the names there are
  --help, -h

It prints, and connects to nothing. Read erp/<name>/README.md and docs/connect-your-erp.md before running what it prints.
`;

/** Told to whoever called, with exit code 2. */
class WrongCall extends Error {}

function parse(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        erp: { type: 'string' },
        schema: { type: 'string', default: 'kartoteka' },
        'erp-database': { type: 'string' },
        grants: { type: 'boolean' },
        login: { type: 'string', default: 'kartoteka_read' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (fault) {
    throw new WrongCall(`${fault instanceof Error ? fault.message : String(fault)}\n\n${usage}`);
  }
}

async function printed(words: readonly string[]): Promise<string> {
  const values = parse(words);
  if (values.help === true) return usage;
  const names = await erpNames();
  if (values.list === true) return `${names.join('\n')}\n`;
  const { erp, schema, login } = values;
  if (erp === undefined) throw new WrongCall(`--erp is needed: one of ${names.join(', ')}`);
  if (!names.includes(erp))
    throw new WrongCall(`there are no views for ${erp}; there are some for ${names.join(', ')}`);
  // As the setting has it: the service would not take another.
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(schema))
    throw new WrongCall('--schema is a plain SQL identifier');
  for (const name of [login, values['erp-database']])
    if (name !== undefined && !/^[^\p{Cc}]{1,128}$/u.test(name))
      throw new WrongCall('--login and --erp-database are names of 1 to 128 characters');
  const choice = { erp, schema, erpDatabase: values['erp-database'] };
  return values.grants === true ? grantsScript(choice, login) : viewsScript(choice);
}

try {
  process.stdout.write(await printed(process.argv.slice(2)));
} catch (fault) {
  if (!(fault instanceof WrongCall)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exitCode = 2;
}
