import type { MigrationInterface, QueryRunner } from 'typeorm';

/** F084: only a rep who is marked senior may skip a week. */
export class Senior1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person ADD COLUMN senior boolean NOT NULL DEFAULT false');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}
