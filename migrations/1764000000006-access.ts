import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may call, which calls were answered already, and the mail that waits to be sent. */
export class Access1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE access_token (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id       uuid NOT NULL,
  hash            char(64) NOT NULL UNIQUE,
  created_at      int4 NOT NULL,
  expires_at      int4 NOT NULL,
  last_used_at    int4,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person
);

CREATE TABLE idempotency (
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  key             text NOT NULL,
  request_hash    text NOT NULL,
  status          int4,
  body            jsonb,
  created_at      int4 NOT NULL,
  PRIMARY KEY (organisation_id, person_id, key),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE outgoing_mail (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id              uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  recipient       text NOT NULL,
  subject         text NOT NULL,
  text            text NOT NULL,
  ics             text,
  method          text CHECK (method IN ('REQUEST', 'CANCEL')),
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  tries           int4 NOT NULL DEFAULT 0,
  because         text,
  created_at      int4 NOT NULL,
  PRIMARY KEY (organisation_id, id)
);
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
