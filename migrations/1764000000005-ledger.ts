import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One hash chain per organisation, which the database itself refuses to rewrite. */
export class Ledger1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE ledger (
  organisation_id uuid NOT NULL REFERENCES organisation,
  seq             int8 NOT NULL CHECK (seq >= 1),
  at              int4 NOT NULL,
  kind            text NOT NULL,
  series_id       uuid,
  occurrence      text,
  actor           text NOT NULL,
  facts           jsonb NOT NULL,
  because         text NOT NULL,
  previous_hash   char(64) NOT NULL,
  hash            char(64) NOT NULL,
  PRIMARY KEY (organisation_id, seq),
  FOREIGN KEY (organisation_id, series_id) REFERENCES series
);
CREATE INDEX ledger_of_series ON ledger (organisation_id, series_id, occurrence, seq);
CREATE TRIGGER ledger_row_stays BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_stays BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE ledger_head (
  organisation_id uuid PRIMARY KEY REFERENCES organisation,
  seq             int8 NOT NULL,
  hash            char(64) NOT NULL
);
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
