import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE event (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz(3),
    client_id uuid NOT NULL REFERENCES client,
    kind text NOT NULL,
    status text NOT NULL,
    subject text NOT NULL,
    description text,
    location text,
    starts_at timestamptz(3) NOT NULL,
    ends_at timestamptz(3),
    outcome text,
    CONSTRAINT event_ends_after_start CHECK (ends_at >= starts_at)
  )`,
  `CREATE INDEX event_of_client ON event (client_id, starts_at, id)`,
  // The calendar over all clients.
  `CREATE INDEX event_by_start ON event (starts_at, id) WHERE deleted_at IS NULL`,

  `CREATE TABLE event_participant (
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contact,
    place integer NOT NULL,
    PRIMARY KEY (event_id, contact_id)
  )`,
  `CREATE INDEX event_participant_by_contact ON event_participant (contact_id)`,

  `CREATE TABLE event_attendee (
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES user_account,
    place integer NOT NULL,
    PRIMARY KEY (event_id, user_id)
  )`,
  `CREATE INDEX event_attendee_by_user ON event_attendee (user_id, event_id)`,
];

/** Events and meetings, with the client's people and the firm's own who take part. */
export class Events1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_participant, event_attendee, event');
  }
}
