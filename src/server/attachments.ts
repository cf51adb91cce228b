/** The attachments' room with what it stands on: made once; its downloads as a route of the door. */
import type { IncomingMessage } from 'node:http';
import type { DataSource } from 'typeorm';
import { Recorder } from '../changes/recorder.ts';
import {
  AttachmentResolver,
  AttachmentRevisionResolver,
  AttachmentsOfClientResolver,
} from '../clients/attachments/attachment.resolver.ts';
import { AttachmentService } from '../clients/attachments/attachment.service.ts';
import { DownloadLinks, downloadsPath } from '../clients/attachments/download-links.ts';
import { Downloads } from '../clients/attachments/downloads.ts';
import { FileReceiver } from '../clients/attachments/received-file.ts';
import { installationSecret } from '../clients/attachments/installation-secret.ts';
import { claimStorage } from '../clients/attachments/storage-owner.ts';
import { Sweep } from '../clients/attachments/sweep.ts';
import { ErasureResolver } from '../clients/erasure/erasure.resolver.ts';
import { ErasureService } from '../clients/erasure/erasure.service.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import { DomainError } from '../errors.ts';
import { FeatureKeeping } from '../features/feature-keeping.ts';
import type { Log } from '../log.ts';
import type { Reads } from '../reads/reads.ts';
import type { Storage } from '../storage/storage.ts';
import type { Exchange } from './http/exchange.ts';
import { answerFile } from './http/file-answer.ts';
import type { Routes } from './http/http-server.ts';
import { Refusal, refusalOf } from './http/refusal.ts';

interface AttachmentsParts {
  readonly dataSource: DataSource;
  readonly storage: Storage;
  readonly log: Log;
  readonly maxUploadBytes: number;
  readonly sweepAgeMs: number;
}

export type Attachments = Awaited<ReturnType<typeof createAttachments>>;

/** Throws StorageOfAnother. The sweep is not started. */
export async function createAttachments(parts: AttachmentsParts) {
  const { dataSource, storage, log, maxUploadBytes, sweepAgeMs } = parts;
  await claimStorage(storage, await installationSecret(dataSource, 'storage'));
  const recorder = new Recorder(dataSource, new FeatureKeeping());
  return {
    storage,
    links: new DownloadLinks(await installationSecret(dataSource, 'downloads')),
    service: new AttachmentService(recorder, storage),
    erasing: new ErasureService(recorder, storage, log),
    receiver: new FileReceiver(storage, maxUploadBytes, log),
    sweep: new Sweep({ dataSource, storage, log, safeAgeMs: sweepAgeMs }),
  };
}

export const attachmentResolvers = (reads: Reads, { service, links, erasing }: Attachments): object[] => [
  new ErasureResolver(erasing),
  new AttachmentResolver(reads, service, links),
  new AttachmentRevisionResolver(links),
  new AttachmentsOfClientResolver(reads),
];

const verdicts = {
  EXPIRED: 'This link has expired: ask for downloadUrl again.',
  NOT_SIGNED: 'This link was not made by this service: ask for downloadUrl.',
};

interface DownloadOptions {
  /** May refuse a request that comes too often: links need no caller. */
  readonly count: (request: IncomingMessage) => Promise<void>;
  /** Origins whose pages may show the files. */
  readonly embedders: readonly string[];
}

export function downloadRoutes(
  run: RunQuery,
  { links, storage }: Attachments,
  { count, embedders }: DownloadOptions,
): Routes {
  const downloads = new Downloads(run, storage);
  const download = async (exchange: Exchange): Promise<void> => {
    try {
      await count(exchange.request);
      const verdict = links.verify(exchange.path, exchange.search);
      if (typeof verdict === 'string') throw new Refusal(403, 'FORBIDDEN', verdicts[verdict]);
      const { createdAt, sha256, ...file } = await downloads.find(verdict);
      await answerFile(exchange, { ...file, tag: sha256, modifiedAt: new Date(createdAt) }, embedders);
    } catch (fault) {
      throw fault instanceof DomainError ? refusalOf(fault) : fault;
    }
  };
  return { [`${downloadsPath}*`]: { GET: download, HEAD: download } };
}
