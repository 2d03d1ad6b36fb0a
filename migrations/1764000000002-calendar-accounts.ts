import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connected calendars, what they say of busy time, and the built-in calendar's own resources. */
export class CalendarAccounts1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCOUNT);
    await runner.query(BUILTIN);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

const ACCOUNT = `
CREATE TABLE calendar_account (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  person_id       uuid NOT NULL,
  provider        text NOT NULL CHECK (provider IN ('builtin', 'caldav')),
  state           text NOT NULL DEFAULT 'connected' CHECK (state IN ('connected', 'paused', 'disconnected')),
  because         text,
  settings        jsonb NOT NULL DEFAULT '{}',
  secret          text,
  sync_cursor     text,
  verified_at     int4,
  written_at      int4,
  next_poll       float8,
  released_until  int4,
  is_primary      boolean NOT NULL DEFAULT false,
  changes         int8 NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person
);
CREATE UNIQUE INDEX calendar_account_primary ON calendar_account (organisation_id, person_id) WHERE is_primary;
CREATE INDEX calendar_account_of ON calendar_account (organisation_id, person_id);
CREATE INDEX calendar_account_due ON calendar_account (next_poll) WHERE next_poll IS NOT NULL;

CREATE TABLE busy (
  organisation_id uuid NOT NULL,
  account_id      uuid NOT NULL,
  window_start    int4 NOT NULL,
  window_end      int4 NOT NULL CHECK (window_end > window_start),
  minutes         int4[] NOT NULL CHECK (cardinality(minutes) % 2 = 0),
  as_of           int4 NOT NULL,
  PRIMARY KEY (organisation_id, account_id),
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
`;

const BUILTIN = `
CREATE TABLE builtin_resource (
  organisation_id uuid NOT NULL,
  account_id      uuid NOT NULL,
  href            text NOT NULL,
  ics             text NOT NULL,
  etag            text NOT NULL,
  changed_seq     int8 NOT NULL,
  deleted         boolean NOT NULL DEFAULT false,
  uid             text GENERATED ALWAYS AS (
                    substring(regexp_replace(ics, '\\r?\\n[ \\t]', '', 'g') from '\\nUID[^:\\n]*:([^\\r\\n]*)')
                  ) STORED,
  PRIMARY KEY (organisation_id, account_id, href),
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
CREATE INDEX builtin_resource_uid ON builtin_resource (organisation_id, account_id, uid);
CREATE UNIQUE INDEX builtin_resource_changes ON builtin_resource (organisation_id, account_id, changed_seq);

CREATE TABLE feed_token (
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  hash            text NOT NULL UNIQUE,
  created_at      int4 NOT NULL,
  PRIMARY KEY (organisation_id, person_id),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person
);
`;
