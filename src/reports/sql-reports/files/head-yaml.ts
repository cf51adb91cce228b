/**
 * The YAML of a head as plain values, every one of them a text as it was written: 0.10 keeps its digits, 2026-01-31 is no instant, `no` is no
 * boolean. Of YAML only what a head needs is taken: maps, lists and texts, once each; anchors, aliases, tags, directives and nesting
 * without end are refused, so that a small file can never become a large value.
 */
import { Composer, isCollection, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import type { CST, Document, ParsedNode } from 'yaml';
import type { Problem } from '../../../errors.ts';

interface HeadProblem extends Problem {
  /** Of the head, from 1. */
  readonly line: number;
}

export type HeadValue = string | readonly HeadValue[] | { readonly [key: string]: HeadValue };

export interface HeadYaml {
  readonly value: HeadValue | undefined;
  readonly problems: readonly HeadProblem[];
  /** Where a value stands, or the nearest around it. */
  lineOf(path: string): number;
}

const deepest = 8;

export function readHeadYaml(text: string): HeadYaml {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const reading = new HeadReading(lines);
  // The composer calls itself for every level, and would end the process on thousands of them.
  if (tokens.some((token) => depthOf(token) > deepest))
    return reading.refused(
      0,
      'YAML_TOO_DEEP',
      `lists and maps stand in each other more than ${deepest} deep`,
    );
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.2',
    strict: true,
    uniqueKeys: true,
    logLevel: 'silent',
  });
  const [document, ...more] = [...composer.compose(tokens)];
  if (document === undefined) return reading.refused(0, 'YAML', 'there is nothing in the head');
  const [second] = more;
  if (second !== undefined)
    return reading.refused(second.range[0], 'YAML', 'there is more than one document in the head');
  return reading.read(document);
}

/** Counted without calling itself, as the depth may be anything. */
function depthOf(token: CST.Token): number {
  let level: CST.Token[] = [token];
  let depth = 0;
  while (level.length > 0 && depth <= deepest + 1) {
    level = level.flatMap(within);
    depth += 1;
  }
  return depth;
}

function within(token: CST.Token): CST.Token[] {
  const inner: (CST.Token | null | undefined)[] = [];
  if ('value' in token && typeof token.value === 'object') inner.push(token.value);
  if ('items' in token) for (const { key, value } of token.items) inner.push(key, value);
  return inner.filter((one) => one != null);
}

class HeadReading {
  private readonly problems: HeadProblem[] = [];
  private readonly places = new Map<string, number>([['', 1]]);

  constructor(private readonly lines: LineCounter) {}

  read(document: Document.Parsed): HeadYaml {
    for (const { message, pos } of document.errors) this.refuse(pos[0], '', 'YAML', message);
    if (document.directives.yaml.explicit === true)
      this.refuse(0, '', 'YAML', 'directives (%) are not taken');
    const value = document.errors.length > 0 ? undefined : this.valueOf(document.contents, '');
    return this.answer(this.problems.length > 0 ? undefined : value);
  }

  refused(at: number, code: string, message: string): HeadYaml {
    this.refuse(at, '', code, message);
    return this.answer(undefined);
  }

  private answer(value: HeadValue | undefined): HeadYaml {
    return {
      value,
      problems: this.problems,
      lineOf: (path) => {
        let known = path;
        while (!this.places.has(known)) known = known.slice(0, Math.max(known.lastIndexOf('.'), 0));
        return this.places.get(known) ?? 1;
      },
    };
  }

  private refuse(at: number, path: string, code: string, message: string): undefined {
    this.problems.push({ path, code, message, line: Math.max(this.lines.linePos(at).line, 1) });
  }

  private valueOf(node: ParsedNode | null, path: string): HeadValue | undefined {
    if (node === null) return this.refuse(0, path, 'YAML', 'there is nothing in the head');
    const [at] = node.range;
    if (!this.places.has(path)) this.places.set(path, this.lines.linePos(at).line);
    if (!isScalar(node) && !isCollection(node))
      return this.refuse(at, path, 'YAML_ALIAS', 'aliases (*) are not taken: write the value again');
    if (node.anchor !== undefined)
      return this.refuse(
        at,
        path,
        'YAML_ALIAS',
        'anchors (&) are not taken: a text that begins with & goes into quotes',
      );
    if (node.tag !== undefined)
      return this.refuse(
        at,
        path,
        'YAML_TAG',
        'tags (!) are not taken: a text that begins with ! goes into quotes',
      );
    if (isSeq(node))
      return node.items.flatMap((item, place) => this.valueOf(item, joined(path, String(place))) ?? []);
    if (isMap(node)) return this.mapOf(node, path);
    if (!isScalar(node)) return undefined;
    if (node.type === 'PLAIN' && /^(?:|~|null)$/i.test(node.source))
      return this.refuse(
        at,
        path,
        'YAML_NOTHING',
        'says nothing: leave the line out, or write the text in quotes',
      );
    return String(node.value);
  }

  private mapOf({ items }: ParsedNode & { items: readonly unknown[] }, path: string): HeadValue {
    return Object.fromEntries(
      (items as readonly { key: ParsedNode; value: ParsedNode | null }[]).flatMap(({ key, value }) => {
        const [at] = key.range;
        if (!isScalar(key) || key.anchor !== undefined || key.tag !== undefined) {
          this.refuse(at, path, 'YAML', 'a name before a colon must be a plain text');
          return [];
        }
        const name = String(key.value);
        const inner = joined(path, name);
        this.places.set(inner, this.lines.linePos(at).line);
        const read =
          value === null
            ? this.refuse(at, inner, 'YAML_NOTHING', 'says nothing')
            : this.valueOf(value, inner);
        return read === undefined ? [] : [[name, read]];
      }),
    );
  }
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
