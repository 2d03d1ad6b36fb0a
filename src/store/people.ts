import type { EpochDay } from '../domain/minute.ts';
import type { WeekHours } from '../domain/person.ts';
import { assignments } from './assignments.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';
import { PERSON_COLUMNS } from './series-rows.ts';
import type { PersonRow } from './series-rows.ts';

export const ROLES = ['admin', 'manager', 'rep', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

export interface Leave {
  readonly id: string;
  readonly from: EpochDay;
  readonly until: EpochDay;
}

export interface RememberedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly zone: string;
  readonly hours: WeekHours;
  readonly preferredHours: WeekHours | null;
  /** Somebody who left keeps their history and may no longer sign in. */
  readonly active: boolean;
  /** May skip a week, never two in a row (F084). */
  readonly senior: boolean;
  readonly leave: readonly Leave[];
}

export type PersonDetails = Omit<RememberedPerson, 'id' | 'leave' | 'active' | 'senior'> & {
  readonly senior?: boolean;
};

export class PersonStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async list(): Promise<RememberedPerson[]> {
    return this.#select('', []);
  }

  async load(person: string): Promise<RememberedPerson | null> {
    if (!isId(person)) return null;
    return (await this.#select('AND p.id = $2', [person]))[0] ?? null;
  }

  /** Upper and lower case are the same address. */
  async byEmail(email: string): Promise<RememberedPerson | null> {
    return (await this.#select('AND lower(p.email) = lower($2)', [email]))[0] ?? null;
  }

  /** @returns the new person's id, which is a UUID; the word `known` where the address is taken already */
  async add(details: PersonDetails): Promise<string> {
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO person (organisation_id, name, email, roles, zone, hours, preferred_hours, senior)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (organisation_id, lower(email)) DO NOTHING RETURNING id`,
      [
        details.name,
        details.email,
        details.roles,
        details.zone,
        JSON.stringify(details.hours),
        details.preferredHours && JSON.stringify(details.preferredHours),
        details.senior ?? false,
      ],
    );
    return row?.id ?? 'known';
  }

  /** @returns whether the person exists */
  async change(person: string, patch: Partial<PersonDetails & { active: boolean }>): Promise<boolean> {
    if (!isId(person)) return false;
    const { sql, values } = assignments(patch, COLUMNS, 3);
    const set = sql === '' ? 'name = name' : sql;
    const where = 'WHERE organisation_id = $1 AND id = $2';
    return (await this.#scope.write(`UPDATE person SET ${set} ${where}`, [person, ...values])) === 1;
  }

  /** Approved leave, whole local days, both ends included. */
  async addLeave(person: string, from: EpochDay, until: EpochDay): Promise<string> {
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO person_leave (organisation_id, person_id, from_day, until_day)
       VALUES ($1, $2, $3, $4) RETURNING id`,
      [person, from, until],
    );
    return row!.id;
  }

  /** @returns whether there was such a leave */
  async withdrawLeave(person: string, leave: string): Promise<boolean> {
    if (!isId(person) || !isId(leave)) return false;
    const sql = 'DELETE FROM person_leave WHERE organisation_id = $1 AND person_id = $2 AND id = $3';
    return (await this.#scope.write(sql, [person, leave])) === 1;
  }

  async #select(condition: string, values: readonly unknown[]): Promise<RememberedPerson[]> {
    const rows = await this.#scope.rows<Row>(
      `SELECT ${PERSON_COLUMNS}, p.roles, p.active, p.senior FROM person p
       WHERE p.organisation_id = $1 ${condition} ORDER BY p.name, p.id`,
      values,
    );
    return rows.map(({ preferred_hours, ...row }) => ({ ...row, preferredHours: preferred_hours }));
  }
}

type Row = Omit<PersonRow, 'leave'> & { roles: Role[]; active: boolean; senior: boolean; leave: Leave[] };

const COLUMNS = {
  name: 'name',
  email: 'email',
  roles: 'roles',
  zone: 'zone',
  hours: 'hours',
  preferredHours: 'preferred_hours',
  active: 'active',
  senior: 'senior',
} as const;
