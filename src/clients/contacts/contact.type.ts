import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../../values/connection.ts';
import { Node, RecordFields } from '../../values/node.type.ts';

@ObjectType({
  implements: [Node, RecordFields],
  description: 'A person at the client (osoba kontaktowa).',
  simpleResolvers: true,
})
export class Contact extends RecordFields {
  @Field(() => Boolean, { description: 'Whether the person still works there.' })
  active!: boolean;

  @Field(() => String, { description: 'Last name (nazwisko).' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'First name (imię).' })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone, E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Mobile telephone, E.164.' })
  mobile!: string | null;

  @Field(() => String, { nullable: true, description: 'Position (stanowisko).' })
  position!: string | null;

  @Field(() => String, { nullable: true, description: 'Department (dział).' })
  department!: string | null;

  @Field(() => Boolean, {
    description: "Whether it is the card's primary contact (główna osoba kontaktowa).",
  })
  primary!: boolean;

  clientId!: string;
}

export const ContactConnection = connectionOf(Contact, 'Contact', 'contacts');

@InputType({ description: 'Which contacts; all members hold together.' })
export class ContactFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those who still work there, or only those who do not.',
  })
  active?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: the deleted ones instead of the live ones.' })
  deleted?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'A fragment of a name, position, department, e-mail or telephone.',
  })
  search?: string | null;
}
