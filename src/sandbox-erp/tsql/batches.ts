/**
 * A T-SQL script as its batches: GO on a line of its own parts them, as sqlcmd and Management Studio have it. Not inside
 * a block comment or a quoted text that runs over the line.
 */
export function splitBatches(script: string): string[] {
  const batches: string[] = [];
  let lines: string[] = [];
  let inside: 'comment' | 'text' | 'name' | null = null;
  for (const line of script.split(/\r?\n/u)) {
    if (inside === null && /^\s*GO\s*(?:--.*)?$/iu.test(line)) {
      batches.push(lines.join('\n'));
      lines = [];
      continue;
    }
    lines.push(line);
    inside = insideAfter(line, inside);
  }
  batches.push(lines.join('\n'));
  return batches.filter((batch) => batch.trim() !== '');
}

type Inside = 'comment' | 'text' | 'name' | null;
const closing = { comment: '*/', text: "'", name: ']' } as const;

function insideAfter(line: string, before: Inside): Inside {
  let inside = before;
  for (let at = 0; at < line.length; at += 1) {
    if (inside !== null) {
      if (line.startsWith(closing[inside], at)) {
        if (inside === 'comment') at += 1;
        inside = null;
      }
    } else if (line.startsWith('--', at)) return null;
    else if (line.startsWith('/*', at)) {
      inside = 'comment';
      at += 1;
    } else if (line[at] === "'") inside = 'text';
    else if (line[at] === '[') inside = 'name';
  }
  return inside;
}
