/**
 * Which files are taken, and as what. The bytes decide (file-type); the name's ending must fit what they are, so that
 * nobody opens as one thing what is another. Text has no marks of its own: there the ending decides, and the bytes must read
 * as text.
 */
import { fileTypeFromBuffer } from 'file-type';
import { extensionOf } from './file-name.ts';

const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** What file-type tells from the bytes, with the endings that fit. */
const byBytes: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/bmp': ['bmp'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic'],
  'image/heif': ['heif', 'heic'],
  'image/avif': ['avif'],
  'application/rtf': ['rtf', 'doc'],
  [`${office}.wordprocessingml.document`]: ['docx'],
  [`${office}.spreadsheetml.sheet`]: ['xlsx'],
  [`${office}.presentationml.presentation`]: ['pptx'],
  [`${openDocument}.text`]: ['odt'],
  [`${openDocument}.spreadsheet`]: ['ods'],
  [`${openDocument}.presentation`]: ['odp'],
  'application/zip': ['zip'],
  'application/x-7z-compressed': ['7z'],
  'audio/mpeg': ['mp3'],
  'audio/x-m4a': ['m4a'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov'],
};

/** One container for several kinds: which of them it is stands in the ending alone. */
const byEnding: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/x-cfb': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
    msg: 'application/vnd.ms-outlook',
  },
  'application/xml': {
    xml: 'application/xml',
    xades: 'application/xml',
    svg: 'image/svg+xml',
    html: 'text/html',
  },
  text: {
    txt: 'text/plain',
    csv: 'text/csv',
    md: 'text/markdown',
    eml: 'message/rfc822',
    json: 'application/json',
    xml: 'application/xml',
    xades: 'application/xml',
    svg: 'image/svg+xml',
    html: 'text/html',
    htm: 'text/html',
  },
};

/** So much of the beginning is enough to tell: office documents name what they are in their first entries. */
export const sampleSize = 1_048_576;

/** No control signs but white space, in UTF-8 or whatever one-byte encoding; UTF-16 only with its mark. */
function readsAsText(sample: Uint8Array): boolean {
  if (sample[0] === 0xff && sample[1] === 0xfe) return true;
  return sample.every(
    (byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d,
  );
}

export type Detected =
  | { readonly mediaType: string }
  /** `found`: what the bytes are, where that is known. */
  | { readonly refused: 'ENDING' | 'KIND'; readonly found: string | undefined };

/** The media type of a file by the ending of its name and its first bytes, `sampleSize` of them or all. */
export async function detectMediaType(fileName: string, sample: Uint8Array): Promise<Detected> {
  const ending = extensionOf(fileName);
  const found = (await fileTypeFromBuffer(sample))?.mime;
  const endings = byBytes[found ?? ''];
  if (found !== undefined && endings)
    return endings.includes(ending) ? { mediaType: found } : { refused: 'ENDING', found };
  const kinds = byEnding[found ?? 'text'];
  if (!kinds || (found === undefined && !readsAsText(sample))) return { refused: 'KIND', found };
  const mediaType = Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
  return mediaType === undefined ? { refused: 'ENDING', found: found ?? 'text' } : { mediaType };
}
