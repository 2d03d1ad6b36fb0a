import type { CalendarClient, ClientAct } from '../calendars/calendar-client.ts';
import { ProviderCalendars, builtinClient } from '../calendars/provider-calendars.ts';
import { VendorAccounts } from '../calendars/vendor-accounts.ts';
import { DAY, dayOf, weekdayOf } from '../domain/minute.ts';
import type { EpochDay, Minute } from '../domain/minute.ts';
import { isOpen, keyOf } from '../domain/occurrence.ts';
import type { Attestation, Occurrence } from '../domain/occurrence.ts';
import { fromWall, toWall } from '../domain/zone.ts';
import { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Seal } from '../platform/seal.ts';
import { ReconcileSeries } from '../reconcile/reconcile-series.ts';
import type { PostgresStore } from '../store/postgres-store.ts';
import { DEMO_ZONE } from './demo-team.ts';
import type { Story } from './demo-team.ts';

/** A demo pair once its series exists. */
export interface LivePair {
  readonly organisation: string;
  readonly series: string;
  readonly manager: string;
  readonly weeks: readonly Story[];
  readonly deletesAhead: boolean;
}

class PastClock extends Clock {
  at: Minute = 0;

  override milliseconds(): number {
    return this.at * 60_000;
  }
}

const HELD = { says: 'held', absent: null } as const;

/** What both sides said after the week. */
const WORDS: Readonly<Record<Story, readonly Attestation[]>> = {
  held: [
    { by: 'manager', ...HELD },
    { by: 'rep', ...HELD },
  ],
  'deleted, moved, held': [
    { by: 'manager', ...HELD },
    { by: 'rep', ...HELD },
  ],
  'dragged, held': [
    { by: 'manager', ...HELD },
    { by: 'rep', ...HELD },
  ],
  'one side said': [{ by: 'rep', ...HELD }],
  disputed: [
    { by: 'manager', ...HELD },
    { by: 'rep', says: 'not_held', absent: 'manager' },
  ],
  'rep absent': [
    { by: 'manager', says: 'not_held', absent: 'rep' },
    { by: 'rep', says: 'not_held', absent: 'rep' },
  ],
  'deleted, moved, nobody said': [],
  'deleted too late': [],
};

/**
 * Six past weeks, lived through rather than made up: people act on the built-in calendar and the real loop answers,
 * on a clock that is set back. So the demo's ledger, moves and recoveries are what Perennial really does.
 */
export class DemoHistory {
  readonly #clock = new PastClock();
  readonly #person: CalendarClient;
  readonly #loop: ReconcileSeries;

  constructor(
    private readonly store: PostgresStore,
    seal: Seal,
    log: Log,
    link: (series: string) => string,
  ) {
    this.#person = builtinClient(store, this.#clock);
    const calendars = new ProviderCalendars(
      store,
      seal,
      this.#clock,
      VendorAccounts.over(store, seal, this.#clock),
    );
    this.#loop = new ReconcileSeries({ store, calendars, clock: this.#clock, log, link });
  }

  /** @param firstMonday the Monday of the oldest week */
  async live(pairs: readonly LivePair[], firstMonday: EpochDay, now: Minute): Promise<void> {
    const weeks = Math.max(...pairs.map((pair) => pair.weeks.length));
    await this.#everybody(pairs, at(firstMonday - 3, 9), async () => {});
    for (let week = 0; week < weeks; week++) {
      const monday = firstMonday + 7 * week;
      await this.#everybody(pairs, at(monday, 8), (pair) => this.#begin(pair, monday, pair.weeks[week]!));
      await this.#everybody(pairs, at(monday + 4, 15), (pair) =>
        this.#deleteTooLate(pair, monday, pair.weeks[week]!),
      );
      await this.#everybody(pairs, at(monday + 4, 18), (pair) => this.#say(pair, monday, pair.weeks[week]!));
    }
    await this.#everybody(pairs, now, (pair) => this.#deleteAhead(pair));
  }

  async #deleteAhead(pair: LivePair): Promise<void> {
    if (!pair.deletesAhead) return;
    const today = dayOf(toWall(DEMO_ZONE, this.#clock.at));
    const monday = today - weekdayOf(today) + 1;
    for (const ahead of [7, 14]) {
      await this.#act(pair, monday + ahead, 'delete', null);
      await this.#loop.run(pair.series);
    }
  }

  async #everybody(
    pairs: readonly LivePair[],
    now: Minute,
    act: (pair: LivePair) => Promise<void>,
  ): Promise<void> {
    this.#clock.at = now;
    for (const pair of pairs) {
      await act(pair);
      await this.#loop.run(pair.series);
    }
  }

  async #begin(pair: LivePair, monday: EpochDay, story: Story): Promise<void> {
    if (story.startsWith('deleted, moved')) await this.#act(pair, monday, 'delete', null);
    if (story === 'dragged, held') await this.#act(pair, monday, 'drag', at(monday + 4, 10));
  }

  async #deleteTooLate(pair: LivePair, monday: EpochDay, story: Story): Promise<void> {
    if (story !== 'deleted too late') return;
    await this.#act(pair, monday, 'drag', at(monday + 4, 16));
    await this.#loop.run(pair.series);
    await this.#act(pair, monday, 'delete', null);
  }

  async #say(pair: LivePair, monday: EpochDay, story: Story): Promise<void> {
    const meeting = await this.#meeting(pair, monday);
    if (!meeting || !isOpen(meeting)) return;
    await this.store.transaction(pair.organisation, async ({ peopleSay }) => {
      for (const word of WORDS[story]) await peopleSay.attest(pair.series, keyOf(meeting), word);
    });
  }

  async #act(pair: LivePair, monday: EpochDay, act: ClientAct['act'], to: Minute | null): Promise<void> {
    const meeting = await this.#meeting(pair, monday);
    if (!meeting) return;
    const { organisation, series, manager } = pair;
    await this.#person.act(organisation, manager, { series, on: keyOf(meeting), act, to });
  }

  async #meeting({ organisation, series }: LivePair, monday: EpochDay): Promise<Occurrence | undefined> {
    const remembered = await this.store.transaction(organisation, (stores) =>
      stores.series.load(series, this.#clock.at),
    );
    const noon = at(monday + 1, 12);
    return remembered?.facts.occurrences.find(({ week }) => week.start <= noon && noon < week.end);
  }
}

/** A whole hour of a day on the demo's wall clock. */
function at(day: EpochDay, hour: number): Minute {
  return fromWall(DEMO_ZONE, day * DAY + hour * 60);
}
