import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the guests of a series were last told by mail, and to whom an answer goes. */
export class Told1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE told (
  organisation_id uuid NOT NULL,
  series_id       uuid NOT NULL,
  told            jsonb NOT NULL,
  PRIMARY KEY (organisation_id, series_id),
  FOREIGN KEY (organisation_id, series_id) REFERENCES series
);
ALTER TABLE outgoing_mail ADD COLUMN reply_to text;
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
