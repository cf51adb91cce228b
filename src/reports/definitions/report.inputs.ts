import { Field, ID, InputType, Int } from 'type-graphql';
import { Flag, IdOf, Key, Nested, NotCleared, Text, Version } from '../../values/checks.ts';
import { ReportClientValue, ReportDatabase, ReportValueType } from './report-words.ts';

@InputType({ description: 'A parameter of a report.' })
export class ReportParameterInput {
  @Field(() => String, { description: 'As the SQL has it, without @ or colon.' })
  @Text({ max: 60, required: true })
  name!: string;

  @Field(() => String, { description: 'What people read.' })
  @Text({ max: 100, required: true })
  label!: string;

  @Field(() => ReportValueType, { description: 'What its values are.' })
  type!: ReportValueType;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether there must be a value; false when not given.',
  })
  @Flag()
  required?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether there may be several; false when not given.',
  })
  @Flag()
  multiple?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'What it is where nothing is given.' })
  @NotCleared()
  defaults?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'All that may be given.' })
  @NotCleared()
  choices?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'SQL, on the same database, that answers what may be given in its first column.',
  })
  @Text({ max: 50_000, multiline: true })
  choicesSql?: string | null;

  @Field(() => ReportClientValue, {
    nullable: true,
    description: 'What of the client it is filled in with; callers cannot give it then.',
  })
  fromClient?: ReportClientValue | null;
}

@InputType({ description: 'How a column of a report is told.' })
export class ReportColumnInput {
  @Field(() => String, { description: 'The name that the SQL gives it.' })
  @Text({ max: 128, required: true })
  name!: string;

  @Field(() => String, { description: 'What people read.' })
  @Text({ max: 100, required: true })
  label!: string;

  @Field(() => String, { nullable: true, description: "For front ends, such as '0.00'." })
  @Text({ max: 60 })
  format?: string | null;
}

@InputType({ description: 'Members that defining and changing a report have in common.' })
abstract class ReportMembers {
  @Field(() => String, { nullable: true, description: 'What it tells, and how to read it.' })
  @Text({ max: 2000, multiline: true })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Key of the company on whose ERP it runs; none: the client's, or the one asked for.",
  })
  @Text({ max: 60 })
  company?: string | null;

  @Field(() => [ReportParameterInput], { nullable: true, description: 'All of its parameters, in order.' })
  @Nested()
  parameters?: ReportParameterInput[] | null;

  @Field(() => [ReportColumnInput], {
    nullable: true,
    description: 'Columns that are told by another name than their own.',
  })
  @Nested()
  columns?: ReportColumnInput[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Roles that may run it; none: whoever may run reports.',
  })
  @NotCleared()
  roles?: string[] | null;

  @Field(() => Int, { nullable: true, description: "At most so many rows; none: the service's limit." })
  maxRows?: number | null;
}

@InputType({ description: 'A new report.' })
export class DefineReportInput extends ReportMembers {
  @Field(() => String, { description: 'Short and lasting, for programs and addresses; unique.' })
  @Key({ max: 60 })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  @Text({ max: 200, required: true })
  title!: string;

  @Field(() => ReportDatabase, { description: 'Where it runs.' })
  database!: ReportDatabase;

  @Field(() => String, {
    description: 'One SELECT: T-SQL with parameters as @name on an ERP, PostgreSQL with :name on the CRM.',
  })
  @Text({ max: 50_000, required: true, multiline: true })
  sql!: string;
}

@InputType({ description: 'Changes to a report: members left out stay, null clears.' })
export class UpdateReportInput extends ReportMembers {
  @Field(() => ID, { description: 'The report.' })
  @IdOf('report', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'What people read.' })
  @Text({ max: 200, required: true })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'One SELECT.' })
  @Text({ max: 50_000, required: true, multiline: true })
  sql?: string | null;
}
