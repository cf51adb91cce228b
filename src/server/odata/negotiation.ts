/** How an OData answer is to be: its form, how much of metadata stands in it, and how large a page may be. */
import type { IncomingHttpHeaders } from 'node:http';
import { rejected, shown } from '../../exports/odata/faults.ts';
import type { MetadataLevel, Writing } from '../../exports/odata/payload.ts';
import { Refusal } from '../http/refusal.ts';

type Form = Pick<Writing, 'level' | 'ieee754Compatible'>;

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function rangeIn(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = rest.map((part) => {
    const [name = '', value = ''] = part.split('=', 2);
    return [name.trim().toLowerCase(), value.trim().replaceAll('"', '').toLowerCase()] as const;
  });
  return { type: type.toLowerCase(), parameters: new Map(parameters) };
}

const weightOf = ({ parameters }: MediaRange): number => {
  const weight = Number(parameters.get('q') ?? '1');
  return Number.isNaN(weight) ? 1 : weight;
};

const levels: readonly MetadataLevel[] = ['none', 'minimal', 'full'];
const jsonTypes = ['application/json', 'application/*', '*/*'];

/** OData 4.0 says `odata.metadata`, 4.01 also `metadata`. */
function formOf({ parameters }: MediaRange, place: string): Form {
  const said = parameters.get('odata.metadata') ?? parameters.get('metadata') ?? 'minimal';
  const level = levels.find((one) => one === said);
  if (!level)
    throw rejected(place, 'METADATA', `odata.metadata is none, minimal or full, and not ${shown(said)}`);
  return { level, ieee754Compatible: parameters.get('ieee754compatible') === 'true' };
}

function formOfFormat(format: string): Form {
  if (format === 'json') return formOf(rangeIn(''), '$format');
  const range = rangeIn(format);
  if (range.type === 'application/json') return formOf(range, '$format');
  throw rejected('$format', 'FORMAT', `there is json, and not ${shown(format)}`);
}

/** The address counts before the header. Throws InputRejected, and a refusal where no JSON will do. */
export function formAsked(format: string | undefined, accept: string | undefined): Form {
  if (format !== undefined) return formOfFormat(format);
  const ranges = (accept ?? '*/*')
    .split(',')
    .map(rangeIn)
    .filter((range) => jsonTypes.includes(range.type) && weightOf(range) > 0)
    .toSorted((one, other) => weightOf(other) - weightOf(one));
  const [best] = ranges;
  if (!best)
    throw new Refusal(406, 'BAD_USER_INPUT', 'Answers are application/json.', {
      details: {
        problems: [{ path: 'accept', code: 'MEDIA_TYPE', message: 'Answers are application/json.' }],
      },
    });
  return formOf(best, 'accept');
}

export const contentTypeOf = ({ level, ieee754Compatible }: Form): string =>
  [
    'application/json',
    `odata.metadata=${level}`,
    ...(ieee754Compatible ? ['IEEE754Compatible=true'] : []),
    'charset=utf-8',
  ].join(';');

const pageSizeForm = /^\s*(?:odata\.)?maxpagesize\s*=\s*"?([^"]*)"?\s*$/i;

/** Undefined where nothing is preferred; other preferences are no matter of this service. Throws InputRejected. */
export function pageSizePreferred(prefer: IncomingHttpHeaders[string], most: number): number | undefined {
  const said = [prefer ?? []].flat().join(',').split(/[,;]/);
  const size = said.flatMap((one) => pageSizeForm.exec(one)?.[1] ?? [])[0];
  if (size === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(size)) return Math.min(Number(size), most);
  throw rejected(
    'prefer',
    'PAGE_SIZE',
    `odata.maxpagesize is a whole number from 1 on, and not ${shown(size)}`,
  );
}

/** Throws InputRejected where a caller takes only what came before OData 4. */
export function requireVersion({ 'odata-maxversion': most }: IncomingHttpHeaders): void {
  if (most === undefined || Number.parseFloat(String(most)) >= 4) return;
  throw rejected('odata-maxversion', 'VERSION', 'this is OData 4.0');
}
