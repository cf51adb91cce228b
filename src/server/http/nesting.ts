/**
 * JSON and GraphQL are both read by recursive code somewhere down the line. Text nested deeper than any honest request is
 * turned away beforehand, by a scan that itself cannot overflow.
 */

/** Deeper than any document that a person or a code generator writes, shallow enough for every recursive reader. */
export const maximumNesting = 200;

const quote = 0x22;
const backslash = 0x5c;
const hash = 0x23;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const depthChange = new Map([
  ['(', 1],
  ['[', 1],
  ['{', 1],
  [')', -1],
  [']', -1],
  ['}', -1],
]);
const changeByCode = new Int8Array(128);
for (const [bracket, change] of depthChange) changeByCode[bracket.charCodeAt(0)] = change;

/** The index of the last character of the string that begins at `start`; block strings are GraphQL's `"""`. */
function endOfString(text: string, start: number): number {
  if (text.startsWith('"""', start)) {
    let end = text.indexOf('"""', start + 3);
    while (end > 0 && text.charCodeAt(end - 1) === backslash) end = text.indexOf('"""', end + 3);
    return end < 0 ? text.length : end + 2;
  }
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return at;
  }
  return text.length;
}

/** Whether brackets outside strings and comments are nested deeper than `limit`. Holds for JSON and for GraphQL. */
export function isNestedDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === hash) at = endOfLine(text, at);
    else {
      depth += changeByCode[code] ?? 0;
      if (depth > limit) return true;
    }
  }
  return false;
}
