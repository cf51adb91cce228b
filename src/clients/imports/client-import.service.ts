/**
 * Writes cards many at a time, as the API writes each: checked, traced in the change log, searchable. Promises that a row is written
 * whole or not at all, that one refused holds up no other, and that a row written before is known again.
 */
import type { Recorder } from '../../changes/recorder.ts';
import type { Writing } from '../../changes/writing.ts';
import { DomainError, DuplicateRecord, InputRejected, RecordNotFound, type Problem } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { publicId } from '../../values/record-id.ts';
import type { ClientService } from '../client.service.ts';
import type { ContactService } from '../contacts/contact.service.ts';
import type { NewCard } from './client-row.ts';

export interface Outcome {
  readonly card: NewCard;
  /** `there`: it was written before, by this row or one that says the same. */
  readonly made: 'created' | 'there' | readonly Problem[];
}

/** What a dry run would have written, by what no two cards may share. */
export interface Taken {
  readonly key: string;
  readonly code: string;
  /** Null also where the card's type lets branches share it. */
  readonly taxId: string | null;
}

interface Written {
  readonly outcomes: readonly Outcome[];
  readonly taken: readonly Taken[];
}

/** A row was refused when a part of it was written already: it has to be tried alone, where nothing of it stays. */
class HalfWritten extends Error {}

function problemsOf(fault: DomainError): readonly Problem[] {
  if (fault instanceof InputRejected) return fault.problems;
  const { message } = fault;
  if (fault instanceof DuplicateRecord) {
    const { path, existingId } = fault;
    return [{ path, code: 'DUPLICATE', message, ...(existingId === undefined ? {} : { existingId }) }];
  }
  return [{ path: fault instanceof RecordNotFound ? fault.path : 'input', code: fault.code, message }];
}

export class ClientImportService {
  constructor(
    private readonly recorder: Recorder,
    private readonly clients: ClientService,
    private readonly contacts: ContactService,
  ) {}

  async write(actor: Actor, cards: readonly NewCard[]): Promise<readonly Outcome[]> {
    return (await this.run(cards, (some) => this.recorder.write(actor, (writing) => this.all(writing, some))))
      .outcomes;
  }

  /** Nothing of it stays. */
  rehearse(actor: Actor, cards: readonly NewCard[]): Promise<Written> {
    return this.run(cards, (some) => this.recorder.rehearse(actor, (writing) => this.all(writing, some)));
  }

  private async run(
    cards: readonly NewCard[],
    together: (some: readonly NewCard[]) => Promise<Written>,
  ): Promise<Written> {
    try {
      return await together(cards);
    } catch (fault) {
      // Of a single card or of many, what rooms refuse is told; of many it is found out which one is to blame.
      if (!(fault instanceof HalfWritten || fault instanceof DomainError)) throw fault;
      if (cards.length > 1) {
        const outcomes: Outcome[] = [];
        const taken: Taken[] = [];
        for (const card of cards) {
          const alone = await this.run([card], together);
          outcomes.push(...alone.outcomes);
          taken.push(...alone.taken);
        }
        return { outcomes, taken };
      }
      const cause = fault instanceof HalfWritten ? fault.cause : fault;
      if (!(cause instanceof DomainError)) throw fault;
      return { outcomes: cards.map((card) => ({ card, made: problemsOf(cause) })), taken: [] };
    }
  }

  private async all(writing: Writing, cards: readonly NewCard[]): Promise<Written> {
    const there = await presentKeys(writing, cards);
    const outcomes: Outcome[] = [];
    for (const card of cards) {
      const repeated = there.has(card.key);
      outcomes.push(repeated ? { card, made: 'there' } : await this.one(writing, card));
      if (outcomes.at(-1)?.made === 'created') there.add(card.key);
    }
    const created = outcomes.filter(({ made }) => made === 'created').map(({ card }) => card.key);
    return { outcomes, taken: await takenBy(writing, created) };
  }

  private async one(writing: Writing, card: NewCard): Promise<Outcome> {
    let begun = false;
    try {
      const key = await this.clients.createIn(writing, card.client, { foreseeing: true });
      begun = true;
      if (card.contact) {
        const contact = Object.assign(card.contact, { clientId: publicId('client', key) });
        await this.contacts.addIn(writing, contact);
      }
      return { card, made: 'created' };
    } catch (fault) {
      if (!(fault instanceof DomainError)) throw fault;
      if (begun) throw new HalfWritten('half written', { cause: fault });
      return { card, made: problemsOf(fault) };
    }
  }
}

async function presentKeys({ run }: Writing, cards: readonly NewCard[]): Promise<Set<string>> {
  const text = 'SELECT id AS key FROM client WHERE id = ANY($1::uuid[])';
  const rows = await run<{ key: string }>({ name: '', text, values: [cards.map(({ key }) => key)] });
  return new Set(rows.map(({ key }) => key));
}

function takenBy({ run }: Writing, keys: readonly string[]): Promise<Taken[]> {
  const text = `SELECT id AS key, lower(code) AS code, CASE WHEN NOT shares_tax_id THEN tax_id END AS "taxId"
    FROM client WHERE id = ANY($1::uuid[])`;
  return run<Taken>({ name: '', text, values: [keys] });
}
