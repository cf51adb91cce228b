/** The options of an OData address: those that begin with $, each once, with what they say. Whatever is not known is refused, or a misspelt filter would answer everything. */
import { rejected, shown, Unsupported } from './faults.ts';

const supported = [
  '$filter',
  '$select',
  '$orderby',
  '$top',
  '$skip',
  '$count',
  '$expand',
  '$skiptoken',
  '$format',
] as const;
export type OptionName = (typeof supported)[number];
export type Options = Readonly<Partial<Record<OptionName, string>>>;

/** Of OData, and not here. */
const unsupported = [
  '$search',
  '$apply',
  '$compute',
  '$deltatoken',
  '$levels',
  '$id',
  '$index',
  '$schemaversion',
  '$value',
];

const isSupported = (name: string): name is OptionName => supported.some((one) => one === name);

function refusalOf(name: string): Error {
  if (unsupported.includes(name)) return new Unsupported(name, `${name} is not supported`);
  const known = `there are ${supported.join(', ')}`;
  if (name === '$inlinecount') return rejected(name, 'OPTION', 'is of OData 2: OData 4 has $count=true');
  const meant = `$${name}`;
  if (isSupported(meant)) return rejected(name.slice(0, 60), 'OPTION', `is written ${meant}`);
  return rejected(name.slice(0, 60), 'OPTION', `${shown(name)} is no option: ${known}`);
}

/** In addresses of forms a blank is a plus sign, and many programs write it so. */
function decoded(text: string, place: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw rejected(place, 'ENCODING', 'is not UTF-8 in percent signs');
  }
}

/** `search`: from the question mark on, or empty. Throws InputRejected and Unsupported. */
export function readOptions(search: string): Options {
  const options: Partial<Record<OptionName, string>> = {};
  for (const part of search.slice(1).split('&')) {
    if (part === '') continue;
    const sign = part.indexOf('=');
    const [rawName, rawValue] = sign < 0 ? [part, ''] : [part.slice(0, sign), part.slice(sign + 1)];
    const name = decoded(rawName, 'query');
    if (!isSupported(name)) throw refusalOf(name);
    if (options[name] !== undefined) throw rejected(name, 'REPEATED', 'may be given once');
    options[name] = decoded(rawValue, name);
  }
  return options;
}

/** A whole number from 0 on. */
export function countIn(name: string, text: string, most: number): number {
  if (!/^\d{1,15}$/.test(text)) throw rejected(name, 'NUMBER', `is a whole number, and not ${shown(text)}`);
  const number = Number(text);
  if (number > most) throw rejected(name, 'TOO_MANY', `is at most ${most}`);
  return number;
}

export function truthIn(name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw rejected(name, 'BOOLEAN', `is true or false, and not ${shown(text)}`);
}
