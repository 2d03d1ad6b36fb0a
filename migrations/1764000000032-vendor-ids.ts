import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a vendor calls our events. A process that has just started can ask for one by its id, as the last one could. */
export class VendorIds1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE vendor_id (
  organisation_id uuid NOT NULL,
  account_id      uuid NOT NULL,
  name            text NOT NULL,
  vendor_id       text NOT NULL,
  PRIMARY KEY (organisation_id, account_id, name),
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
