import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { AddNoteInput, UpdateNoteInput } from './note.inputs.ts';
import { noteRead, type NoteRow } from './note.read.ts';
import type { NoteService } from './note.service.ts';
import { Note, NoteConnection, NoteFilter } from './note.type.ts';

@Resolver(() => Note)
export class NoteResolver {
  private readonly clients;

  constructor(
    reads: Reads,
    private readonly service: NoteService,
  ) {
    this.clients = reads.byKey(clientRead);
  }

  @FieldResolver(() => Client, { description: 'The card it belongs to.' })
  client(@Root() note: NoteRow, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.clients(context).load(keyOf('client', note.clientId, 'client'));
  }

  @Mutation(() => Note, {
    description:
      'Adds a note. Throws BAD_USER_INPUT, NOT_FOUND for the card, DUPLICATE for an id already taken.',
  })
  addNote(
    @Arg('input', () => AddNoteInput, { description: 'The new note.' }) input: AddNoteInput,
    @Ctx() context: RequestContext,
  ): Promise<NoteRow> {
    return this.service.add(context.actor, input);
  }

  @Mutation(() => Note, {
    description:
      'Changes a note. Throws BAD_USER_INPUT, NOT_FOUND, and CONFLICT when it was changed since the version given.',
  })
  updateNote(
    @Arg('input', () => UpdateNoteInput, { description: 'What to change.' }) input: UpdateNoteInput,
    @Ctx() context: RequestContext,
  ): Promise<NoteRow> {
    return this.service.update(context.actor, input);
  }

  @Mutation(() => Note, {
    description:
      'Removes a note softly; restoreRecord undoes it. Throws NOT_FOUND, BAD_USER_INPUT while the card is deleted, and CONFLICT when it was changed since or is removed already.',
  })
  removeNote(
    @Arg('input', () => VersionedId, { description: 'The note.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<NoteRow> {
    return this.service.remove(context.actor, input);
  }
}

@Resolver(() => Client)
export class NotesOfClientResolver {
  private readonly notesOf;

  constructor(reads: Reads) {
    this.notesOf = reads.nested(noteRead, 'client');
  }

  @FieldResolver(() => NoteConnection, {
    description: 'Notes on the client (notatki): the pinned ones first, and the newest first.',
  })
  notes(
    @Root() client: ClientRow,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => NoteFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: NoteFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<NoteRow>> {
    return this.notesOf(context, keyOf('client', client.id, 'client'), { page: { first, after }, filter });
  }
}
