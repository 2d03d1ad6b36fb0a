import type { QueryRunner } from 'typeorm';

/**
 * One organisation inside one transaction. `$1` of every statement is the organisation, and PostgreSQL refuses a
 * statement that leaves `$1` out (42P18): no store can forget it.
 */
export class Scope {
  readonly organisation: string;
  readonly #runner: QueryRunner;

  constructor(organisation: string, runner: QueryRunner) {
    this.organisation = organisation;
    this.#runner = runner;
  }

  /** Rows of a read, or of a write's RETURNING. `values` start at `$2`. */
  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#run(sql, values)).records as Row[];
  }

  async first<Row>(sql: string, values: readonly unknown[] = []): Promise<Row | null> {
    return (await this.rows<Row>(sql, values))[0] ?? null;
  }

  /** How many rows a write touched. */
  async write(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.#run(sql, values)).affected ?? 0;
  }

  /** For statements of the queue, which knows nothing of organisations. */
  readonly unscoped = async (sql: string, values: unknown[] = []): Promise<unknown[]> =>
    (await this.#runner.query(sql, values, true)).records;

  #run(sql: string, values: readonly unknown[]) {
    return this.#runner.query(sql, [this.organisation, ...values], true);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids arrive from URLs: one that is no UUID is unknown, and PostgreSQL would answer it with an error. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
