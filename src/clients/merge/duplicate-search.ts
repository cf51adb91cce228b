/**
 * Finds the cards that a client may have already, deleted and inactive ones too: those with the same tax id, and those with
 * a similar name in the same town. What counts as similar is the database's to say (`firm_name`, `cards_named_like`), as its
 * indexes must know it. Whether the caller may see what is found is not decided here.
 */
import type { RunQuery } from '../../crm-database/run-query.ts';
import { InputRejected, type Problem } from '../../errors.ts';
import { keyOf } from '../../values/record-id.ts';
import { bareTaxId } from '../../values/tax-id.ts';
import type { DuplicateProbe } from './duplicate.type.ts';

const most = 50;
const longest = 400;

export interface Candidate {
  readonly key: string;
  readonly reasons: string[];
  readonly score: number;
}

interface FoundCard {
  readonly key: string;
  readonly sameTaxId: boolean;
  /** Null where the name is not similar. */
  readonly likeness: number | null;
}

const text = `SELECT client_id AS "key", bool_or(same_tax_id) AS "sameTaxId", max(likeness) AS "likeness"
  FROM (
    SELECT id AS client_id, true AS same_tax_id, NULL::real AS likeness FROM client WHERE tax_id = $1
    UNION ALL SELECT client_id, false, likeness FROM cards_named_like($2, $3)
  ) AS found
  WHERE client_id IS DISTINCT FROM $4::uuid
  GROUP BY client_id
  ORDER BY bool_or(same_tax_id) DESC, max(likeness) DESC NULLS LAST, client_id
  LIMIT ${most}`;

/** Throws InputRejected: with code EMPTY where there is nothing to go by, TOO_LONG and CHARACTERS for texts. */
function check(probe: DuplicateProbe): void {
  const problems: Problem[] = [];
  for (const [member, value] of Object.entries({ ...probe } as Record<string, string | null | undefined>)) {
    const path = `of.${member}`;
    if ((value?.length ?? 0) > longest)
      problems.push({ path, code: 'TOO_LONG', message: `must have at most ${longest} characters` });
    if (value != null && (/\p{Cc}/u.test(value) || !value.isWellFormed()))
      problems.push({ path, code: 'CHARACTERS', message: 'holds control characters or broken ones' });
  }
  if (!probe.taxId?.trim() && !probe.fullName?.trim())
    problems.push({ path: 'of', code: 'EMPTY', message: 'give a taxId or a fullName' });
  if (problems.length > 0) throw new InputRejected(problems);
}

export class DuplicateSearch {
  constructor(private readonly run: RunQuery) {}

  /**
   * The likeliest first. `sees`: whether the caller sees a card; one that they do not is not left out by its id, or its id would tell
   * whose name and tax id it has. Throws InputRejected.
   */
  async find(probe: DuplicateProbe, sees: (key: string) => Promise<boolean>): Promise<Candidate[]> {
    check(probe);
    const city = probe.city?.trim() ?? '';
    const nameReason = city === '' ? 'NAME' : 'NAME_AND_CITY';
    const given = probe.excludeId == null ? null : keyOf('client', probe.excludeId, 'of.excludeId');
    const excluded = given !== null && (await sees(given)) ? given : null;
    const found = await this.run<FoundCard>({
      name: 'possible-duplicates',
      text,
      values: [bareTaxId(probe.taxId ?? '') || null, probe.fullName?.trim() || null, city, excluded],
    });
    return found.map(({ key, sameTaxId, likeness }) => ({
      key,
      reasons: [...(sameTaxId ? ['TAX_ID'] : []), ...(likeness === null ? [] : [nameReason])],
      score: sameTaxId ? 1 : (likeness ?? 0),
    }));
  }
}
