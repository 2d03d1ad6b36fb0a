import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { CalendarTrouble } from '../../src/calendars/calendar-error.ts';
import { changeCalendar } from '../../src/desk/change-calendar.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { Announce } from '../../src/reconcile/announce.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import { BuiltinPair } from '../support/builtin-pair.ts';
import { openStore } from '../support/builtin-world.ts';
import { freshDatabase } from '../support/database.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { FaultyCalendar } from '../support/faulty-calendar.ts';
import type { Method } from '../support/faulty-calendar.ts';
import { Organiser } from '../support/organiser.ts';
import { OpenCalendars, QuietLog, slot } from '../support/world.ts';

const opened = await openStore(await freshDatabase());
const { store } = opened;
const EVER: Slot = { start: minuteFromIso('2026-11-01T00:00Z'), end: minuteFromIso('2027-12-01T00:00Z') };

/** A calendar of the manager's that can be out of reach, or kill who calls it. */
class Connected {
  readonly fake = new FakeCalendar();
  trouble: CalendarTrouble | null = null;
  /** The process is gone once this call took effect. */
  killedAfter: Method | null = null;
  readonly line = new FaultyCalendar(this.fake, async (method, call) => {
    if (this.trouble) throw new CalendarError(this.trouble, 'The calendar does not answer.');
    const answer = await call();
    if (method === this.killedAfter) throw new Error('killed');
    return answer;
  });

  constructor(readonly account: string) {}
}

/** Ana meets Bo on Tuesdays at ten; her series stands in the first of her two calendars. */
class Household {
  private constructor(
    readonly pair: BuiltinPair,
    readonly old: Connected,
    readonly next: Connected,
    readonly reconcile: ReconcileSeries,
  ) {}

  static async make(): Promise<Household> {
    const pair = await BuiltinPair.make(opened);
    const { organisation, people, account, clock } = pair;
    const second = await store.transaction(organisation, ({ accounts }) =>
      accounts.connect({
        person: people.manager,
        provider: 'caldav',
        settings: {},
        secret: null,
        nextPoll: null,
      }),
    );
    const [old, next] = [new Connected(account), new Connected(second)];
    const calendars = new OpenCalendars(new Map([old, next].map(({ account: id, line }) => [id, line])));
    const announce = new Announce('perennial@acme.test', clock);
    const reconcile = new ReconcileSeries({
      store,
      calendars,
      clock,
      log: new QuietLog(),
      link: () => 'https://perennial.test/series/1',
      announce: (...confirmed) => announce.run(...confirmed),
    });
    const household = new Household(pair, old, next, reconcile);
    await household.settle();
    return household;
  }

  async settle(): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      if ((await this.reconcile.run(this.pair.series)).kind === 'settled') return;
    }
    throw new Error('the series does not settle');
  }

  async moveTo({ account }: Connected): Promise<void> {
    const { organisation, people, series, clock } = this.pair;
    const caller = { organisation, person: people.manager, roles: ['manager' as const] };
    await store.transaction(organisation, (stores) =>
      changeCalendar(stores, caller, { series, account }, clock.now()),
    );
  }

  /** As its poll, or its owner with a new password, would find it. */
  async answersAgain(calendar: Connected): Promise<void> {
    calendar.trouble = null;
    await store.transaction(this.pair.organisation, ({ accounts }) =>
      accounts.setState(calendar.account, 'connected', null),
    );
  }

  organiser({ fake }: Connected): Organiser {
    return new Organiser(fake.book, this.pair.series);
  }

  /** The rule's own start of a week's meeting. */
  async start(day: string): Promise<number> {
    const { facts } = await this.pair.remembered();
    return startInWeek(facts.placed!.rule, (await this.pair.meeting(day)).week)!;
  }

  /** Everything of the series that stands in a calendar, in order. */
  standing({ fake }: Connected): readonly Slot[] {
    const slots = fake.book.living(this.pair.series, EVER).map((living) => living.slot);
    return slots.toSorted((a, b) => a.start - b.start);
  }

  ahead(calendar: Connected): readonly Slot[] {
    return this.standing(calendar).filter(({ start }) => start > this.pair.clock.at);
  }

  async acts(): Promise<unknown[]> {
    return (await this.pair.remembered()).facts.occurrences.flatMap((o) => o.cancelActs);
  }

  async reasons(kind: string): Promise<readonly string[]> {
    const { organisation, series } = this.pair;
    const rows = await store.transaction(organisation, ({ ledger }) => ledger.ofSeries(series, 500, 0));
    return rows.filter((row) => row.kind === kind).map((row) => row.because);
  }

  /** How the account stands, and whether the series has still to be taken out of it. */
  async accountOf({ account }: Connected): Promise<{ state: string; leaving: boolean }> {
    const { organisation, series } = this.pair;
    return store.transaction(organisation, async ({ accounts, formerHomes }) => {
      const homes = await formerHomes.of(series);
      const { state } = (await accounts.load(account))!;
      return { state, leaving: homes.some((home) => home.account.id === account) };
    });
  }
}

