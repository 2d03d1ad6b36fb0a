import { minuteFromIso, minuteToIso } from '../domain/minute.ts';
import { keyOf } from '../domain/occurrence.ts';
import { sameSlot, slotAt, within } from '../domain/slot.ts';
import { when } from '../domain/words.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { AtOccurrence, Said } from './desk.ts';
import type { MoveBody } from './occurrences.api.ts';
import { mustBeOpen, refused, who } from './refusals.ts';

/** A move inside the week is a person's right and never counts as a cancel (promise 3). */
export async function moveOccurrence(at: AtOccurrence, body: MoveBody): Promise<Said> {
  const { whole, listed, now, as } = at;
  const o = whole.occurrence;
  mustBeOpen(o);
  const { rule, minutes } = listed.series;
  const to = slotAt(minuteFromIso(body.start), minutes);
  if (to.start <= now) throw refused('not-possible', 'start', 'lies in the past');
  if (!within(to, o.week)) {
    const days = `${when(rule.zone, o.week.start)} to ${when(rule.zone, o.week.end)}`;
    throw refused('not-possible', 'start', `lies outside the week that owes this meeting (${days})`);
  }
  if (sameSlot(to, o.slot)) throw new Problem('conflict', 'The meeting stands there already.');
  return {
    act: { kind: 'move', on: keyOf(o), to },
    entry: {
      kind: 'ask for move',
      facts: { by: as, to: minuteToIso(to.start) },
      because: `${who(as)} moved it to ${when(rule.zone, to.start)}.`,
    },
  };
}
