/**
 * Kills the service with SIGKILL while callers upload, starts it again, and looks: every upload that was answered downloads
 * with the SHA-256 it was sent with, no record exists that was not sent or lacks its bytes, and after the sweep no bytes are
 * left that no record tells of. Run as a program, with the number of kills and of the first one, it prints what it found as JSON.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeDataDir, startService, type Service } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { ask, fetchedSha256, makeCard, upload } from './uploads.ts';
import { inWorkplace, type Workplace } from './workplace.ts';

interface UploadKillFinding {
  readonly kills: number;
  readonly answered: number;
  /** Uploads that were under way at a kill and whose answer never came. */
  readonly unanswered: number;
  readonly faults: readonly string[];
}

const senders = 6;
const uploadsBeforeKill = (kill: number): number => 8 + ((kill * 7) % 12);
const largest = 3_000_000;
/** How long the sweep may take, which runs every second here. */
const sweepPatienceMs = 20_000;

export const uploadKillCheck: SoakCheck = {
  name: 'upload-kill',
  what: 'the service is killed while six callers upload: every answered upload is there, and nothing of the others is left',
  unit: 'kills',
  count: 50,
  run: async (count, workplace) => {
    const { faults, answered, unanswered } = await killWhileUploading(count, 1, workplace);
    const found = `${answered} answered uploads there, ${unanswered} cut off`;
    return { passed: faults.length === 0, found: [found, ...faults.slice(0, 3)].join('; ') };
  },
};

/** What was sent, by id: its SHA-256 once it was answered. */
interface Sent {
  readonly begun: Set<string>;
  readonly answered: Map<string, string>;
}

async function killWhileUploading(
  kills: number,
  first: number,
  workplace: Workplace,
): Promise<UploadKillFinding> {
  const dataDir = await makeDataDir(workplace);
  const wish = { dataDir, settings: { ERP_COMPANIES: '[]', STORAGE_SWEEP_AGE_MS: '1000' } };
  const sent: Sent = { begun: new Set(), answered: new Map() };
  const faults: string[] = [];
  let service = await startService(workplace, wish);
  const card = await makeCard(service.url);
  for (let kill = first; kill < first + kills && faults.length === 0; kill += 1) {
    workplace.interrupted.throwIfAborted();
    await uploadUntilKilled(service, card, sent, uploadsBeforeKill(kill));
    service = await startService(workplace, wish);
    const amiss = [...(await recordsAmiss(service.url, sent)), ...(await bytesAmiss(service.url, dataDir))];
    faults.push(...amiss.map((fault) => `after kill ${kill}: ${fault}`));
  }
  await service.stop();
  const answered = sent.answered.size;
  return { kills, answered, unanswered: sent.begun.size - answered, faults };
}

async function uploadUntilKilled(
  service: Service,
  clientId: string,
  sent: Sent,
  uploads: number,
): Promise<void> {
  let left = uploads;
  const sender = async (): Promise<void> => {
    for (;;) {
      const key = randomUUID();
      const id = `attachment_${key}`;
      sent.begun.add(id);
      const input = { id: key, clientId, category: 'OTHER' };
      const found = await upload(service.url, input, randomInt(1_000, largest)).catch(() => undefined);
      if (!found) return;
      if (!found.answer.data) throw new Error(`refused: ${JSON.stringify(found.answer.errors)}`);
      sent.answered.set(id, found.sha256);
      left -= 1;
      if (left === 0) process.kill(service.pid, 'SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
}

interface Listed {
  readonly id: string;
  readonly sha256: string;
  readonly downloadUrl: string;
}

async function allRecords(url: string): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let after: string | null = null; ;) {
    const { attachments }: Page = await ask<Page>(
      url,
      'query ($after: String) { attachments(first: 200, after: $after) { nodes { id sha256 downloadUrl } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    found.push(...attachments.nodes);
    if (!attachments.pageInfo.hasNextPage) return found;
    after = attachments.pageInfo.endCursor;
  }
}

interface Page {
  readonly attachments: {
    readonly nodes: readonly Listed[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

async function recordsAmiss(url: string, { begun, answered }: Sent): Promise<string[]> {
  const records = await allRecords(url);
  const ids = new Set(records.map(({ id }) => id));
  const faults = [...answered.keys()]
    .filter((id) => !ids.has(id))
    .map((id) => `${id} was answered and is not there`);
  for (const { id, sha256, downloadUrl } of records) {
    if (!begun.has(id)) faults.push(`${id} was never sent`);
    const bytes = await fetchedSha256(downloadUrl).catch(String);
    if (bytes !== sha256 || bytes !== (answered.get(id) ?? bytes))
      faults.push(`${id} has other bytes: ${bytes}`);
  }
  return faults;
}

/** Waits for the sweep, which begins with the service and leaves alone what is younger than a second. */
async function bytesAmiss(url: string, dataDir: string): Promise<string[]> {
  const folder = join(dataDir, 'attachments');
  const deadline = performance.now() + sweepPatienceMs;
  for (;;) {
    const known = (await allRecords(url)).length;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('owner-'));
    if (files.length === known) return [];
    if (performance.now() > deadline) return [`${files.length} files are kept for ${known} records`];
    await delay(100);
  }
}

const [, program, kills, first = 1] = process.argv;
if (program === import.meta.filename) {
  const finding = await inWorkplace((workplace) =>
    killWhileUploading(Number(kills), Number(first), workplace),
  );
  process.stdout.write(`${JSON.stringify(finding)}\n`);
}
