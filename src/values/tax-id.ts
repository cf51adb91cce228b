/** Tax and registry numbers of firms: what makes one valid, and the one form in which it is kept. */
import { createRequire } from 'node:module';
import type stdnum from 'stdnum';

const load = createRequire(import.meta.url);

let loaded: ReturnType<typeof loadRules> | undefined;

/** Loaded with the first number that is checked: it is the rules of ninety countries, 20 MB and a fifth of a second that no start should take. */
const known = () => (loaded ??= loadRules());

function loadRules() {
  const library = load('stdnum') as typeof stdnum;
  const ruleOf = (country: 'PL' | 'CH', name: string) => {
    const rule = library.stdnum[country]?.[name];
    if (!rule) throw new Error(`stdnum no longer checks ${name}`);
    return rule;
  };
  return {
    nip: ruleOf('PL', 'nip'),
    regon: ruleOf('PL', 'regon'),
    swiss: ruleOf('CH', 'uid'),
    euVat: library.euVat,
  };
}

/** A VAT id of another country: its prefix, then at least one digit among at most twelve signs. */
const foreignForm = /^(?!PL)[A-Z]{2}(?=.*\d)[A-Z0-9+*]{2,12}$/;

/** Whether the number can exist, where the rules of its country's VAT ids are known; Greece writes EL, the standard GR. */
function isForeignVat(plain: string): boolean {
  if (!foreignForm.test(plain)) return false;
  if (plain.startsWith('CHE')) return known().swiss.validate(plain).isValid;
  const prefix = plain.slice(0, 2);
  const country = prefix === 'EL' ? 'GR' : prefix;
  const rules = Object.entries(known().euVat).find(([code]) => code === country)?.[1];
  return (
    !rules || rules.some((rule) => rule.validate(plain).isValid || rule.validate(plain.slice(2)).isValid)
  );
}

const bare = (text: string): string => text.toUpperCase().replace(/[\s.-]/g, '');

/** The Swiss write VAT behind the number, in the language of the canton. */
const withoutSwissVat = (plain: string): string => plain.replace(/^(CHE\d{9})(MWST|TVA|IVA)$/, '$1');

/** A NIP as ten digits, or a foreign VAT id with its country's prefix; undefined when it is neither. */
export function normalTaxId(text: string): string | undefined {
  const plain = withoutSwissVat(bare(text));
  const digits = plain.replace(/^PL/, '');
  if (/^\d+$/.test(digits)) return known().nip.validate(digits).isValid ? digits : undefined;
  return isForeignVat(plain) ? plain : undefined;
}

/** The signs of a tax id or a part of it as it would be kept, whether or not it is valid: for looking it up. */
export const bareTaxId = (text: string): string => bare(text).replace(/^PL(?=\d)/, '');

/** A REGON of 9 or 14 digits; undefined when its checksum does not hold. */
export function normalRegon(text: string): string | undefined {
  const digits = bare(text);
  return /^(\d{9}|\d{14})$/.test(digits) && known().regon.validate(digits).isValid ? digits : undefined;
}
