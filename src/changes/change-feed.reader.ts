/**
 * The feed of changes: all that was committed, each change once, in the order of its position. A reader who keeps the
 * position of the last change it has dealt with, and asks for what comes after, misses nothing and meets nothing twice,
 * whatever happens to it or to the writers in between. Giving changes their positions is the sequencer's.
 */
import type { Access } from '../access/access.ts';
import { mayFollow } from '../access/record-needs.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import { InputRejected } from '../errors.ts';
import type { Bind } from '../reads/declaration.ts';
import { amongOwn, sightOf, type Sight } from '../reads/own-cards.ts';
import { binder } from '../reads/page-rows.ts';
import type { Actor } from '../request.ts';
import { makePage, type Page } from '../values/connection.ts';
import { pageRequest } from '../values/page.ts';
import { publicId, type RecordKind } from '../values/record-id.ts';
import type { ChangeAction, FieldStep } from './change.entity.ts';
import type { RecordType } from './record-type.ts';
import type { Sequencer } from './sequencer.ts';

export interface ChangeRow {
  readonly position: string;
  readonly at: string;
  readonly actor: string;
  readonly recordType: RecordType;
  readonly recordId: string;
  readonly clientId: string | null;
  readonly action: ChangeAction;
  readonly version: number;
  readonly fields: readonly FieldStep[];
}

interface FeedRequest {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** All of them when not given; an empty list matches nothing. */
  readonly recordTypes: readonly RecordType[] | null | undefined;
  /** Who reads: told of is only what they may see. */
  readonly actor: Actor;
}

interface FollowingRequest extends Pick<FeedRequest, 'recordTypes' | 'actor'> {
  readonly after: bigint;
  /** The end of the feed as the reader knows it: all up to it that is to be told is told, or fills the page. */
  readonly until: bigint;
  readonly size: number;
  /** Only of this card, a card itself included. */
  readonly clientKey: string | undefined;
}

interface StoredChange extends Omit<ChangeRow, 'recordId' | 'clientId'> {
  readonly recordType: LoggedType;
  readonly recordKey: string;
  readonly clientKey: string | null;
}

interface Shape {
  readonly after: string;
  readonly size: number;
  readonly recordTypes: readonly RecordType[] | undefined;
  readonly sight: Sight | undefined;
}

interface RowsQuestion extends Omit<Shape, 'size'> {
  readonly limit: number;
  readonly clientKey: string | undefined;
}

export type LoggedType = RecordType;

const kindOf = {
  CLIENT: 'client',
  CONTACT: 'contact',
  DELIVERY_PLACE: 'place',
  RECIPIENT: 'recipient',
  NOTE: 'note',
  EVENT: 'event',
  ATTACHMENT: 'attachment',
  CARD_TYPE: 'cardtype',
  ERP_ACCOUNT: 'account',
  FEATURE_DEFINITION: 'feature',
  REPORT: 'report',
  USER: 'user',
  API_KEY: 'apikey',
  SIGN_IN: 'signin',
  EXPORT: 'export',
} as const satisfies Record<LoggedType, RecordKind>;

export const recordIdOf = (type: LoggedType, key: string): string => publicId(kindOf[type], key);

const columns = `t.position, t.at, t.actor, t.record_type AS "recordType", t.record_id AS "recordKey", t.client_id AS "clientKey",
  t.action, t.version, t.fields`;

/** Of cards that the reader sees, and of what belongs to none. */
function seen(sight: Sight | undefined, alias: string, bind: Bind): string {
  const [own] = amongOwn(`${alias}.client_id`, sight, bind);
  return own === undefined ? '' : ` AND (${alias}.client_id IS NULL OR ${own})`;
}

const everyType = (sight: Sight | undefined, bind: Bind) =>
  `SELECT ${columns} FROM change t WHERE t.position > $1::bigint${seen(sight, 't', bind)} ORDER BY t.position LIMIT $2::int`;

const lastPosition = '9223372036854775807';

/**
 * Cut for each type by itself. Both bounds are pairs, and so is the order, so that only the index over types and positions
 * serves: with an equality the planner takes the feed's order and reads all of it for a type that is rare.
 */
const someTypes = (sight: Sight | undefined, bind: Bind) =>
  `SELECT ${columns} FROM unnest($3::text[]) AS k(type) CROSS JOIN LATERAL
  (SELECT c.* FROM change c
   WHERE (c.record_type, c.position) > (k.type, $1::bigint) AND (c.record_type, c.position) <= (k.type, ${lastPosition})
     AND c.position IS NOT NULL${seen(sight, 'c', bind)}
   ORDER BY c.record_type, c.position LIMIT $2::int) t
  ORDER BY t.position LIMIT $2::int`;

const count = (sight: Sight | undefined, bind: Bind) => `SELECT count(*)::int AS "count" FROM change t
  WHERE t.position IS NOT NULL AND ($1::text[] IS NULL OR t.record_type = ANY($1::text[]))${seen(sight, 't', bind)}`;

/** A statement whose first parameters are given, and whose others are what it binds. */
function statement(
  name: string,
  given: readonly unknown[],
  sight: Sight | undefined,
  text: (sight: Sight | undefined, bind: Bind) => string,
) {
  const { bind, values } = binder();
  for (const value of given) bind(value, 'text');
  return { name: sight ? `${name} of own cards` : name, text: text(sight, bind), values };
}

