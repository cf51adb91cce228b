/**
 * A report as a file: a block comment with a YAML head, then its SELECT, so that the whole is valid SQL for whatever editor shows it.
 *
 *   /*---
 *   title: …
 *   ---*\/
 *   SELECT …
 *
 * The file's name is the report's key. Reads the form; whether the report may be kept, `validateReport` tells. Every fault has its line.
 */
import type { Problem } from '../../../errors.ts';
import type { SqlReport } from '../../report.ts';
import { keyProblems } from '../report-rules.ts';
import { readHeadShape } from './head-shape.ts';
import { readHeadYaml } from './head-yaml.ts';

export interface FileProblem extends Problem {
  /** Of the file, from 1. */
  readonly line: number;
}

interface ReadReport {
  readonly report: SqlReport;
  /** What `validateReport` found, in the words and lines of the file. */
  readonly inFile: (problem: Problem) => FileProblem;
}

export type ReadReportFile = ReadReport | { readonly problems: readonly FileProblem[] };

const begin = '/*---';
const end = '---*/';
const longestHead = 60_000;

/** `path`: of the file, or its name alone. */
export function readReportFile(path: string, text: string): ReadReportFile {
  const key = /([^/\\]*)\.sql$/i.exec(path)?.[1] ?? '';
  const named = keyProblems(key).map((problem) => ({
    ...problem,
    message: `the file's name without .sql is the report's key, which ${problem.message}`,
    line: 1,
  }));
  const cut = cutHead(text);
  if ('problem' in cut) return { problems: [...named, cut.problem] };
  const yaml = readHeadYaml(cut.head);
  const inHead = (problem: Problem): FileProblem => ({ ...problem, line: yaml.lineOf(problem.path) + 1 });
  const wrong = [...named, ...yaml.problems.map((problem) => ({ ...problem, line: problem.line + 1 }))];
  if (yaml.value === undefined) return { problems: wrong };
  const shape = readHeadShape(yaml.value);
  if ('problems' in shape) return { problems: [...wrong, ...shape.problems.map(inHead)] };
  if (wrong.length > 0) return { problems: wrong };
  return {
    report: { key, sql: cut.sql, ...shape.head },
    inFile: (problem) =>
      problem.path === 'sql'
        ? inSql(problem, cut.sqlLine)
        : inHead({ ...problem, path: pathInHead(problem.path) }),
  };
}

/** What is called otherwise in a head. */
const pathInHead = (path: string): string => path.replace(/^labels(?=\.|$)/, 'columns');

const placeInSql = /^line (\d+), /;

function inSql(problem: Problem, sqlLine: number): FileProblem {
  const line = Number(placeInSql.exec(problem.message)?.[1] ?? 1) + sqlLine - 1;
  return { ...problem, line, message: problem.message.replace(placeInSql, `line ${line}, `) };
}

interface Cut {
  readonly head: string;
  readonly sql: string;
  readonly sqlLine: number;
}

function cutHead(text: string): Cut | { readonly problem: FileProblem } {
  const refused = (line: number, message: string) => ({ problem: { path: '', code: 'HEAD', message, line } });
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  if (lines[0]?.trimEnd() !== begin) return refused(1, `the first line must be ${begin}, alone`);
  const last = lines.findIndex((line) => line.trimEnd() === end);
  if (last < 0) return refused(1, `the head does not end: a line ${end}, alone, is missing`);
  const head = lines.slice(1, last);
  const comment = head.findIndex((line) => line.includes('/*') || line.includes('*/'));
  if (comment >= 0)
    return refused(comment + 2, 'within the head there can be no /* and no */: it is a comment to SQL');
  if (head.join('\n').length > longestHead)
    return refused(1, `the head must have at most ${longestHead} characters`);
  const after = lines.slice(last + 1);
  const first = after.findIndex((line) => line.trim() !== '');
  if (first < 0) return refused(last + 1, 'there is no SELECT after the head');
  return { head: head.join('\n'), sql: after.slice(first).join('\n').trimEnd(), sqlLine: last + first + 2 };
}
