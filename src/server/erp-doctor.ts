/**
 * `npm run erp:doctor`: examines the companies of ERP_COMPANIES one after the other; without any, the sandbox that `npm start` would
 * start, on a PostgreSQL of its own, so that a running service is left alone. Ends with 0 without faults, 1 with
 * faults, 2 for what was asked wrongly.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { CompanyConfig } from '../company-config.ts';
import { ConfigFaults, readConfig } from '../config.ts';
import { examine } from '../erp/doctor/doctor.ts';
import { asJson, heading, isSound, line, summary, type CompanyReport } from '../erp/doctor/report.ts';

const usage = `npm run erp:doctor [-- options]

  --company <key>   this company only; may be given several times
  --limit <s>       the longest one question may take, 1 to 3600 seconds; 60 when not given
  --json            for machines
  --help, -h

Examines the companies of the setting ERP_COMPANIES, or the sandbox ERP where it is not set.
Ends with 0 without faults, 1 with faults, 2 for a wrong call.
`;

/** Told to whoever called, with exit code 2. */
class WrongCall extends Error {}

interface Call {
  readonly companies: readonly string[];
  readonly limitMs: number;
  readonly json: boolean;
}

function readCall(words: readonly string[]): Call | 'help' {
  const { values } = parse(words);
  if (values.help === true) return 'help';
  const limit = values.limit ?? '60';
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > 3600)
    throw new WrongCall('--limit is a whole number of seconds, 1 to 3600');
  return { companies: values.company ?? [], limitMs: Number(limit) * 1000, json: values.json === true };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        company: { type: 'string', multiple: true },
        limit: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (fault) {
    throw new WrongCall(`${fault instanceof Error ? fault.message : String(fault)}\n\n${usage}`);
  }
}

function chosen(all: readonly CompanyConfig[], keys: readonly string[]): readonly CompanyConfig[] {
  if (all.length === 0) throw new WrongCall('ERP_COMPANIES names no company: there is nothing to examine');
  const known = all.map(({ key }) => key).join(', ');
  const unknown = keys.find((key) => !all.some((company) => company.key === key));
  if (unknown !== undefined) throw new WrongCall(`there is no company ${unknown}; there is ${known}`);
  return keys.length === 0 ? all : all.filter(({ key }) => keys.includes(key));
}

async function examineAll(companies: readonly CompanyConfig[], { limitMs, json }: Call): Promise<boolean> {
  const reports: CompanyReport[] = [];
  const print = (text: string) => {
    if (!json) process.stdout.write(text);
  };
  for (const company of companies) {
    print(heading(company));
    const findings = await examine(company, {
      limitMs,
      tell: (finding) => print(line(finding)),
      progress: (text) => process.stderr.write(`${text}\n`),
    });
    reports.push({ company: company.key, name: company.name, findings });
  }
  process.stdout.write(json ? asJson(reports) : summary(reports));
  return isSound(reports);
}

/** Without companies of one's own. What makes the stand-in is loaded for it alone. */
async function examineSandbox(call: Call): Promise<boolean> {
  const { sandboxConfigs } = await import('./sandbox-companies.ts');
  const wanted = chosen(sandboxConfigs(0), call.companies).map(({ key }) => key);
  process.stderr.write('ERP_COMPANIES is not set: the sandbox ERP is examined.\n');
  const { withSandbox, Interrupted } = await import('./doctor-sandbox.ts');
  try {
    return await withSandbox(wanted, (companies) => examineAll(companies, call));
  } catch (fault) {
    if (!(fault instanceof Interrupted)) throw fault;
    // A check may be under way, and nobody waits for it any more.
    process.exit(fault.exitCode);
  }
}

async function run(): Promise<number> {
  const call = readCall(process.argv.slice(2));
  if (call === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const { erpCompanies } = readConfig();
  const sound = erpCompanies
    ? await examineAll(chosen(erpCompanies, call.companies), call)
    : await examineSandbox(call);
  return sound ? 0 : 1;
}

// Whoever reads may have read enough, as `head` has: the examination goes on to its end, and clears away after itself.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
  });

try {
  process.exitCode = await run();
} catch (fault) {
  if (!(fault instanceof WrongCall) && !(fault instanceof ConfigFaults)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exitCode = 2;
}
