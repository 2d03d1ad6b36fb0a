import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Vendors at which people sign in: sign-ins under way, watches, and what was asked of whom. */
export class Vendors1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCOUNT);
    await runner.query(SIGN_IN);
    await runner.query(CALLS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

const ACCOUNT = `
ALTER TABLE calendar_account
  DROP CONSTRAINT calendar_account_provider_check,
  ADD CONSTRAINT calendar_account_provider_check
    CHECK (provider IN ('builtin', 'caldav', 'google', 'microsoft')),
  ADD COLUMN next_watch     float8,
  ADD COLUMN unwatched      text,
  ADD COLUMN pushed_at      int4,
  ADD COLUMN closed_until   float8,
  ADD COLUMN unmailed_until float8;
CREATE INDEX calendar_account_watch_due ON calendar_account (next_watch) WHERE next_watch IS NOT NULL;

CREATE TABLE calendar_watch (
  organisation_id uuid NOT NULL,
  channel         uuid NOT NULL UNIQUE,
  account_id      uuid NOT NULL,
  hash            char(64) NOT NULL,
  state           text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'standing', 'ending')),
  vendor_channel  text,
  resource        text,
  expires_at      int4,
  renew_at        float8,
  proven_at       int4,
  created_at      int4 NOT NULL,
  PRIMARY KEY (organisation_id, channel),
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account,
  CHECK (state <> 'standing' OR (vendor_channel IS NOT NULL AND expires_at IS NOT NULL AND renew_at IS NOT NULL))
);
CREATE INDEX calendar_watch_of ON calendar_watch (organisation_id, account_id);
`;

const SIGN_IN = `
CREATE TABLE sign_in (
  organisation_id uuid NOT NULL,
  state_hash      char(64) NOT NULL UNIQUE,
  browser_hash    char(64) NOT NULL,
  person_id       uuid NOT NULL,
  account_id      uuid,
  vendor          text NOT NULL CHECK (vendor IN ('google', 'microsoft')),
  verifier        text NOT NULL,
  return_to       text NOT NULL,
  expires_at      int4 NOT NULL,
  PRIMARY KEY (organisation_id, state_hash),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person,
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
CREATE INDEX sign_in_age ON sign_in (expires_at);
`;

/** The project's budget belongs to the installation: one row for each vendor. */
const CALLS = `
CREATE TABLE vendor_calls (
  organisation_id uuid NOT NULL,
  account_id      uuid NOT NULL,
  ten_minutes     int4 NOT NULL,
  calls           int4 NOT NULL,
  throttled       int4 NOT NULL,
  PRIMARY KEY (organisation_id, account_id, ten_minutes),
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
CREATE INDEX vendor_calls_age ON vendor_calls (ten_minutes);

CREATE TABLE vendor_budget (
  vendor       text PRIMARY KEY CHECK (vendor IN ('google', 'microsoft')),
  minute       int4 NOT NULL,
  leased       int4 NOT NULL,
  closed_until float8 NOT NULL DEFAULT 0
);
`;
