/** The query `erpCompanies`, and what a company says of itself when asked. */
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../request.ts';
import type { Companies, Company } from './companies.ts';
import { CompanyStates } from './company-states.ts';
import { ErpCompany } from './company.type.ts';

@Resolver(() => ErpCompany)
export class ErpCompanyResolver {
  private readonly states;

  constructor(private readonly companies: Companies) {
    this.states = new CompanyStates(companies);
  }

  @Query(() => [ErpCompany], {
    description: 'The companies whose ERPs are read, those that do not answer included.',
  })
  erpCompanies() {
    return this.companies.all;
  }

  @FieldResolver()
  async sections(@Root() company: Company, @Ctx() context: RequestContext) {
    return (await this.states.of(context, company)).sections;
  }

  @FieldResolver()
  async state(@Root() company: Company, @Ctx() context: RequestContext) {
    return (await this.states.of(context, company)).state;
  }

  @FieldResolver()
  async asOf(@Root() company: Company, @Ctx() context: RequestContext) {
    return (await this.states.of(context, company)).asOf;
  }
}
