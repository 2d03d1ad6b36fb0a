import type { EpochDay, Weekday } from '../domain/minute.ts';
import type { Scope } from './scope.ts';
import { assignments } from './assignments.ts';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** In the order of the week. */
  readonly workingDays: readonly Weekday[];
  readonly holidays: readonly EpochDay[];
  readonly twoOfFour: boolean;
}

export type OrganisationSettings = Omit<Organisation, 'id'>;

/** The settings of the transaction's own organisation. */
export class OrganisationStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @throws when the organisation does not exist: nobody gets here without belonging to one */
  async read(): Promise<Organisation> {
    const row = await this.#scope.first<Organisation>(
      `SELECT id, name, zone, working_days AS "workingDays", holidays, two_of_four AS "twoOfFour"
       FROM organisation WHERE id = $1`,
    );
    if (!row) throw new Error(`Organisation ${this.#scope.organisation} does not exist`);
    return row;
  }

  async change(settings: Partial<OrganisationSettings>): Promise<void> {
    const { sql, values } = assignments(settings, ORGANISATION_COLUMNS, 2);
    if (values.length > 0) await this.#scope.write(`UPDATE organisation SET ${sql} WHERE id = $1`, values);
  }

  /** Looks at every series again: what they owe may have changed with the settings. */
  async lookAgain(now: number): Promise<void> {
    await this.#scope.write(
      `UPDATE series SET next_look = LEAST(COALESCE(next_look, $2), $2) WHERE organisation_id = $1`,
      [now],
    );
  }
}

const ORGANISATION_COLUMNS = {
  name: 'name',
  zone: 'zone',
  workingDays: 'working_days',
  holidays: 'holidays',
  twoOfFour: 'two_of_four',
} as const;
