/** What the two lists of attachments are asked for, in the form that the declared read knows. Throw InputRejected. */
import type { Listing } from '../../reads/listing.ts';
import type { PageArguments } from '../../values/page.ts';
import { checkRange } from '../../values/range.ts';
import type { AttachmentFilter } from './attachment.type.ts';

export interface AttachmentsArguments extends PageArguments {
  readonly filter?: AttachmentFilter | null | undefined;
}

type AttachmentListing = Listing<AttachmentFilter, 'NEWEST' | 'VALID_UNTIL'>;

/** One card's, the newest first. */
export function attachmentsOfClient({ first, after, filter }: AttachmentsArguments): AttachmentListing {
  checkRange(filter?.validUntil, 'filter.validUntil');
  return { page: { first, after }, filter };
}

/** All clients', by their last day. */
export const allAttachments = (given: AttachmentsArguments): AttachmentListing => ({
  ...attachmentsOfClient(given),
  order: [{ sort: 'VALID_UNTIL', direction: 'ASC' }],
});
