import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import { UploadScalar, type Uploading } from '../../values/upload.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { AddAttachmentInput, UpdateAttachmentInput } from './attachment.inputs.ts';
import { allAttachments, attachmentsOfClient } from './attachment-lists.ts';
import { attachmentRead, revisionRead, type AttachmentRow, type RevisionRow } from './attachment.read.ts';
import type { AttachmentService } from './attachment.service.ts';
import { Attachment, AttachmentConnection, AttachmentFilter, AttachmentRevision } from './attachment.type.ts';
import type { DownloadLinks } from './download-links.ts';
import type { ReceivedFile } from './received-file.ts';

@Resolver(() => Attachment)
export class AttachmentResolver {
  private readonly clients;
  private readonly revisionsOf;

  constructor(
    private readonly reads: Reads,
    private readonly service: AttachmentService,
    private readonly links: DownloadLinks,
  ) {
    this.clients = reads.byKey(clientRead);
    this.revisionsOf = reads.allOf(revisionRead, 'attachment');
  }

  @FieldResolver(() => Client, { description: 'The card it belongs to.' })
  client(@Root() attachment: AttachmentRow, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.clients(context).load(keyOf('client', attachment.clientId, 'client'));
  }

  @FieldResolver(() => String, {
    description:
      'Where the latest revision is downloaded, without a login: signed, good for 10 to 15 minutes; answers ranges and ETag. 404 once the attachment is removed.',
  })
  downloadUrl(@Root() { id, revision, fileName }: AttachmentRow): string {
    return this.links.to(id, revision, fileName);
  }

  @FieldResolver(() => [AttachmentRevision], { description: 'All its revisions (wersje), the latest first.' })
  revisions(
    @Root() attachment: AttachmentRow,
    @Ctx() context: RequestContext,
  ): Promise<readonly RevisionRow[]> {
    return this.revisionsOf(context).load(keyOf('attachment', attachment.id, 'revisions'));
  }

  @Query(() => AttachmentConnection, {
    description:
      'Attachments over all clients, by their last day, those without one last: with the filter validUntil the documents about to run out.',
  })
  attachments(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => AttachmentFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: AttachmentFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<AttachmentRow>> {
    return this.reads.list(context, attachmentRead, allAttachments({ first, after, filter }));
  }

  @Mutation(() => Attachment, {
    description:
      'Adds an attachment. The file comes by GraphQL multipart, straight into storage. Throws BAD_USER_INPUT (also for a file that is empty, of a kind that is not accepted, or not what the ending of its name says), NOT_FOUND for the card, DUPLICATE for an id already taken, PAYLOAD_TOO_LARGE.',
  })
  addAttachment(
    @Arg('input', () => AddAttachmentInput, { description: 'The new attachment.' }) input: AddAttachmentInput,
    @Arg('file', () => UploadScalar, { description: 'Its file.', validate: false })
    file: Uploading<ReceivedFile>,
    @Ctx() context: RequestContext,
  ): Promise<AttachmentRow> {
    return this.service.add(context.actor, input, file.arrival);
  }

  @Mutation(() => Attachment, {
    description:
      'Gives an attachment a new file, as its next revision; the earlier ones stay. Throws BAD_USER_INPUT, NOT_FOUND, CONFLICT, PAYLOAD_TOO_LARGE.',
  })
  reviseAttachment(
    @Arg('input', () => VersionedId, { description: 'The attachment.' }) input: VersionedId,
    @Arg('file', () => UploadScalar, { description: 'Its new file.', validate: false })
    file: Uploading<ReceivedFile>,
    @Ctx() context: RequestContext,
  ): Promise<AttachmentRow> {
    return this.service.revise(context.actor, input, file.arrival);
  }

  @Mutation(() => Attachment, {
    description: 'Changes what is said of an attachment. Throws BAD_USER_INPUT, NOT_FOUND, CONFLICT.',
  })
  updateAttachment(
    @Arg('input', () => UpdateAttachmentInput, { description: 'What to change.' })
    input: UpdateAttachmentInput,
    @Ctx() context: RequestContext,
  ): Promise<AttachmentRow> {
    return this.service.update(context.actor, input);
  }

  @Mutation(() => Attachment, {
    description:
      'Removes an attachment softly: its links lead nowhere, its file stays for restoreRecord. Throws NOT_FOUND, BAD_USER_INPUT while the card is deleted, and CONFLICT when it was changed since or is removed already.',
  })
  removeAttachment(
    @Arg('input', () => VersionedId, { description: 'The attachment.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<AttachmentRow> {
    return this.service.remove(context.actor, input);
  }
}

@Resolver(() => AttachmentRevision)
export class AttachmentRevisionResolver {
  constructor(private readonly links: DownloadLinks) {}

  @FieldResolver(() => String, { description: 'As downloadUrl of the attachment, for this revision.' })
  downloadUrl(@Root() { attachmentId, number, fileName }: RevisionRow): string {
    return this.links.to(attachmentId, number, fileName);
  }
}

@Resolver(() => Client)
export class AttachmentsOfClientResolver {
  private readonly attachmentsOf;

  constructor(reads: Reads) {
    this.attachmentsOf = reads.nested(attachmentRead, 'client');
  }

  @FieldResolver(() => AttachmentConnection, {
    description: 'Files kept with the card (załączniki), newest first.',
  })
  attachments(
    @Root() client: ClientRow,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => AttachmentFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: AttachmentFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<AttachmentRow>> {
    return this.attachmentsOf(
      context,
      keyOf('client', client.id, 'client'),
      attachmentsOfClient({ first, after, filter }),
    );
  }
}