const state = `SELECT EXISTS (SELECT FROM change WHERE position IS NULL) AS "behind", (SELECT max(position) FROM change) AS "last"`;

const logged = Object.keys(kindOf) as RecordType[];

/** By the types of records, the kinds of their ids. */
export const recordPrefixes: Readonly<Record<string, RecordKind>> = kindOf;

/** Of which the caller may be told what changed. */
export const followableTypes = (access: Access): readonly RecordType[] =>
  logged.filter((type) => mayFollow(access, kindOf[type]));

/** Those asked for that the caller may read; undefined where that is all there are. */
export function readableTypes(
  asked: readonly RecordType[] | null | undefined,
  access: Access,
): readonly RecordType[] | undefined {
  const readable = followableTypes(access);
  if (asked) return [...new Set(asked)].filter((type) => readable.includes(type));
  return readable.length === logged.length ? undefined : readable;
}

/** Of one card, by the index over cards and positions; $4 alone narrows it to types. */
const ofCard = (sight: Sight | undefined, bind: Bind) =>
  `SELECT ${columns} FROM change t WHERE t.client_id = $3::uuid AND t.position > $1::bigint
     AND ($4::text[] IS NULL OR t.record_type = ANY($4::text[]))${seen(sight, 't', bind)} ORDER BY t.position LIMIT $2::int`;

const positionForm = /^(0|[1-9]\d{0,17})$/;

export const isPosition = (text: string): boolean => positionForm.test(text);

export class ChangeFeed {
  /** Under way, by the question. */
  private readonly asked = new Map<string, Promise<readonly ChangeRow[]>>();

  constructor(
    private readonly run: RunQuery,
    private readonly sequencer: Pick<Sequencer, 'advance'>,
  ) {}

  /**
   * Holds whatever was committed before it is asked for, if it reaches so far. Throws InputRejected for a page size, and for a
   * cursor of another list or of a feed that is no more.
   */
  async page({ first, after, recordTypes, actor }: FeedRequest): Promise<Page<ChangeRow>> {
    const { size, cursor } = pageRequest({ first: first ?? null, after: after ?? null });
    const shape = {
      after: cursor === undefined ? '0' : String(this.positionOf(cursor)),
      size,
      recordTypes: readableTypes(recordTypes, actor.access),
      sight: sightOf({ actor }),
    };
    // Looked at before the page is read: what another sequencer numbers in between must not fall between the two.
    const { behind, last } = await this.state();
    if (BigInt(shape.after) > BigInt(last ?? 0)) throw refused('is beyond the end of the feed');
    let rows = await this.read(shape);
    for (let more = behind; more && rows.length <= size;) {
      more = await this.sequencer.advance();
      rows = await this.read(shape);
    }
    return makePage({
      rows: rows.slice(0, size),
      cursorOf: ({ position }) => position,
      hasNextPage: rows.length > size,
      hasPreviousPage: cursor !== undefined,
      totalCount: () => this.count(shape),
    });
  }

  /** Throws InputRejected for what is no position. */
  positionOf(cursor: string): bigint {
    if (!isPosition(cursor)) throw refused('is not a cursor of this list');
    return BigInt(cursor);
  }

  /** What has its place already; those who ask the same at the same time are told by one statement. */
  following({
    after,
    until,
    size,
    recordTypes,
    clientKey,
    actor,
  }: FollowingRequest): Promise<readonly ChangeRow[]> {
    const question = {
      after: String(after),
      limit: size,
      recordTypes: readableTypes(recordTypes, actor.access),
      clientKey,
      sight: sightOf({ actor }),
    };
    // What is being read for somebody who knew of an earlier end may lack what lies between.
    const key = JSON.stringify([question, String(until)]);
    const asked = this.asked.get(key);
    if (asked) return asked;
    const asking = this.rowsOf(question).finally(() => this.asked.delete(key));
    this.asked.set(key, asking);
    return asking;
  }

  /** One row more than asked for tells whether another page follows. */
  private read({ after, size, recordTypes, sight }: Shape): Promise<ChangeRow[]> {
    return this.rowsOf({ after, limit: size + 1, recordTypes, clientKey: undefined, sight });
  }

  private async rowsOf({ after, limit, recordTypes, clientKey, sight }: RowsQuestion): Promise<ChangeRow[]> {
    const rows = await this.run<StoredChange>(
      clientKey !== undefined
        ? statement('changes of a card', [after, limit, clientKey, recordTypes ?? null], sight, ofCard)
        : recordTypes === undefined
          ? statement('changes', [after, limit], sight, everyType)
          : statement('changes of types', [after, limit, recordTypes], sight, someTypes),
    );
    return rows.map(({ recordKey, clientKey, ...row }) => ({
      ...row,
      recordId: recordIdOf(row.recordType, recordKey),
      clientId: clientKey === null ? null : publicId('client', clientKey),
    }));
  }

  private async state(): Promise<{ behind: boolean; last: string | null }> {
    const [row] = await this.run<{ behind: boolean; last: string | null }>({
      name: 'changes state',
      text: state,
      values: [],
    });
    return row ?? { behind: false, last: null };
  }

  private async count({ recordTypes, sight }: Shape): Promise<number> {
    const [row] = await this.run<{ count: number }>(
      statement('changes count', [recordTypes ?? null], sight, count),
    );
    return row?.count ?? 0;
  }
}

const refused = (message: string): InputRejected =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message }]);
