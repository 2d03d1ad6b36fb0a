import type { Attestation } from '../../src/domain/occurrence.ts';
import { World } from '../support/world.ts';

const WEEK = '2026-11-24';
const BEFORE_CLOSE = '2026-12-01T22:59Z';
const CLOSED = '2026-12-01T23:00Z';

/** Every owed meeting ends in exactly one final state, two working days after its week's end at the latest. */
describe('both sides close the week', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
    await world.at('2026-11-24T11:00Z');
  });

  function say(by: Attestation['by'], says: Attestation['says'], absent: Attestation['absent'] = null) {
    world.attest(WEEK, { by, says, absent });
  }

  it('is held_attested as soon as both say that it was held', async () => {
    say('manager', 'held');
    await world.settle();
    expect(world.meeting(WEEK).state).toBe('scheduled');
    say('rep', 'held');
    await world.settle();
    expect(world.meeting(WEEK).state).toBe('held_attested');
  });

  it('stays open until two working days after the end of its week', async () => {
    await world.at(BEFORE_CLOSE);
    expect(world.meeting(WEEK).state).toBe('scheduled');
    await world.at(CLOSED);
    expect(world.meeting(WEEK).state).toBe('unconfirmed');
  });

  it('is held_disputed when one says held and the other not', async () => {
    say('manager', 'held');
    say('rep', 'not_held', 'manager');
    await world.at(BEFORE_CLOSE);
    expect(world.meeting(WEEK).state).toBe('scheduled');
    await world.at(CLOSED);
    expect(world.meeting(WEEK).state).toBe('held_disputed');
  });

  it('is unconfirmed when one says held and the other is silent', async () => {
    say('rep', 'held');
    await world.at(CLOSED);
    expect(world.meeting(WEEK).state).toBe('unconfirmed');
  });

  it.each([
    ['manager', 'no_show_manager'],
    ['rep', 'no_show_rep'],
    ['both', 'no_show_both'],
  ] as const)('is a no-show of the %s when both say so', async (absent, state) => {
    say('manager', 'not_held', absent);
    say('rep', 'not_held', absent);
    await world.settle();
    expect(world.meeting(WEEK).state).toBe(state);
  });

  it('is a no-show of both when each blames the other', async () => {
    say('manager', 'not_held', 'rep');
    say('rep', 'not_held', 'manager');
    await world.settle();
    expect(world.meeting(WEEK).state).toBe('no_show_both');
  });

  it('takes one word for it when nobody disagrees in time', async () => {
    say('rep', 'not_held', 'manager');
    await world.at(CLOSED);
    expect(world.meeting(WEEK).state).toBe('no_show_manager');
  });

  it('takes the later word of the same side', async () => {
    say('manager', 'not_held', 'rep');
    say('rep', 'held');
    say('manager', 'held');
    await world.settle();
    expect(world.meeting(WEEK).state).toBe('held_attested');
  });

  it('is held_attested as well when the meeting was its own recovery', async () => {
    world = new World();
    await world.settle();
    for (const day of [WEEK, '2026-12-01']) {
      world.organiser.deleteOccurrence(world.start(day));
      await world.settle();
    }
    world.bothHeld('2026-12-01');
    await world.at('2026-12-01T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'met' }]);
    expect(world.meeting('2026-12-01').state).toBe('held_attested');
  });

  it('stays in its final state whatever people say or do afterwards', async () => {
    await world.at(CLOSED);
    const row = world.ledger.length;
    say('manager', 'held');
    say('rep', 'held');
    await world.at('2026-12-02T09:00Z');
    expect(world.meeting(WEEK).state).toBe('unconfirmed');
    expect(world.ledger).toHaveLength(row);
  });

  it('gives every owed meeting of a quarter exactly one state', async () => {
    for (const day of ['2026-12-05', '2026-12-19', '2027-01-09', '2027-01-30', '2027-03-01'])
      await world.at(`${day}T09:00Z`);
    const weeks = world.facts.occurrences.map((o) => o.week.start);
    expect(new Set(weeks).size).toBe(weeks.length);
    const past = world.facts.occurrences.filter((o) => o.week.end < world.clock.at - 4 * 1440);
    expect(past.map((o) => o.state)).toEqual(past.map(() => 'unconfirmed'));
  });
});
