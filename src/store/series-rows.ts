import type { WorkingWeek } from '../domain/facts.ts';
import type { Minute, Weekday } from '../domain/minute.ts';
import type { Person, WeekHours } from '../domain/person.ts';
import type { FormatName, PlacedSeries, Series } from '../domain/series.ts';
import type { AccountState, CalendarAccount } from './store.ts';

export interface SeriesRow {
  id: string;
  organisation_id: string;
  title: string;
  format: FormatName;
  zone: string;
  weekday: Weekday;
  minute_of_day: number;
  every_weeks: number;
  first_day: number;
  generation: number;
  minutes: number;
  copy: number;
  ended_at: Minute | null;
  placed: PlacedSeries | null;
  observed_at: Minute | null;
  asks: string | null;
  revision: number;
}

export function toSeries(row: SeriesRow): Series {
  return {
    id: row.id,
    organisation: row.organisation_id,
    title: row.title,
    format: row.format,
    rule: {
      zone: row.zone,
      weekday: row.weekday,
      minuteOfDay: row.minute_of_day,
      everyWeeks: row.every_weeks,
      firstDay: row.first_day,
    },
    generation: row.generation,
    minutes: row.minutes,
    copy: row.copy,
    endedAt: row.ended_at,
  };
}

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  zone: string;
  hours: WeekHours;
  preferred_hours: WeekHours | null;
  leave: Person['leave'];
}

/** Columns of a person `p` as the loop needs them, leave included; `$1` is the organisation. */
export const PERSON_COLUMNS = `
  p.id, p.name, p.email, p.zone, p.hours, p.preferred_hours,
  COALESCE((SELECT json_agg(json_build_object('id', l.id, 'from', l.from_day, 'until', l.until_day) ORDER BY l.from_day, l.id)
            FROM person_leave l WHERE l.organisation_id = $1 AND l.person_id = p.id), '[]') AS leave`;

export function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    zone: row.zone,
    hours: row.hours,
    ...(row.preferred_hours && { preferredHours: row.preferred_hours }),
    leave: row.leave.map(({ from, until }) => ({ from, until })),
  };
}

export interface OrganisationRow {
  working_days: Weekday[];
  holidays: number[];
  two_of_four: boolean;
}

export function toWeek(row: OrganisationRow): WorkingWeek {
  return { workingDays: row.working_days, holidays: row.holidays };
}

export interface AccountRow {
  id: string;
  person_id: string;
  provider: CalendarAccount['provider'];
  state: AccountState;
  because: string | null;
  settings: Record<string, string>;
  secret: string | null;
  sync_cursor: string | null;
  verified_at: Minute | null;
  written_at: Minute | null;
}

/** Columns of a calendar account `a`. */
export const ACCOUNT_COLUMNS = `
  a.id, a.person_id, a.provider, a.state, a.because, a.settings, a.secret, a.sync_cursor, a.verified_at, a.written_at`;

/** The sealed secret travels as `settings.secret`; it is opened by the calendar's own folder alone. */
export function toAccount(row: AccountRow): CalendarAccount {
  return {
    id: row.id,
    person: row.person_id,
    provider: row.provider,
    state: row.state,
    because: row.because,
    settings: row.secret === null ? row.settings : { ...row.settings, secret: row.secret },
    cursor: row.sync_cursor,
    verifiedAt: row.verified_at,
    writtenAt: row.written_at,
  };
}
