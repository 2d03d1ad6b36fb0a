import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A pair may meet in a longer format. */
export class Deep601764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FORMATS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

const FORMATS = `
ALTER TABLE series
  DROP CONSTRAINT series_format_check,
  ADD CONSTRAINT series_format_check CHECK (format IN ('weekly_30', 'deep_60'));
`;
