import stdnum from 'stdnum';

export function validNumber(country: string, kind: string, value: string): boolean {
  const rule = stdnum.stdnum[country]?.[kind];
  if (rule === undefined) throw new Error(`stdnum does not know ${country} ${kind}`);
  return rule.validate(value).isValid;
}
