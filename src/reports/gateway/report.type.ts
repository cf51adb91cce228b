import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CompanySource } from '../../erp/company.type.ts';
import {
  ReportClientValue,
  ReportDatabase,
  ReportEngine,
  ReportValueType,
} from '../definitions/report-words.ts';

@ObjectType({ description: 'A column of a report.', simpleResolvers: true })
export class ReportColumn {
  @Field(() => String, { description: 'The name that the SQL gives it.' })
  name!: string;

  @Field(() => String, { description: 'What people read.' })
  label!: string;

  @Field(() => ReportValueType, { description: 'What its cells are.' })
  type!: ReportValueType;

  @Field(() => String, { nullable: true, description: "How front ends are to show it, such as '0.00'." })
  format!: string | null;
}

@ObjectType({ description: 'A parameter of a report.' })
export class ReportParameter {
  @Field(() => String, { description: 'As it is given.' })
  name!: string;

  @Field(() => String, { description: 'What people read.' })
  label!: string;

  @Field(() => ReportValueType, { description: 'What its values are.' })
  type!: ReportValueType;

  @Field(() => Boolean, { description: 'Whether there must be a value.' })
  required!: boolean;

  @Field(() => Boolean, { description: 'Whether there may be several.' })
  multiple!: boolean;

  @Field(() => Boolean, { description: 'Whether it is filled in from the client, and cannot be given.' })
  fromClient!: boolean;

  @Field(() => ReportClientValue, { nullable: true, description: 'What of the client it is filled in with.' })
  clientValue!: ReportClientValue | null;

  @Field(() => [String], { nullable: true, description: 'What it is where nothing is given; null: nothing.' })
  defaults!: readonly string[] | null;
}

@ObjectType({
  description:
    "A report (raport): of the firm's own SQL, or of SQL Server Reporting Services. Those that the caller may run.",
})
export class ReportDefinition {
  @Field(() => String, { description: 'What it is called in addresses and calls.' })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What it tells, and how to read it.' })
  description!: string | null;

  @Field(() => ReportEngine, { description: 'What runs it.' })
  engine!: ReportEngine;

  @Field(() => [String], {
    description: 'Names of the roles that may run it; none: whoever may run reports.',
  })
  roles!: readonly string[];

  @Field(() => ID, {
    nullable: true,
    description: 'Of those that are kept in the CRM; null for files and report servers.',
  })
  id!: string | null;

  @Field(() => Int, { nullable: true, description: 'Grows by one with every change.' })
  version!: number | null;

  @Field(() => Boolean, { description: 'Whether it is offered no longer.' })
  retired!: boolean;

  @Field(() => ReportDatabase, { nullable: true, description: 'Where an SQL report runs.' })
  database!: ReportDatabase | null;

  @Field(() => String, {
    nullable: true,
    description: "Key of the company it is for; null: the client's, or the one asked for.",
  })
  company!: string | null;

  @Field(() => Int, { nullable: true, description: "At most so many rows; null: the service's limit." })
  maxRows!: number | null;

  @Field(() => [ReportColumn], {
    nullable: true,
    description: 'As described when it was saved; null for files and report servers.',
  })
  columns!: readonly ReportColumn[] | null;

  @Field(() => String, { nullable: true, description: 'The SQL: for whoever defines reports.' })
  sql!: string | null;
}

@ObjectType({ description: 'A row of a report.', simpleResolvers: true })
export class ReportRow {
  @Field(() => [String], {
    nullable: 'items',
    description: 'Texts in the order of the columns: exact, days as YYYY-MM-DD; null where there is nothing.',
  })
  cells!: readonly (string | null)[];
}

@ObjectType({ description: 'Rows of a report.', simpleResolvers: true })
export class ReportTable {
  @Field(() => [ReportColumn], { description: 'The columns, in the order of the cells.' })
  columns!: readonly ReportColumn[];

  @Field(() => [ReportRow], { description: 'The rows, in the order of the report.' })
  rows!: readonly ReportRow[];

  @Field(() => Boolean, { description: 'Whether there are more rows than are told.' })
  truncated!: boolean;

  @Field(() => CompanySource, {
    nullable: true,
    description: 'The company that was asked; null for the CRM.',
  })
  source!: CompanySource | null;
}

@InputType({ description: 'What a parameter of a report is to be.' })
export class ReportParameterValue {
  @Field(() => String, { description: 'The parameter.' })
  name!: string;

  @Field(() => [String], { description: 'Its value, or values; none: nothing.' })
  values!: string[];
}
