import type { Calendar } from '../../src/calendars/calendar.ts';
import { Calendars } from '../../src/calendars/calendars.ts';
import type { Act, Facts } from '../../src/domain/facts.ts';
import { dayFromIso, minuteFromIso, weekdayOf } from '../../src/domain/minute.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Attestation, Occurrence } from '../../src/domain/occurrence.ts';
import type { Person, Side, WeekHours } from '../../src/domain/person.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { slotAt } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { Clock } from '../../src/platform/clock.ts';
import { Log } from '../../src/platform/log.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import type { Outcome } from '../../src/reconcile/reconcile-series.ts';
import type { CalendarAccount, LedgerEntry } from '../../src/store/store.ts';
import { FakeCalendar } from './fake-calendar.ts';
import { Organiser } from './organiser.ts';
import { MemoryStore } from './memory-store.ts';

export const SERIES = 'ana-bo';
export const LINK = 'https://perennial.test/series/ana-bo';
/** How much of the calendar is looked at. */
const EVER: Slot = { start: minuteFromIso('2026-01-01T00:00Z'), end: minuteFromIso('2028-01-01T00:00Z') };

export class SetClock extends Clock {
  at: Minute;

  constructor(at: Minute) {
    super();
    this.at = at;
  }

  override milliseconds(): number {
    return this.at * 60_000;
  }
}

export class QuietLog extends Log {
  override debug(): void {}
  override info(): void {}
  override warn(): void {}
  override error(): void {}
  override child(): Log {
    return this;
  }
}

/** Opens the calendars of a test by their account. */
export class OpenCalendars extends Calendars {
  readonly byAccount: Map<string, Calendar>;

  constructor(byAccount: Map<string, Calendar>) {
    super();
    this.byAccount = byAccount;
  }

  override async open(_organisation: string, account: CalendarAccount): Promise<Calendar> {
    return this.byAccount.get(account.id)!;
  }
}

export interface Setting {
  readonly now?: string;
  readonly zone?: string;
  readonly firstDay?: string;
  readonly minuteOfDay?: number;
  readonly everyWeeks?: number;
  readonly repZone?: string;
  readonly holidays?: readonly string[];
  readonly twoOfFour?: boolean;
  readonly series?: string;
}

/** A manager and a rep, a calendar each, and the loop between them: Ana meets Bo on Tuesdays at 10:00 in Berlin. */
export class World {
  readonly store = new MemoryStore();
  readonly calendar = new FakeCalendar();
  readonly repCalendar = new FakeCalendar();
  readonly calendars = new OpenCalendars(
    new Map([
      ['ana-calendar', this.calendar],
      ['bo-calendar', this.repCalendar],
    ]),
  );
  readonly organiser: Organiser;
  readonly clock: SetClock;
  readonly reconcile: ReconcileSeries;
  #acts = 0;
  #facts: Facts;

  constructor(setting: Setting = {}) {
    this.clock = new SetClock(minuteFromIso(setting.now ?? '2026-11-20T08:00Z'));
    this.organiser = new Organiser(this.calendar.book, SERIES);
    const { store, calendars, clock } = this;
    this.reconcile = new ReconcileSeries({ store, calendars, clock, log: new QuietLog(), link: () => LINK });
    this.#facts = this.add(setting);
  }

  /** One more series on the manager's calendar. */
  add(setting: Setting = {}): Facts {
    const facts = newFacts(setting);
    this.store.seed({
      facts,
      account: accountOf('ana-calendar', 'ana'),
      others: [accountOf('bo-calendar', 'bo')],
    });
    return facts;
  }

  /** Runs the loop until it says that nothing is left to do, or that it has to wait for the outside world. */
  async settle(series = SERIES): Promise<Outcome> {
    for (let tries = 0; ; tries++) {
      const outcome = await this.reconcile.run(series);
      if (outcome.kind === 'again' && tries < 5) continue;
      await this.look();
      return outcome;
    }
  }

  /** Refreshes what `facts` answers. */
  async look(): Promise<void> {
    const now = this.clock.at;
    const known = await this.store.transaction('acme', (stores) => stores.series.load(SERIES, now));
    this.#facts = known!.facts;
  }

  async at(iso: string): Promise<Outcome> {
    this.clock.at = minuteFromIso(iso);
    return this.settle();
  }

