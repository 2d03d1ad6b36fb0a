import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a series was back whole after its account's release: what is taken out later is another question. */
export class ReleasesEnd1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE series ADD COLUMN put_back_at int4');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
