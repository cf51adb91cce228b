import type { MigrationInterface, QueryRunner } from 'typeorm';

const recordColumns = `
  id uuid PRIMARY KEY,
  version integer NOT NULL CHECK (version > 0),
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL,
  deleted_at timestamptz(3)`;

/** Names and towns sort as Polish dictionaries do. */
const sorted = 'text COLLATE "pl-x-icu"';

const addressColumns = `
  street text,
  postal_code text,
  city ${sorted},
  country char(2)`;

const statements = [
  `CREATE TABLE user_account (
    id uuid PRIMARY KEY,
    name ${sorted} NOT NULL,
    email text,
    active boolean NOT NULL
  )`,
  `CREATE INDEX user_account_name ON user_account (name, id)`,

  `CREATE TABLE card_type (${recordColumns},
    key text NOT NULL CONSTRAINT card_type_key UNIQUE,
    name ${sorted} NOT NULL,
    active boolean NOT NULL,
    branches_share_tax_id boolean NOT NULL
  )`,

  `CREATE TABLE client (${recordColumns},
    code ${sorted} NOT NULL,
    active boolean NOT NULL,
    card_type_id uuid NOT NULL REFERENCES card_type,
    short_name ${sorted} NOT NULL,
    full_name ${sorted} NOT NULL,
    tax_id text,
    shares_tax_id boolean NOT NULL,
    regon text,${addressColumns},
    primary_contact_id uuid,
    phone text,
    mobile text,
    fax text,
    email text,
    website text,
    account_manager_id uuid CONSTRAINT client_account_manager REFERENCES user_account,
    merged_into_id uuid REFERENCES client
  )`,
  `CREATE UNIQUE INDEX client_code ON client (lower(code))`,
  `CREATE UNIQUE INDEX client_tax_id ON client (tax_id) WHERE NOT shares_tax_id`,
  `CREATE INDEX client_tax_id_any ON client (tax_id)`,
  `CREATE INDEX client_by_short_name ON client (short_name, id)`,
  `CREATE INDEX client_by_code ON client (code, id)`,
  `CREATE INDEX client_by_city ON client (city, id)`,
  `CREATE INDEX client_by_created_at ON client (created_at, id)`,
  `CREATE INDEX client_by_updated_at ON client (updated_at, id)`,
  `CREATE INDEX client_by_account_manager ON client (account_manager_id)`,

  // Whether a card's tax id may be another's too follows from its card type; kept beside it because the unique index needs it.
  `CREATE FUNCTION client_takes_from_card_type() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      SELECT branches_share_tax_id INTO STRICT NEW.shares_tax_id FROM card_type WHERE id = NEW.card_type_id;
      RETURN NEW;
    END $$`,
  `CREATE TRIGGER client_takes_from_card_type BEFORE INSERT OR UPDATE OF card_type_id ON client
    FOR EACH ROW EXECUTE FUNCTION client_takes_from_card_type()`,
  `CREATE FUNCTION card_type_gives_to_clients() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE client SET shares_tax_id = NEW.branches_share_tax_id WHERE card_type_id = NEW.id;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER card_type_gives_to_clients AFTER UPDATE OF branches_share_tax_id ON card_type
    FOR EACH ROW WHEN (OLD.branches_share_tax_id <> NEW.branches_share_tax_id) EXECUTE FUNCTION card_type_gives_to_clients()`,

  `CREATE TABLE contact (${recordColumns},
    client_id uuid NOT NULL REFERENCES client,
    active boolean NOT NULL,
    last_name ${sorted} NOT NULL,
    first_name ${sorted},
    email text,
    phone text,
    mobile text,
    position text,
    department text
  )`,
  `CREATE INDEX contact_of_client ON contact (client_id, last_name, first_name, id)`,
  `ALTER TABLE contact ADD CONSTRAINT contact_with_client UNIQUE (id, client_id)`,
  // Both columns, so that the primary contact is always one of the card's own.
  `ALTER TABLE client ADD CONSTRAINT client_primary_contact FOREIGN KEY (primary_contact_id, id) REFERENCES contact (id, client_id)`,

  `CREATE TABLE delivery_place (${recordColumns},
    client_id uuid NOT NULL REFERENCES client,
    active boolean NOT NULL,
    code ${sorted} NOT NULL,
    name ${sorted} NOT NULL,${addressColumns},
    contact_name text,
    phone text,
    email text,
    opening_hours text,
    instructions text
  )`,
  `CREATE UNIQUE INDEX delivery_place_code ON delivery_place (client_id, lower(code)) WHERE deleted_at IS NULL`,
  `ALTER TABLE delivery_place ADD CONSTRAINT delivery_place_with_client UNIQUE (id, client_id)`,
  `CREATE INDEX delivery_place_of_client ON delivery_place (client_id, code, id)`,

  `CREATE TABLE recipient (${recordColumns},
    client_id uuid NOT NULL REFERENCES client,
    active boolean NOT NULL,
    code ${sorted} NOT NULL,
    name ${sorted} NOT NULL,
    tax_id text,${addressColumns},
    contact_name text,
    phone text,
    email text,
    member_card_id uuid CONSTRAINT recipient_member_card REFERENCES client,
    delivery_place_id uuid,
    CONSTRAINT recipient_delivery_place FOREIGN KEY (delivery_place_id, client_id) REFERENCES delivery_place (id, client_id)
  )`,
  `CREATE UNIQUE INDEX recipient_code ON recipient (client_id, lower(code)) WHERE deleted_at IS NULL`,
  `CREATE INDEX recipient_of_client ON recipient (client_id, code, id)`,
  `CREATE INDEX recipient_by_member_card ON recipient (member_card_id)`,

  `CREATE TABLE erp_account (${recordColumns},
    client_id uuid NOT NULL REFERENCES client,
    company_key text NOT NULL,
    customer_id text NOT NULL
  )`,
  // One value, as it is looked up; a company's key has no colon.
  `CREATE UNIQUE INDEX erp_account_customer ON erp_account ((company_key || ':' || customer_id)) WHERE deleted_at IS NULL`,
  `CREATE INDEX erp_account_of_client ON erp_account (client_id, company_key, customer_id)`,

  // position stays empty until after commit: whoever numbers the feed sees only committed rows.
  `CREATE TABLE change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position bigint UNIQUE,
    at timestamptz(3) NOT NULL,
    actor_id uuid NOT NULL,
    actor text NOT NULL,
    record_type text NOT NULL,
    record_id uuid NOT NULL,
    client_id uuid,
    action text NOT NULL,
    version integer NOT NULL,
    fields jsonb NOT NULL
  )`,
  `CREATE UNIQUE INDEX change_of_record ON change (record_id, version, id)`,
  `CREATE INDEX change_of_client ON change (client_id, at, id)`,
  `CREATE INDEX change_without_position ON change (id) WHERE position IS NULL`,
];

/** Users, card types, cards with their sub-records and ERP accounts, and the change log. */
export class ClientRecord1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE change, erp_account, recipient, delivery_place, contact, client, card_type, user_account CASCADE',
    );
    await runner.query('DROP FUNCTION client_takes_from_card_type, card_type_gives_to_clients');
  }
}
