import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calendars that a series has left, and what of it may still stand there. A row goes once that is taken out. */
export class FormerHomes1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE former_home (
  organisation_id uuid NOT NULL,
  series_id       uuid NOT NULL,
  account_id      uuid NOT NULL,
  copy            int4 NOT NULL CHECK (copy >= 1),
  tags            text[] NOT NULL,
  given_up        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (organisation_id, series_id, account_id),
  FOREIGN KEY (organisation_id, series_id) REFERENCES series,
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
CREATE INDEX former_home_on_account ON former_home (organisation_id, account_id);
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
