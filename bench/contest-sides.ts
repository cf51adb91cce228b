/**
 * The servers of a contest, each a process of its own over one PostgreSQL and one sandbox ERP: the service, itself with later stages of its
 * reading turned off, the limit, and the peers. A peer that cannot be had is told as missing, and the others are still measured.
 */
import { addBulkCards } from './bulk-cards.ts';
import type { LoadProcess } from './contest.ts';
import type { MissingFigure } from './figures.ts';
import { startHelper } from './helper-process.ts';
import { keepDatabases, startLoad, type Kept } from './installation.ts';
import { installPeers } from './peers/install-peers.ts';
import type { PeerAnswer, PeerWish } from './peers/peer-module.ts';
import type { ReferenceAnswer, ReferenceWish } from './reference-server.ts';
import { makeDataDir, startService } from './service.ts';
import { isPeer, isStage, settingsOfStage, type PeerName, type SideName, type StageName } from './sides.ts';
import type { Workplace } from './workplace.ts';

export interface Address {
  readonly url: string;
  readonly pid: number;
}

export interface ContestSides {
  readonly addresses: ReadonlyMap<SideName, Address>;
  readonly missing: readonly MissingFigure[];
  readonly load: LoadProcess;
  /** Ids of the sample's cards that have ERP accounts. */
  readonly cardsWithAccounts: readonly string[];
}

export async function openSides(workplace: Workplace, names: readonly SideName[]): Promise<ContestSides> {
  const kept = await keepDatabases(workplace);
  const cardsWithAccounts = await addBulkCards(kept.databaseUrl);
  const addresses = new Map<SideName, Address>();
  const missing: MissingFigure[] = [];
  for (const name of names) {
    if (!isPeer(name)) addresses.set(name, await openOwn(workplace, kept, name));
    else {
      const found = await openPeer(workplace, kept, name);
      if ('reason' in found) missing.push(found);
      else addresses.set(name, found);
    }
  }
  return { addresses, missing, load: await startLoad(workplace), cardsWithAccounts };
}

const openOwn = (workplace: Workplace, kept: Kept, name: Exclude<SideName, PeerName>): Promise<Address> =>
  isStage(name) ? openService(workplace, kept, name) : openLimit(workplace, kept);

async function openService(workplace: Workplace, kept: Kept, name: StageName): Promise<Address> {
  return startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings: {
      ...kept.settings,
      ...settingsOfStage[name],
      // The limit keeps no answers either.
      ERP_CACHE_MS: '0',
      ERP_STALE_MS: '0',
    },
  });
}

async function openLimit(workplace: Workplace, { databaseUrl, companies }: Kept): Promise<Address> {
  const limit = await startHelper<ReferenceWish, ReferenceAnswer>(
    workplace,
    new URL('./reference-server.ts', import.meta.url),
  );
  const { port } = await limit.ask({ databaseUrl, companies, folder: await workplace.folder() });
  return { url: `http://127.0.0.1:${port}`, pid: limit.pid };
}

const peerPrograms: Readonly<Record<PeerName, URL>> = {
  postgraphile: new URL('./peers/postgraphile-server.ts', import.meta.url),
  mercurius: new URL('./peers/mercurius-server.ts', import.meta.url),
};

async function openPeer(
  workplace: Workplace,
  { databaseUrl }: Kept,
  name: PeerName,
): Promise<Address | MissingFigure> {
  try {
    await installPeers();
    const peer = await startHelper<PeerWish, PeerAnswer>(workplace, peerPrograms[name]);
    return { url: (await peer.ask({ databaseUrl })).url, pid: peer.pid };
  } catch (fault) {
    if (workplace.interrupted.aborted) throw fault;
    return { kind: 'not measured', name, reason: fault instanceof Error ? fault.message : String(fault) };
  }
}
