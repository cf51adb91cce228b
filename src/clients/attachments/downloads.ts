/** Finds what a download link leads to: the file as it is to be called, and its bytes. */
import type { Readable } from 'node:stream';
import type { RunQuery } from '../../crm-database/run-query.ts';
import { RecordNotFound } from '../../errors.ts';
import type { ByteRange, Storage } from '../../storage/storage.ts';
import { publicId } from '../../values/record-id.ts';
import type { DownloadTarget } from './download-links.ts';

export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly createdAt: string;
  open(range?: ByteRange): Promise<Readable>;
}

type FoundRevision = Omit<Download, 'open'> & { readonly key: string };

const statement = `
  SELECT r.id AS "key", r.file_name AS "fileName", r.media_type AS "mediaType", r.size::float8 AS "size", r.sha256 AS "sha256",
    r.created_at AS "createdAt"
  FROM attachment_revision r JOIN attachment t ON t.id = r.attachment_id
  WHERE r.attachment_id = $1::uuid AND r.number = $2::int AND t.deleted_at IS NULL`;

export class Downloads {
  constructor(
    private readonly run: RunQuery,
    private readonly storage: Storage,
  ) {}

  /** Throws RecordNotFound, also for a removed attachment. */
  async find({ attachmentKey, revision }: DownloadTarget): Promise<Download> {
    const [found] = await this.run<FoundRevision>({
      name: 'download',
      text: statement,
      values: [attachmentKey, revision],
    });
    if (!found) throw new RecordNotFound('attachment', publicId('attachment', attachmentKey));
    const { key, ...file } = found;
    return { ...file, open: (range) => this.storage.open(key, range) };
  }
}
