import { minuteToIso } from '../../src/domain/minute.ts';
import { BuiltinPair } from '../support/builtin-pair.ts';
import { openStore } from '../support/builtin-world.ts';
import { freshDatabase } from '../support/database.ts';

const opened = await openStore(await freshDatabase());

const UNKNOWN = { kind: 'unknown', what: 'series' };

describe('on the built-in calendar', () => {
  let pair: BuiltinPair;
  beforeEach(async () => {
    pair = await BuiltinPair.make(opened);
    await pair.settle();
    opened.jobs.length = 0;
  });
  const placed = async (day: string) => minuteToIso((await pair.meeting(day)).placed!.slot.start);

  test('a deleted meeting is moved inside its week, never lost', async () => {
    expect(await pair.act('manager', 'delete', '2026-12-01')).toEqual({ kind: 'done' });
    expect(opened.jobs).toEqual([{ job: { name: 'reconcile-series', seriesId: pair.series }, after: null }]);
    await pair.settle();
    const meeting = await pair.meeting('2026-12-01');
    expect(meeting).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    expect(await placed('2026-12-01')).not.toBe('2026-12-01T09:00:00Z');
    expect(await placed('2026-12-08')).toBe('2026-12-08T09:00:00Z');
  });

  test('a deleted series comes back and counts once', async () => {
    await pair.act('manager', 'delete-series', '2026-11-24');
    expect(await pair.ics()).toEqual([]);
    await pair.settle();
    expect(await pair.ics()).toHaveLength(1);
    const { facts } = await pair.remembered();
    expect(facts.occurrences.flatMap((o) => o.cancelActs)).toHaveLength(1);
    expect(facts.occurrences.every((o) => o.state === 'moved' || o.state === 'scheduled')).toBe(true);
  });

  test('"this and following" comes back and counts once, on the first meeting that it cut off', async () => {
    await pair.act('manager', 'delete-following', '2026-12-08');
    expect((await pair.ics())[0]).toContain('UNTIL=20261208T085959Z');
    await pair.settle();
    const { facts } = await pair.remembered();
    expect(facts.occurrences.flatMap((o) => o.cancelActs)).toHaveLength(1);
    expect(await pair.meeting('2026-12-08')).toMatchObject({ state: 'moved', cancelActs: [{}] });
    expect((await pair.ics())[0]).not.toContain('UNTIL');
  });

  test('a drag inside the week is accepted and no cancel', async () => {
    await pair.act('manager', 'drag', '2026-12-01', '2026-12-03T14:00Z');
    await pair.settle();
    expect(await pair.meeting('2026-12-01')).toMatchObject({ state: 'moved', cancelActs: [] });
    expect(await placed('2026-12-01')).toBe('2026-12-03T14:00:00Z');
  });

  test('a drag out of the week is a cancel act and comes back into it', async () => {
    await pair.act('manager', 'drag', '2026-12-01', '2026-12-10T14:00Z');
    await pair.settle();
    const meeting = await pair.meeting('2026-12-01');
    expect(meeting).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    expect(meeting.placed!.slot.start).toBeLessThan(meeting.week.end);
  });

  test.each(['delete', 'decline'] as const)('the rep’s %s asks for a move and is no cancel', async (act) => {
    await pair.act('rep', act, '2026-12-01');
    expect((await pair.ics())[0]).toContain('PARTSTAT=DECLINED');
    await pair.settle();
    expect(await pair.meeting('2026-12-01')).toMatchObject({ state: 'moved', cancelActs: [] });
    expect((await pair.ics())[0]).not.toContain('PARTSTAT=DECLINED');
  });

  test('two deleted weeks make a recovery, which can be dragged and deleted like any event', async () => {
    await pair.act('manager', 'delete', '2026-11-24');
    await pair.settle();
    await pair.act('manager', 'delete', '2026-12-01');
    await pair.settle();
    const { facts } = await pair.remembered();
    expect(facts.recoveries).toHaveLength(1);
    const on = `recovery:${facts.recoveries[0]!.second}` as const;
    const act = { series: pair.series, on, act: 'delete', to: null } as const;
    expect(await pair.client.act(pair.organisation, pair.people.manager, act)).toEqual({ kind: 'done' });
    await pair.settle();
    expect((await pair.remembered()).facts.recoveries[0]).toMatchObject({ state: 'booked' });
  });

  test('nobody but the two people has the event in their calendar', async () => {
    const stranger = await BuiltinPair.make(opened);
    const on = '1@29732040' as const;
    const act = { series: pair.series, on, act: 'delete', to: null } as const;
    const asked = [
      pair.client.act(pair.organisation, stranger.people.manager, act),
      pair.client.act(stranger.organisation, stranger.people.manager, act),
    ];
    expect(await Promise.all(asked)).toEqual([UNKNOWN, UNKNOWN]);
  });

  test('a guest can neither drag nor cut the series, and an organiser has nothing to decline', async () => {
    const before = await pair.ics();
    const asked = [
      await pair.act('rep', 'drag', '2026-12-01', '2026-12-03T14:00Z'),
      await pair.act('rep', 'delete-following', '2026-12-01'),
      await pair.act('manager', 'decline', '2026-12-01'),
    ];
    expect(asked.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused']);
    expect(await pair.ics()).toEqual(before);
  });

  test('what was deleted already cannot be deleted again', async () => {
    await pair.act('manager', 'delete', '2026-12-01');
    expect(await pair.act('manager', 'delete', '2026-12-01')).toMatchObject({ kind: 'refused' });
  });
});
