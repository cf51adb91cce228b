/**
 * Links to the bytes of one revision: signed, so that a plain link or an image on a page works without a login, and
 * short-lived, so that one passed on soon leads nowhere. Who may see the attachment was asked when the link was made.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyOf } from '../../values/record-id.ts';

/** Where downloads are found, below the service's own address. */
export const downloadsPath = '/attachments/';

/** A link lives from two to three of these. Within one it stays the same, so that browsers keep what they have loaded. */
const stepMs = 300_000;

export interface DownloadTarget {
  readonly attachmentKey: string;
  readonly revision: number;
}

export type Verdict = DownloadTarget | 'EXPIRED' | 'NOT_SIGNED';

const pathForm = /^\/attachments\/(attachment_[0-9a-f-]{36})\/(\d{1,9})\/[^/]+$/;

export class DownloadLinks {
  private base = '';

  constructor(
    private readonly key: Buffer,
    private readonly now: () => number = Date.now,
  ) {}

  /** The address that callers reach the service by, with the slash at its end. */
  serveAt(base: string): void {
    this.base = base.replace(/\/$/, '');
  }

  to(attachmentId: string, revision: number, fileName: string): string {
    const expires = String((Math.ceil(this.now() / stepMs) + 2) * stepMs);
    const path = `${downloadsPath}${attachmentId}/${revision}/${encodeURIComponent(fileName)}`;
    return `${this.base}${path}?expires=${expires}&signature=${this.sign(path, expires)}`;
  }

  /** What a link leads to, by the path and the query string of the request. */
  verify(path: string, search: string): Verdict {
    const parameters = new URLSearchParams(search);
    const expires = parameters.get('expires') ?? '';
    const given = Buffer.from(parameters.get('signature') ?? '', 'base64url');
    const right = Buffer.from(this.sign(path, expires), 'base64url');
    const [, id, revision] = pathForm.exec(path) ?? [];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 'NOT_SIGNED';
    if (id === undefined || Number(expires) <= this.now()) return 'EXPIRED';
    return { attachmentKey: keyOf('attachment', id, 'id'), revision: Number(revision) };
  }

  private sign(path: string, expires: string): string {
    return createHmac('sha256', this.key).update(`${path}\n${expires}`).digest('base64url');
  }
}
