/** The select lists of a views.sql, as they are written: expression, column and mark, of each part of a UNION. */
import { splitBatches } from '../../src/sandbox-erp/tsql/batches.ts';

interface WrittenColumn {
  readonly name: string;
  readonly expression: string;
  readonly mark: string | undefined;
}

export interface WrittenView {
  readonly view: string;
  readonly columns: readonly WrittenColumn[];
}

const markOf = (comment: string): string | undefined =>
  /^--\s*(verified|recalled|unsure)\b/.exec(comment.trim())?.[1];

/** Column by column: a column ends with its name, after which there is a comma or nothing, and perhaps a comment. */
function columnsIn(list: string): readonly WrittenColumn[] {
  const columns: WrittenColumn[] = [];
  let expression = '';
  for (const line of list.split('\n')) {
    const [, code = '', comment = ''] = /^(.*?)(--.*)?$/.exec(line) ?? [];
    expression = `${expression} ${code.trim()}`.trim();
    const ended = /^([\s\S]*) AS (\w+),?$/.exec(expression);
    if (!ended || depth(expression) > 0) continue;
    columns.push({ name: ended[2] ?? '', expression: ended[1] ?? '', mark: markOf(comment) });
    expression = '';
  }
  return columns;
}

const depth = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter === '(' ? 1 : letter === ')' ? -1 : 0), 0);

export function viewsIn(script: string): readonly WrittenView[] {
  return splitBatches(script).flatMap((text) => {
    const view = /CREATE VIEW kartoteka\.(\w+) AS\n/.exec(text)?.[1];
    if (view === undefined) return [];
    const lists = text.matchAll(/^SELECT ([\s\S]*?)^FROM /gm);
    return [...lists].map(([, list = '']) => ({ view, columns: columnsIn(list) }));
  });
}
