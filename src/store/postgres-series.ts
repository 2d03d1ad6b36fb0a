import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import type { FormatName, PlacedSeries, Series } from '../domain/series.ts';
import type { WeeklyRule } from '../domain/weekly.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';
import { loadSeries } from './series-load.ts';
import { toSeries } from './series-rows.ts';
import type { SeriesRow } from './series-rows.ts';
import { saveSeries } from './series-save.ts';
import { SeriesStore } from './store.ts';
import type { CalendarAccount, RememberedSeries } from './store.ts';

export interface NewSeries {
  readonly pair: string;
  readonly account: string;
  readonly title: string;
  readonly format: FormatName;
  readonly rule: WeeklyRule;
  readonly minutes: number;
}

/** A series with where it lives, without its occurrences. */
export interface ListedSeries {
  readonly series: Series;
  readonly pair: string;
  readonly manager: string;
  readonly rep: string;
  readonly account: string;
  readonly provider: CalendarAccount['provider'];
  readonly placed: PlacedSeries | null;
  readonly observedAt: Minute | null;
  readonly asks: string | null;
  readonly nextLook: Minute | null;
}

export class PostgresSeriesStore extends SeriesStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  async load(series: string, now: Minute): Promise<RememberedSeries | null> {
    return isId(series) ? loadSeries(this.#scope, series, now) : null;
  }

  save(revision: number, before: Facts, after: Facts, nextLook: Minute): Promise<boolean> {
    return saveSeries(this.#scope, revision, before, after, nextLook);
  }

  async endRelease(series: string, at: Minute): Promise<void> {
    const sql = 'UPDATE series SET put_back_at = $3 WHERE organisation_id = $1 AND id = $2';
    await this.#scope.write(sql, [series, at]);
  }

  async onAccount(account: string): Promise<readonly string[]> {
    const rows = await this.#scope.rows<{ id: string }>(
      `SELECT id FROM series WHERE organisation_id = $1 AND account_id = $2
       UNION SELECT series_id FROM former_home WHERE organisation_id = $1 AND account_id = $2 ORDER BY id`,
      [account],
    );
    return rows.map((row) => row.id);
  }

  placedOnAccount(account: string): Promise<readonly { series: string; copy: number }[]> {
    return this.#scope.rows(
      `SELECT id AS series, (placed ->> 'copy')::int4 AS copy FROM series
       WHERE organisation_id = $1 AND account_id = $2 AND placed IS NOT NULL ORDER BY id`,
      [account],
    );
  }

  /**
   * The series lives on another account from now on; the row stays locked until the transaction ends.
   * @returns whether it lived elsewhere
   */
  async moveTo(series: string, account: string): Promise<boolean> {
    const sql =
      'UPDATE series SET account_id = $3 WHERE organisation_id = $1 AND id = $2 AND account_id <> $3';
    return (await this.#scope.write(sql, [series, account])) === 1;
  }

  /** Nobody else changes the series until the transaction ends. */
  async lock(series: string): Promise<void> {
    await this.#scope.rows('SELECT id FROM series WHERE organisation_id = $1 AND id = $2 FOR UPDATE', [
      series,
    ]);
  }

  /** A new series, to be looked at from `now` on. */
  async add(series: NewSeries, now: Minute): Promise<string> {
    const { rule } = series;
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO series (organisation_id, pair_id, account_id, title, format, zone, weekday, minute_of_day,
                           every_weeks, first_day, generation, minutes, copy, next_look)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, 1, $12) RETURNING id`,
      [
        series.pair,
        series.account,
        series.title,
        series.format,
        rule.zone,
        rule.weekday,
        rule.minuteOfDay,
        rule.everyWeeks,
        rule.firstDay,
        series.minutes,
        now,
      ],
    );
    return row!.id;
  }

  /** All series, those of one pair, or those in which a person meets somebody. */
  list(only: { readonly pair?: string; readonly person?: string } = {}): Promise<ListedSeries[]> {
    const { pair = null, person = null } = only;
    return this.#select(
      'AND ($2::uuid IS NULL OR s.pair_id = $2) AND ($3::uuid IS NULL OR $3 IN (p.manager_id, p.rep_id))',
      [pair, person],
    );
  }

  /** One series without its occurrences. */
  async find(series: string): Promise<ListedSeries | null> {
    return isId(series) ? ((await this.#select('AND s.id = $2', [series]))[0] ?? null) : null;
  }

  async #select(condition: string, values: readonly unknown[]): Promise<ListedSeries[]> {
    const rows = await this.#scope.rows<ListedRow>(
      `SELECT s.*, p.manager_id, p.rep_id, a.provider
       FROM series s JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
       JOIN calendar_account a ON a.organisation_id = s.organisation_id AND a.id = s.account_id
       WHERE s.organisation_id = $1 ${condition} ORDER BY s.title, s.id`,
      values,
    );
    return rows.map((row) => ({
      series: toSeries(row),
      pair: row.pair_id,
      manager: row.manager_id,
      rep: row.rep_id,
      account: row.account_id,
      provider: row.provider,
      placed: row.placed,
      observedAt: row.observed_at,
      asks: row.asks,
      nextLook: row.next_look,
    }));
  }
}

type ListedRow = SeriesRow & {
  pair_id: string;
  manager_id: string;
  rep_id: string;
  account_id: string;
  provider: CalendarAccount['provider'];
  next_look: Minute | null;
};
