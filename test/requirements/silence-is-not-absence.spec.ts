import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { CalendarTrouble } from '../../src/calendars/calendar-error.ts';
import { FaultyCalendar } from '../support/faulty-calendar.ts';
import { World, slot } from '../support/world.ts';

const TROUBLES: readonly CalendarTrouble[] = ['Unreachable', 'RateLimited', 'AccessRevoked', 'Gone'];

/** Promise 7: what cannot be read pauses the account and counts nothing. */
describe('silence is not absence', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  function silence(trouble: CalendarTrouble): void {
    const refuse = new FaultyCalendar(world.calendar, () => {
      throw new CalendarError(trouble, 'The calendar did not answer.');
    });
    world.calendars.byAccount.set('ana-calendar', refuse);
  }

  async function account() {
    const known = await world.store.transaction('acme', ({ accounts }) => accounts.load('ana-calendar'));
    return known!;
  }

  it.each(TROUBLES)('counts nothing and writes nothing while the calendar says %s', async (trouble) => {
    const before = world.facts.occurrences;
    const writes = world.writes;
    silence(trouble);
    world.organiser.deleteSeries();
    expect(await world.settle()).toMatchObject({
      kind: 'unreadable',
      because: 'The calendar did not answer.',
    });
    expect(world.facts.occurrences).toEqual(before);
    expect(world.writes).toBe(writes);
  });

  it.each(TROUBLES)('shows the account as not connected, with the reason, after %s', async (trouble) => {
    silence(trouble);
    await world.settle();
    const state = trouble === 'AccessRevoked' || trouble === 'Gone' ? 'disconnected' : 'paused';
    expect(await account()).toMatchObject({ state, because: 'The calendar did not answer.' });
  });

  it('is connected again, and answers what happened meanwhile, once the calendar can be read', async () => {
    silence('Unreachable');
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    world.calendars.byAccount.set('ana-calendar', world.calendar);
    await world.settle();
    expect(await account()).toMatchObject({ state: 'connected', because: null });
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(1);
  });

  it('blames nobody for meetings that passed while nobody could look', async () => {
    silence('Unreachable');
    await world.at('2026-12-03T08:00Z');
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'not_measurable', cancelActs: [] });
    expect(world.reasons('close')).toEqual([expect.stringContaining('could not be read')]);
  });

  it('keeps the last known busy time of a calendar that cannot be read', async () => {
    const refuse = new FaultyCalendar(world.repCalendar, () => {
      throw new CalendarError('Unreachable', 'The calendar did not answer.');
    });
    world.calendars.byAccount.set('bo-calendar', refuse);
    const busy = Int32Array.from([slot('2026-11-24T08:00Z').start, slot('2026-11-24T12:00Z').start]);
    await world.store.transaction('acme', ({ accounts }) =>
      accounts.saveBusy('bo-calendar', slot('2026-11-20T00:00Z'), busy, world.clock.at),
    );
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T12:00Z')]);
  });

  it('does not count an event that somebody tidied away after the meeting', async () => {
    await world.at('2026-11-24T09:10Z');
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.at('2026-11-25T09:00Z');
    expect(world.meeting('2026-11-24').cancelActs).toEqual([]);
  });

  it('adopts its own write when the answer was lost', async () => {
    let lost = false;
    const line = new FaultyCalendar(world.calendar, async (method, call) => {
      const answer = await call();
      if (method !== 'placeOccurrence' || lost) return answer;
      lost = true;
      throw new CalendarError('Unreachable', 'The answer was lost.');
    });
    world.calendars.byAccount.set('ana-calendar', line);
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(1);
    expect(world.calendar.calls.placeOccurrence).toBe(1);
  });
});
