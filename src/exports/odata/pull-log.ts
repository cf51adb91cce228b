/**
 * Pulls in the change log: who took what. One that goes on from page to page is told once, with its first page. Whether a page is a later
 * one of a pull that was told, the service remembers itself, for what a caller sends could be made up: after an hour, or where another
 * service told the first page, a pull is told once more.
 */
import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { logAuditLine } from '../../changes/audit-lines.ts';
import type { Actor } from '../../request.ts';
import type { Condition } from './filter-condition.ts';
import { conditionWords } from './filter-words.ts';
import type { Options } from './options.ts';

export interface Pull {
  readonly actor: Actor;
  /** Where it leads, without options. */
  readonly path: string;
  readonly set: string;
  readonly options: Options;
  readonly filter: Condition | undefined;
}

const remembered = 10_000;
const rememberedMs = 3_600_000;
/** A condition of 8,000 characters would fill the log. */
const mostWords = 1_000;

export class PullLog {
  private readonly told = new LRUCache<string, true>({ max: remembered, ttl: rememberedMs });

  constructor(private readonly dataSource: DataSource) {}

  /** To be waited for before the first row is told, so that no pull is without its line. */
  async note(pull: Pull): Promise<void> {
    const { actor, path, set, options, filter } = pull;
    const { $skiptoken, $filter = '', $select = '', $orderby = '', $expand = '' } = options;
    const name = JSON.stringify([actor.id, actor.name, path, $filter, $select, $orderby, $expand]);
    if ($skiptoken !== undefined && this.told.has(name)) return;
    const given: Record<string, string> = {
      ...(path.includes('(') && { path: path.slice(0, mostWords) }),
      ...(filter && { filter: conditionWords(filter).slice(0, mostWords) }),
      ...($select !== '' && { columns: $select.slice(0, mostWords) }),
      ...($expand !== '' && { expand: $expand.replaceAll(/'(?:[^']|'')*'/g, "'…'").slice(0, mostWords) }),
    };
    await logAuditLine(this.dataSource, {
      by: actor,
      recordType: 'EXPORT',
      action: 'EXPORTED',
      told: { set, format: 'odata', ...given },
    });
    this.told.set(name, true);
  }
}