describe('a series can change calendars', () => {
  let house: Household;
  beforeEach(async () => {
    opened.jobs.length = 0;
    house = await Household.make();
  });

  it('stands in the new one with its moved meetings, is gone from the old one, and nobody cancelled', async () => {
    const { pair, old, next } = house;
    house.organiser(old).drag(await house.start('2026-12-01'), minuteFromIso('2026-12-03T13:00Z'));
    await house.settle();
    const before = house.standing(old);
    expect(before).toContainEqual(slot('2026-12-03T13:00Z'));
    await house.moveTo(next);
    await house.settle();
    expect(house.standing(old)).toEqual([]);
    expect(house.standing(next)).toEqual(before);
    expect(await house.acts()).toEqual([]);
    expect((await pair.meeting('2026-12-01')).state).toBe('moved');
    expect(await house.reasons('leave calendar')).toEqual([
      'What stood in the old calendar was taken out of it.',
    ]);
    await house.settle();
    expect(await house.reasons('leave calendar')).toHaveLength(1);
  });

  it('takes a recovery with an event of its own along, at the same time', async () => {
    const { pair, old, next } = house;
    const recovery = await recoveryOfItsOwn(house);
    await house.moveTo(next);
    await house.settle();
    expect(house.standing(old)).toEqual([]);
    expect([...next.fake.book.separate.values()].map((event) => event.slot)).toEqual([recovery]);
    const { recoveries } = (await pair.remembered()).facts;
    expect(recoveries).toMatchObject([{ state: 'booked', is: { slot: recovery }, answered: [] }]);
    house.organiser(next).deleteSeparate([...next.fake.book.separate.keys()][0]!);
    await house.settle();
    expect((await pair.remembered()).facts.recoveries[0]!.answered).toHaveLength(1);
  });

  it('counts what is done in the new calendar as in any other', async () => {
    const { pair, next } = house;
    await house.moveTo(next);
    await house.settle();
    house.organiser(next).deleteOccurrence(await house.start('2026-11-24'));
    await house.settle();
    expect((await pair.meeting('2026-11-24')).cancelActs).toHaveLength(1);
  });

  it('is taken out later where the old calendar is out of reach, which is told and looked at again', async () => {
    const { pair, old, next } = house;
    await house.moveTo(next);
    old.trouble = 'Unreachable';
    opened.jobs.length = 0;
    await house.settle();
    expect(house.standing(next)).not.toEqual([]);
    expect(house.standing(old)).not.toEqual([]);
    expect(await house.accountOf(old)).toEqual({ state: 'paused', leaving: true });
    const looks = opened.jobs.filter(({ job }) => job.name === 'reconcile-series');
    expect(looks.map(({ job }) => job)).toEqual([{ name: 'reconcile-series', seriesId: pair.series }]);
    const woken = store.transaction(pair.organisation, ({ series }) => series.onAccount(old.account));
    expect(await woken).toEqual([pair.series]);
    old.trouble = null;
    await house.settle();
    expect(house.standing(old)).toEqual([]);
    expect((await house.accountOf(old)).leaving).toBe(false);
    expect(await house.acts()).toEqual([]);
  });

  it.each(['placeSeries', 'placeOccurrence'] as const)(
    'survives a worker that is killed after %s in the new calendar',
    async (killedAfter) => {
      const { old, next } = house;
      house.organiser(old).drag(await house.start('2026-12-01'), minuteFromIso('2026-12-03T13:00Z'));
      await house.settle();
      const before = house.standing(old);
      await house.moveTo(next);
      next.killedAfter = killedAfter;
      await expect(house.settle()).rejects.toThrow('killed');
      expect(house.standing(old)).toEqual(before);
      next.killedAfter = null;
      await house.settle();
      expect(house.standing(old)).toEqual([]);
      expect(house.standing(next)).toEqual(before);
      expect(await house.acts()).toEqual([]);
    },
  );

  it.each(['withdrawSeries', 'withdrawSeparate'] as const)(
    'survives a worker that is killed after %s in the old calendar',
    async (killedAfter) => {
      const { old, next } = house;
      await recoveryOfItsOwn(house);
      const acts = await house.acts();
      await house.moveTo(next);
      old.killedAfter = killedAfter;
      await expect(house.settle()).rejects.toThrow('killed');
      expect(await house.reasons('leave calendar')).toEqual([]);
      old.killedAfter = null;
      await house.settle();
      expect(house.standing(old)).toEqual([]);
      expect(await house.reasons('leave calendar')).toHaveLength(1);
      expect(await house.acts()).toEqual(acts);
    },
  );

  it('says once that a calendar which is gone for good was not tidied, and does it should it come back', async () => {
    const { old, next } = house;
    await house.moveTo(next);
    old.trouble = 'AccessRevoked';
    await house.settle();
    await house.settle();
    const told = await house.reasons('leave calendar');
    expect(told).toEqual([expect.stringContaining('cannot be opened any more')]);
    expect((await house.accountOf(old)).state).toBe('disconnected');
    expect(house.standing(next)).not.toEqual([]);
    await house.answersAgain(old);
    await house.settle();
    expect(house.standing(old)).toEqual([]);
  });

  it('may come back before it was taken out: one series stands, in the first calendar', async () => {
    const { old, next } = house;
    const recovery = await recoveryOfItsOwn(house);
    const before = house.ahead(old);
    const acts = await house.acts();
    await house.moveTo(next);
    old.trouble = 'Unreachable';
    await house.settle();
    await house.answersAgain(old);
    await house.moveTo(old);
    await house.settle();
    expect(house.ahead(old)).toEqual(before);
    expect(before).toContainEqual(recovery);
    expect(house.standing(next)).toEqual([]);
    expect(await house.acts()).toEqual(acts);
  });

  it('stands in the old one until the new one shows it', async () => {
    const { old, next } = house;
    const before = house.standing(old);
    await house.moveTo(next);
    next.trouble = 'Unreachable';
    expect((await house.reconcile.run(house.pair.series)).kind).toBe('unreadable');
    expect(house.standing(old)).toEqual(before);
    next.trouble = null;
    await house.settle();
    expect([house.standing(old), house.standing(next)]).toEqual([[], before]);
  });

  it.each(['read', 'placeOccurrence'] as const)(
    'ends a look that has come to %s in the old calendar, before it writes to the new one',
    async (reached) => {
      const { old, next } = house;
      const { onTheWay } = old.line;
      old.line.onTheWay = async (method, call) => {
        if (method === reached) await house.moveTo(next).finally(() => (old.line.onTheWay = onTheWay));
        return onTheWay(method, call);
      };
      house.organiser(old).deleteOccurrence(await house.start('2026-11-24'));
      expect((await house.reconcile.run(house.pair.series)).kind).toBe('again');
      expect(house.standing(next)).toEqual([]);
      await house.settle();
      expect(house.standing(old)).toEqual([]);
      expect(house.standing(next)).toContainEqual((await house.pair.meeting('2026-11-24')).slot);
    },
  );

  it('tells those who were invited by mail that the old series went, and invites them no more', async () => {
    const { pair, next } = house;
    const mails = async () => {
      const ids = opened.jobs.splice(0).flatMap(({ job }) => (job.name === 'send-mail' ? [job.mailId] : []));
      const load = (id: string) => store.transaction(pair.organisation, ({ mail }) => mail.load(id));
      return (await Promise.all(ids.map(load))).map((mail) => mail!.invitation!);
    };
    expect((await mails()).map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST']);
    await house.moveTo(next);
    await house.settle();
    const told = await mails();
    expect(told.map(({ method }) => method)).toEqual(['CANCEL', 'CANCEL']);
    for (const { ics } of told) expect(ics).toContain(`UID:perennial-s-${pair.series}-1\r\n`);
    await house.settle();
    expect(await mails()).toEqual([]);
  });
});

/** Two weeks cancelled, the second one too late for another time in it. @returns where the recovery's own event is */
async function recoveryOfItsOwn(house: Household): Promise<Slot> {
  const { pair, old } = house;
  const organiser = house.organiser(old);
  organiser.deleteOccurrence(await house.start('2026-11-24'));
  await house.settle();
  organiser.drag(await house.start('2026-12-01'), minuteFromIso('2026-12-04T15:30Z'));
  await house.settle();
  pair.clock.at = minuteFromIso('2026-12-04T15:00Z');
  organiser.deleteOccurrence(await house.start('2026-12-01'));
  await house.settle();
  const [recovery] = (await pair.remembered()).facts.recoveries;
  if (recovery?.is?.kind !== 'separate') throw new Error('no recovery of its own was booked');
  return recovery.is.slot;
}
