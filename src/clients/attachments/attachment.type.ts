import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../values/connection.ts';
import { DateFilter } from '../../values/filters.ts';
import { Node, RecordFields } from '../../values/node.type.ts';
import { ByteCountScalar, DateScalar, DateTimeScalar } from '../../values/scalars.ts';

export enum AttachmentCategory {
  CONTRACT = 'CONTRACT',
  PROMISSORY_NOTE = 'PROMISSORY_NOTE',
  TRADE_TERMS = 'TRADE_TERMS',
  CERTIFICATE = 'CERTIFICATE',
  CORRESPONDENCE = 'CORRESPONDENCE',
  OTHER = 'OTHER',
}

registerEnumType(AttachmentCategory, {
  name: 'AttachmentCategory',
  description: 'What an attachment is about.',
  valuesConfig: {
    CONTRACT: { description: 'A contract (umowa).' },
    PROMISSORY_NOTE: { description: 'A promissory note (weksel).' },
    TRADE_TERMS: { description: 'Terms of trade (warunki handlowe).' },
    CERTIFICATE: { description: 'A certificate (certyfikat, zaświadczenie).' },
    CORRESPONDENCE: { description: 'Letters and e-mail (korespondencja).' },
    OTHER: { description: 'Anything else (inne).' },
  },
});

@ObjectType({
  description: 'One state of an attachment (wersja załącznika); it never changes.',
  simpleResolvers: true,
})
export class AttachmentRevision {
  @Field(() => Int, { description: 'Counted from 1.' })
  number!: number;

  @Field(() => String, { description: 'Name of the file.' })
  fileName!: string;

  @Field(() => String, { description: 'Media type, told from the bytes.' })
  mediaType!: string;

  @Field(() => ByteCountScalar, { description: 'Size in bytes.' })
  size!: number;

  @Field(() => String, { description: 'SHA-256 of the bytes, hexadecimal.' })
  sha256!: string;

  @Field(() => DateTimeScalar, { description: 'When it was uploaded.' })
  createdAt!: string;

  @Field(() => String, { description: 'Who uploaded it.' })
  createdBy!: string;
}

@ObjectType({
  implements: [Node, RecordFields],
  description: 'A file kept with a card (załącznik); its own fields are those of the latest revision.',
  simpleResolvers: true,
})
export class Attachment extends RecordFields {
  @Field(() => String, { description: 'Name of the file (nazwa pliku).' })
  fileName!: string;

  @Field(() => String, { description: 'Media type, told from the bytes.' })
  mediaType!: string;

  @Field(() => ByteCountScalar, { description: 'Size in bytes.' })
  size!: number;

  @Field(() => String, { description: 'SHA-256 of the bytes, hexadecimal.' })
  sha256!: string;

  @Field(() => AttachmentCategory, { description: 'What it is about (kategoria).' })
  category!: AttachmentCategory;

  @Field(() => String, { nullable: true, description: 'In words (opis).' })
  description!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it holds (ważny od).' })
  validFrom!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day on which it holds (ważny do).' })
  validUntil!: string | null;
}

export const AttachmentConnection = connectionOf(Attachment, 'Attachment', 'attachments');

@InputType({ description: 'Which attachments; all members hold together.' })
export class AttachmentFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: the removed ones instead of the live ones.' })
  deleted?: boolean | null;

  @Field(() => [AttachmentCategory], {
    nullable: true,
    description: 'Of one of these categories; an empty list matches nothing.',
  })
  category?: AttachmentCategory[] | null;

  @Field(() => DateFilter, { nullable: true, description: 'Their last day.' })
  validUntil?: DateFilter | null;

  @Field(() => String, { nullable: true, description: 'A fragment of the file name or of the description.' })
  search?: string | null;
}
