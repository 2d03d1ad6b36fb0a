import type { Minute } from '../domain/minute.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { Slot } from '../domain/slot.ts';
import type { Scope } from './scope.ts';

/** A meeting that somebody could be running now. */
export interface NearMeeting {
  readonly series: string;
  readonly key: OccurrenceKey;
  readonly slot: Slot;
  /** The name of the other person. */
  readonly with: string;
}

/** Who is who in Zoom, and which session a Zoom meeting is. */
export class ZoomAccountStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Once linked, a person stays linked to this account. @returns whether they are linked to it now */
  async link(person: string, uid: string, at: Minute): Promise<boolean> {
    await this.#scope.write(
      `INSERT INTO zoom_account (organisation_id, person_id, uid, linked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [person, uid, at],
    );
    const sql = 'SELECT 1 FROM zoom_account WHERE organisation_id = $1 AND person_id = $2 AND uid = $3';
    return (await this.#scope.first(sql, [person, uid])) !== null;
  }

  /** Notes that a sealed context was used, until it runs out. @returns when it was used first, in milliseconds */
  async use(hash: string, at: number, expiresAt: number): Promise<number> {
    await this.#scope.write('DELETE FROM zoom_context WHERE organisation_id = $1 AND expires_at < $2', [at]);
    const row = await this.#scope.first<{ first_at: string }>(
      `INSERT INTO zoom_context AS x (organisation_id, hash, first_at, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, hash) DO UPDATE SET first_at = x.first_at RETURNING first_at`,
      [hash, at, expiresAt],
    );
    return Number(row!.first_at);
  }

  /** Whoever of the pair comes in first says which session a Zoom meeting is. */
  async bind(session: string, meeting: string, at: Minute): Promise<void> {
    await this.#scope.write(
      `INSERT INTO zoom_meeting (organisation_id, session_id, meeting, bound_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [session, meeting, at],
    );
  }

  /**
   * The open session of this person that a Zoom meeting was found to be. Several pairs may follow one another in the
   * same Zoom meeting, so the person decides which it is for them.
   */
  async boundTo(meeting: string, person: string): Promise<string | null> {
    const row = await this.#scope.first<{ session: string }>(
      `SELECT z.session_id AS session FROM zoom_meeting z
       JOIN session x ON x.organisation_id = z.organisation_id AND x.id = z.session_id
       JOIN series s ON s.organisation_id = x.organisation_id AND s.id = x.series_id
       JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
       WHERE z.organisation_id = $1 AND z.meeting = $2 AND $3 IN (p.manager_id, p.rep_id)
         AND x.closes_at IS NOT NULL
       ORDER BY z.bound_at DESC, x.id LIMIT 1`,
      [meeting, person],
    );
    return row?.session ?? null;
  }

  /** Open meetings of a person that touch the window, nearest slot first. */
  near(person: string, { start, end }: Slot): Promise<NearMeeting[]> {
    return this.#scope.rows<NearMeeting>(
      `SELECT o.series_id AS series, o.generation || '@' || o.original_start AS key,
              json_build_object('start', o.slot_start, 'end', o.slot_end) AS slot, other.name AS with
       FROM pair p
       JOIN series s ON s.organisation_id = p.organisation_id AND s.pair_id = p.id
       JOIN occurrence o ON o.organisation_id = s.organisation_id AND o.series_id = s.id
       JOIN person other ON other.organisation_id = p.organisation_id
                        AND other.id = CASE WHEN p.manager_id = $2 THEN p.rep_id ELSE p.manager_id END
       WHERE p.organisation_id = $1 AND $2 IN (p.manager_id, p.rep_id) AND p.ended_at IS NULL
         AND o.state IN ('scheduled', 'moved') AND o.slot_start < $4 AND o.slot_end > $3
       ORDER BY o.slot_start, o.series_id`,
      [person, start, end],
    );
  }
}
