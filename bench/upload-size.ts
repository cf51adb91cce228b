/**
 * One big file up and down: the bytes come back as they were, and the service's memory does not grow with them. Run as a
 * program, with the number of megabytes, it prints what it found as JSON.
 */
import { growthDuring } from './resident-memory.ts';
import { makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { ask, fetchedSha256, makeCard, upload } from './uploads.ts';
import { inWorkplace, type Workplace } from './workplace.ts';

const megabyte = 1_048_576;
const promisedGrowth = 64;

interface SizeFinding {
  readonly megabytes: number;
  /** How many megabytes more the service had at the most than before. */
  readonly grownGoingUp: number;
  readonly grownGoingDown: number;
  readonly faults: readonly string[];
}

export const uploadSizeCheck: SoakCheck = {
  name: 'upload',
  what: `one file up and down: the same bytes, and the service's memory grows by less than ${promisedGrowth} MB`,
  unit: 'megabytes',
  count: 2_048,
  run: async (count, workplace) => {
    const { grownGoingUp, grownGoingDown, faults } = await upAndDown(count, workplace);
    const found = `memory grew by ${grownGoingUp} MB going up and ${grownGoingDown} MB going down`;
    return { passed: faults.length === 0, found: [found, ...faults].join('; ') };
  },
};

async function upAndDown(megabytes: number, workplace: Workplace): Promise<SizeFinding> {
  const settings = { ERP_COMPANIES: '[]' };
  const service = await startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings,
  });
  const { url, pid } = service;
  const clientId = await makeCard(url);
  const send = async (size: number) => {
    const { answer, sha256 } = await upload(url, { clientId, category: 'OTHER' }, size);
    if (!answer.data) throw new Error(`refused: ${JSON.stringify(answer.errors)}`);
    return { ...answer.data.written, sha256 };
  };
  // What is loaded and compiled at the first use is not the file's doing.
  for (let round = 0; round < 5; round += 1) await fetchedSha256((await send(megabyte)).downloadUrl);

  let sent: Awaited<ReturnType<typeof send>> | undefined;
  let fetched: string | undefined;
  const up = await growthDuring(pid, async () => {
    sent = await send(megabytes * megabyte);
  });
  const down = await growthDuring(pid, async () => {
    fetched = await fetchedSha256(sent?.downloadUrl ?? '');
  });
  const { node } = await ask<{ node: { sha256: string; size: number } }>(
    url,
    'query ($id: ID!) { node(id: $id) { ... on Attachment { sha256 size } } }',
    { id: sent?.id },
  );
  await service.stop();
  const [grownGoingUp, grownGoingDown] = [up, down].map((bytes) => Math.round(bytes / megabyte));
  const faults = [
    ...(fetched === sent?.sha256 ? [] : ['the bytes that came back are others']),
    ...(node.sha256 === sent?.sha256 && node.size === megabytes * megabyte
      ? []
      : ['the record tells of others']),
    ...(Math.max(up, down) < promisedGrowth * megabyte ? [] : ['the memory grew with the file']),
  ];
  return { megabytes, grownGoingUp: grownGoingUp ?? 0, grownGoingDown: grownGoingDown ?? 0, faults };
}

const [, program, megabytes] = process.argv;
if (program === import.meta.filename) {
  const finding = await inWorkplace((workplace) => upAndDown(Number(megabytes), workplace));
  process.stdout.write(`${JSON.stringify(finding)}\n`);
}
