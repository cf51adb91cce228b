/**
 * The doctor: examines one company's ERP before, or while, people work with it, and says line by line what holds, what does not and
 * what could not be seen. It asks through the same door as the service, one statement at a time, each within a limit; it
 * never writes, and shows no password and nobody's name. What SQL Server does not show to a login that may only read is told as not
 * checked, never as in order. What to do about a finding is in docs/connect-your-erp.md.
 */
import type { CompanyConfig } from '../../company-config.ts';
import type { Log } from '../../log.ts';
import { createErpDoor } from '../guard/erp-door.ts';
import { ErpTimeout, ErpUnavailable } from '../erp-errors.ts';
import { checkBalances } from './balances-check.ts';
import { addressFault, checkConnection, silentServer, whyUnreachable } from './connection-check.ts';
import { readContract, type ContractView } from './contract.ts';
import { Findings, type Area, type Finding } from './findings.ts';
import { Inquiry, isTold } from './inquiry.ts';
import { checkKeys } from './keys-check.ts';
import { checkLookups, checkPages } from './lookups-check.ts';
import { checkReferences } from './references-check.ts';
import { checkRights } from './rights-check.ts';
import { checkSums } from './sums-check.ts';
import { foundViews, surveyed } from './survey.ts';
import { checkValues } from './values-check.ts';
import { checkViews } from './views-check.ts';

export interface ExaminationSettings {
  /** The longest one statement may take. */
  readonly limitMs: number;
  /** Each finding as soon as it is there. */
  readonly tell: (finding: Finding) => void;
  /** What takes its time. */
  readonly progress: (text: string) => void;
  readonly now?: () => Date;
  /** How many times as long as usual a read may take before it is called slow; 1 when not given. */
  readonly patience?: number;
}

/** Throws for a contract that cannot be read, never because of the ERP. */
export async function examine(
  config: CompanyConfig,
  settings: ExaminationSettings,
): Promise<readonly Finding[]> {
  const { limitMs, tell, progress, now = () => new Date(), patience } = settings;
  const contract = await readContract();
  const unread = addressFault(config);
  if (unread !== undefined) {
    const finding: Finding = {
      level: 'FAULT',
      area: 'connection',
      message: `the url cannot be read: ${unread}`,
    };
    tell(finding);
    return [finding];
  }
  const door = createErpDoor({ companies: [config], timeoutMs: limitMs, log: silent, now });
  const all: Finding[] = [];
  const findings = (area: Area) =>
    new Findings(area, (finding) => {
      all.push(finding);
      tell(finding);
    });
  const inquiry = new Inquiry(door.companies.reach(config.key), limitMs, progress, patience);
  try {
    await examineCompany({ inquiry, config, contract, findings, now });
  } catch (fault) {
    if (fault instanceof ErpUnavailable) findings('connection').add('FAULT', whyUnreachable(fault, config));
    else if (fault instanceof ErpTimeout && all.length === 0)
      findings('connection').add('FAULT', silentServer(config, limitMs));
    else if (isTold(fault))
      findings('connection').add('FAULT', `the examination ended here: ${inquiry.reason(fault)}`);
    else throw fault;
  } finally {
    await door.close();
  }
  return all;
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

interface Examination {
  readonly inquiry: Inquiry;
  readonly config: CompanyConfig;
  readonly contract: readonly ContractView[];
  readonly findings: (area: Area) => Findings;
  readonly now: () => Date;
}

async function examineCompany({ inquiry, config, contract, findings, now }: Examination): Promise<void> {
  await checkConnection(inquiry, config, findings('connection'), now);
  const found = await foundViews(inquiry);
  const there = contract.filter(({ name }) => found.has(name));
  const survey = await surveyed(
    inquiry,
    found,
    there.map(({ name }) => name),
  );
  await checkRights(inquiry, survey, findings('login'));
  checkViews(contract, found, config.schema, findings('views'));
  for (const view of there)
    await checkValues(inquiry, view, found.get(view.name) ?? new Map(), findings('values'));
  for (const view of there) await checkKeys(inquiry, view, survey, findings('keys'));
  await checkReferences(inquiry, contract, found, findings('references'));
  await checkLookups(inquiry, found, findings('lookups'));
  await checkPages(inquiry, found, findings('pages'));
  const sums = findings('sums');
  await checkSums(inquiry, survey, sums);
  await checkBalances(inquiry, survey, sums);
}
