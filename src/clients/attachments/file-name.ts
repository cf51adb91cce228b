/** A file's name as it may stand in a list, in a header and on any disk: the last part of what the sender calls it. */

const longest = 200;

/** Signs that no screen shows or that turn the direction of writing, so that `cod.exe` would read as `exe.doc`. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Signs that one file system or another refuses; the quotation mark also as browsers write it in a form. */
const refused = /[<>:"|?*]|%22/g;

/** The name cleaned; undefined when nothing of it is left. A name too long loses its middle and keeps its ending. */
export function cleanFileName(given: string): string | undefined {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(unseen, '')
    .replace(refused, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (clean === '') return undefined;
  const signs = [...clean];
  if (signs.length <= longest) return clean;
  const ending = [...extensionOf(clean)];
  const dotted = ending.length > 0 && ending.length < 20 ? ['.', ...ending] : [];
  const start = signs.slice(0, longest - dotted.length).join('');
  return `${start.replace(/[. ]+$/, '')}${dotted.join('')}`;
}

/** What follows the last dot, in small letters; empty where there is none. */
export function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase();
}