  /** What was remembered when the loop last settled. */
  get facts(): Facts {
    return this.#facts;
  }

  /** The meeting of a week, named by any of its days. */
  meeting(day: string): Occurrence {
    const at = minuteFromIso(`${day}T12:00Z`);
    const found = this.facts.occurrences.find((o) => o.week.start <= at && at < o.week.end);
    if (!found) throw new Error(`no meeting is owed in the week of ${day}`);
    return found;
  }

  /** Where the rule as placed starts the meeting of a week: what the organiser's client calls it. */
  start(day: string): Minute {
    return startInWeek(this.facts.placed?.rule ?? this.facts.series.rule, this.meeting(day).week)!;
  }

  say(by: Side | 'admin', act: Omit<Act, 'id' | 'at' | 'by'> & Record<string, unknown>): void {
    const id = `act-${++this.#acts}`;
    this.store.act(SERIES, { ...act, id, at: this.clock.at, by } as Act);
  }

  attest(day: string, word: Attestation): void {
    this.store.attest(SERIES, keyOf(this.meeting(day)), word);
  }

  bothHeld(day: string): void {
    for (const by of ['manager', 'rep'] as const) this.attest(day, { by, says: 'held', absent: null });
  }

  /** All that stands in the manager's calendar for the pair, in the week of a day. */
  standing(day: string): readonly Slot[] {
    const { week } = this.meeting(day);
    const seven = { start: week.start, end: week.start + 7 * 1440 };
    return this.calendar.book.living(SERIES, seven).map(({ slot }) => slot);
  }

  everything(): readonly Slot[] {
    return this.calendar.book.living(SERIES, EVER).map(({ slot }) => slot);
  }

  open(): readonly Occurrence[] {
    return this.facts.occurrences.filter(isOpen);
  }

  get ledger(): readonly LedgerEntry[] {
    return this.store.ledgerOf('acme');
  }

  reasons(kind: string): readonly string[] {
    return this.ledger.filter((row) => row.kind === kind).map((row) => row.because);
  }

  /** How often the calendar was written to. */
  get writes(): number {
    return Object.entries(this.calendar.calls)
      .filter(([method]) => method.startsWith('place') || method.startsWith('withdraw'))
      .reduce((sum, [, n]) => sum + n, 0);
  }
}

/** `2026-11-24T10:00Z` as a slot of thirty minutes, or of as many as asked. */
export function slot(iso: string, minutes = 30): Slot {
  return slotAt(minuteFromIso(iso), minutes);
}

const NINE_TO_FIVE: WeekHours = Object.fromEntries(
  [1, 2, 3, 4, 5].map((weekday) => [weekday, [[9 * 60, 17 * 60]]]),
);

function person(id: string, zone: string): Person {
  return { id, name: id, email: `${id}@acme.test`, zone, hours: NINE_TO_FIVE, leave: [] };
}

export function newFacts(setting: Setting): Facts {
  const zone = setting.zone ?? 'Europe/Berlin';
  const firstDay = dayFromIso(setting.firstDay ?? '2026-11-24');
  const rule = {
    zone,
    weekday: weekdayOf(firstDay),
    minuteOfDay: setting.minuteOfDay ?? 600,
    everyWeeks: setting.everyWeeks ?? 1,
    firstDay,
  };
  return {
    week: { workingDays: [1, 2, 3, 4, 5], holidays: (setting.holidays ?? []).map(dayFromIso) },
    twoOfFour: setting.twoOfFour ?? true,
    series: {
      id: setting.series ?? SERIES,
      organisation: 'acme',
      title: 'Ana and Bo: weekly 1-on-1',
      format: 'weekly_30',
      rule,
      generation: 1,
      minutes: 30,
      copy: 1,
      endedAt: null,
    },
    people: { manager: person('ana', zone), rep: person('bo', setting.repZone ?? zone) },
    placed: null,
    occurrences: [],
    recoveries: [],
    acts: [],
    observedAt: null,
    account: { owed: 0, restoredLately: 0, seriesPlaced: 0, seriesGone: 0, released: false },
    asks: null,
  };
}

export function accountOf(id: string, person: string): CalendarAccount {
  const empty = { settings: {}, cursor: null, verifiedAt: null, writtenAt: null, because: null };
  return { id, person, provider: 'caldav', state: 'connected', ...empty };
}
