import { Injectable } from '@nestjs/common';
import { DAY, dayFromIso } from '../domain/minute.ts';
import type { Slot } from '../domain/slot.ts';
import { clockReaches } from '../domain/zone.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { badInput } from '../platform/problems/problem.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Cadence, Grid, Period, Verification } from './audit.api.ts';
import { CSV_HEADER, csvOf, viewRow } from './cadence-rows.ts';
import { gridOf } from './grid.ts';

/** The longest period that is answered whole, and as CSV, which is read a stretch at a time. */
const LONGEST_DAYS = 400;
const LONGEST_CSV_DAYS = 3660;
/** How much of a CSV is read at once. */
const STRETCH = 28 * DAY;
/** How far back the two-cancel flags look: four owed meetings of a monthly series. */
const FLAGS_LOOK_BACK = 120 * DAY;

/** What admins and auditors see: that meetings happen, never what is said in them. */
@Injectable()
export class Audit {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem bad-input for a period that is empty or too long */
  cadence(caller: Caller, period: Period): Promise<Cadence> {
    return this.store.transaction(caller.organisation, async ({ organisation, cadence }) => {
      const window = windowOf(period, (await organisation.read()).zone, LONGEST_DAYS);
      return { items: (await cadence.rows({ window })).map(viewRow) };
    });
  }

  /** The same as CSV, in pieces: the header first, then a stretch of weeks at a time. */
  async csv(caller: Caller, period: Period): Promise<AsyncGenerator<string>> {
    const { zone } = await this.store.transaction(caller.organisation, ({ organisation }) =>
      organisation.read(),
    );
    return this.#pieces(caller, windowOf(period, zone, LONGEST_CSV_DAYS), zone);
  }

  async *#pieces(caller: Caller, window: Slot, zone: string): AsyncGenerator<string> {
    yield CSV_HEADER;
    for (let { start } = window; start < window.end; start += STRETCH) {
      const stretch = { start, end: Math.min(start + STRETCH, window.end) };
      const rows = await this.store.transaction(caller.organisation, ({ cadence }) =>
        cadence.rows({ window: stretch }),
      );
      if (rows.length > 0) yield rows.map((row) => csvOf(viewRow(row), zone)).join('');
    }
  }

  grid(caller: Caller, period: Period): Promise<Grid> {
    const now = this.clock.now();
    return this.store.transaction(caller.organisation, async (stores) => {
      const { zone, twoOfFour } = await stores.organisation.read();
      const window = windowOf(period, zone, LONGEST_DAYS);
      const all = {
        start: Math.min(window.start, now - FLAGS_LOOK_BACK),
        end: Math.max(window.end, now + STRETCH),
      };
      return gridOf({
        window,
        now,
        twoOfFour,
        pairs: await stores.pairs.list(),
        names: new Map((await stores.people.list()).map(({ id, name }) => [id, name])),
        series: await stores.series.list(),
        occurrences: await stores.occurrences.list({ window: all }),
        recoveries: await stores.occurrences.recoveries(),
      });
    });
  }

  async verification(caller: Caller): Promise<Verification> {
    const verdict = await this.store.verifyLedger(caller.organisation);
    if (verdict.kind === 'whole') return { ok: true, rows: verdict.rows, hash: verdict.hash };
    return { ok: false, row: verdict.seq, because: verdict.because };
  }
}

/** Days of the organisation, both included. */
function windowOf({ from, until }: Period, zone: string, longest: number): Slot {
  const [first, last] = [dayFromIso(from), dayFromIso(until)];
  if (last < first) throw badInput('until', 'must not lie before `from`');
  if (last - first >= longest) throw badInput('until', `must lie less than ${longest} days after \`from\``);
  const window = { start: clockReaches(zone, first * DAY), end: clockReaches(zone, (last + 1) * DAY) };
  if (window.start < -(2 ** 31) || window.end >= 2 ** 31) throw badInput('until', 'is out of reach');
  return window;
}
