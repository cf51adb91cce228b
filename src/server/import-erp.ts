/** `npm run import:erp -- --company X`: cards for all customers of an ERP, a dry run unless --commit is given. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { silentLog } from '../log.ts';
import { ErpImport, type ErpImportCall } from '../clients/erp-accounts/import/erp-import.ts';
import type { ImportOutcome } from '../clients/erp-accounts/import/customer-import.service.ts';
import { readConfig, type Config } from '../config.ts';
import { CustomerSearch } from '../erp/customers/customer-search.ts';
import { CustomerLoaders } from '../erp/customers/customer.loaders.ts';
import { createErpDoor } from '../erp/guard/erp-door.ts';
import type { RequestContext } from '../request.ts';
import { commandActor, runCommand, withCrm, WrongCall, type CommandParts } from './command.ts';

const usage = `npm run import:erp -- --company <key> --card-type <key> [options]

  --company <key>     whose customers
  --card-type <key>   the card type of new cards
  --commit            writes; without it nothing is written, and all is told that would be
  --help, -h

Customers whose tax id a card has are linked to it; others get a card. Each customer that is left alone is told on a line of the standard
output with the reason, and so is what of a customer does not come onto its new card. After a break the same call goes on.
Ends with 0, 1 where the ERP or the database failed, 2 for a wrong call.
`;

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        company: { type: 'string' },
        'card-type': { type: 'string' },
        commit: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (fault) {
    throw new WrongCall(`${fault instanceof Error ? fault.message : String(fault)}\n\n${usage}`);
  }
}

function readCall(words: readonly string[]): ErpImportCall | 'help' {
  const { company, 'card-type': cardType, commit, help } = parse(words);
  if (help) return 'help';
  if (company === undefined || cardType === undefined) throw new WrongCall(usage);
  return { company, cardType, dryRun: !commit };
}

function lines(outcome: ImportOutcome): string[] {
  const { customerId } = outcome;
  if (outcome.made === 'left') return [`left ${customerId}: ${outcome.reason}`];
  if (outcome.made === 'linked') return [`linked ${customerId}: ${outcome.client.id}`];
  return outcome.omitted.map(({ field, reason }) => `omitted ${customerId}: ${field} ${reason}`);
}

async function importAll(
  call: ErpImportCall,
  config: Config,
  { crm, companies, halt }: CommandParts,
): Promise<void> {
  const door = createErpDoor({ companies, timeoutMs: config.erpTimeoutMs, log: silentLog });
  try {
    if (!door.companies.find(call.company)) {
      const known = companies.map(({ key }) => key).join(', ');
      throw new WrongCall(`there is no company ${call.company}; there is ${known === '' ? 'none' : known}`);
    }
    const imports = new ErpImport(
      door.companies,
      new CustomerLoaders(door.companies),
      new CustomerSearch(door.companies),
      crm.customerImport,
    );
    const actor = commandActor('import:erp');
    // One that goes on asking what is not answered yet, so long as nobody asks it to stop.
    const contextOf = (): RequestContext => ({
      requestId: 'import:erp',
      actor,
      signal: new AbortController().signal,
    });
    const count = { created: 0, linked: 0, left: 0 };
    const began = performance.now();
    for await (const outcomes of imports.all(contextOf, call)) {
      for (const outcome of outcomes) {
        count[outcome.made] += 1;
        for (const line of lines(outcome)) process.stdout.write(`${line}\n`);
      }
      const seconds = Math.round((performance.now() - began) / 1_000);
      process.stderr.write(`${count.created + count.linked + count.left} customers, ${seconds} s\n`);
      if (halt.aborted) break;
    }
    const [made, linked] = call.dryRun ? ['would be made', 'would be linked'] : ['made', 'linked'];
    const dry = call.dryRun ? '; nothing was written: add --commit to write' : '';
    process.stderr.write(
      `${count.created} cards ${made}, ${count.linked} ${linked}, ${count.left} customers left alone${dry}\n`,
    );
  } finally {
    await door.close();
  }
}

await runCommand(async () => {
  const call = readCall(process.argv.slice(2));
  if (call === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig();
  return withCrm(config, { withErp: true }, async (parts) => {
    await importAll(call, config, parts);
    return parts.halt.aborted ? 1 : 0;
  });
});
