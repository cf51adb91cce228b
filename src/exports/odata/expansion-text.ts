/** `$expand` taken apart: names parted by commas, each perhaps with options in brackets, parted by semicolons. */
import { rejected, shown, Unsupported } from './faults.ts';
import type { OptionName, Options } from './options.ts';

interface Part {
  readonly name: string;
  readonly options: Options;
}

/** Splits where nothing is open: neither a text nor a bracket. */
function split(text: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let inText = false;
  let begin = 0;
  for (let place = 0; place < text.length; place += 1) {
    const here = text[place];
    if (here === "'") inText = !inText;
    if (inText) continue;
    if (here === '(') depth += 1;
    if (here === ')') depth -= 1;
    if (depth < 0)
      throw rejected('$expand', 'SYNTAX', `a bracket is closed that is not open, at character ${place + 1}`);
    if (here !== sign || depth > 0) continue;
    parts.push(text.slice(begin, place));
    begin = place + 1;
  }
  if (inText || depth > 0)
    throw rejected('$expand', 'SYNTAX', `a ${inText ? 'text' : 'bracket'} is opened and not closed`);
  return [...parts, text.slice(begin)];
}

const form = /^([A-Za-z_*$]\w*)\s*(?:\((.*)\))?$/s;
const names: readonly OptionName[] = ['$filter', '$select', '$orderby', '$top', '$skip', '$count', '$expand'];
const isOption = (name: string): name is OptionName => names.some((one) => one === name);

function optionsIn(text: string): Options {
  const options: Partial<Record<OptionName, string>> = {};
  for (const part of split(text, ';')) {
    const sign = part.indexOf('=');
    const name = part.slice(0, Math.max(0, sign)).trim();
    if (name.startsWith('$') && !isOption(name))
      throw new Unsupported('$expand', `${shown(name)} is not supported within $expand`);
    if (!isOption(name))
      throw rejected('$expand', 'SYNTAX', `${shown(part.trim())} is no option such as $select=code`);
    if (options[name] !== undefined) throw rejected('$expand', 'REPEATED', `gives ${name} more than once`);
    options[name] = part.slice(sign + 1).trim();
  }
  return options;
}

/** Throws InputRejected and Unsupported. */
export function splitExpansions(text: string): readonly Part[] {
  return split(text, ',').map((part) => {
    if (part.includes('/'))
      throw new Unsupported('$expand', 'paths are not supported: name the relation alone');
    const [, name, inner] = form.exec(part.trim()) ?? [];
    if (name === undefined)
      throw rejected(
        '$expand',
        'SYNTAX',
        `${shown(part.trim())} is no relation such as Contacts($select=lastName)`,
      );
    if (name === '*') throw new Unsupported('$expand', '* is not supported: name what is to be expanded');
    return { name, options: inner === undefined ? {} : optionsIn(inner) };
  });
}
