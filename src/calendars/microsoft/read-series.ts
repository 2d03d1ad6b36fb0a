import type { Minute } from '../../domain/minute.ts';
import type { RepAnswer, SeenEvent, SeenSeries } from '../../domain/observation.ts';
import type { Slot } from '../../domain/slot.ts';
import { answerIn, isInvited } from './answers.ts';
import type { Held } from './holdings.ts';
import { agendaOf, standingAt, versionOf, versionOfOne } from './series.ts';
import type { ReadSeries } from './series.ts';
import { slotOf } from './times.ts';

/** Tells a person's decline from a machine's; asked only where there is one. */
export type Ask = (answer: RepAnswer, rep: string, slot: Slot) => Promise<RepAnswer>;

export function seenSeries(series: ReadSeries): SeenSeries {
  const { master, seen } = series;
  if (master.isCancelled === true) return { kind: 'gone', proof: 'the event is marked as cancelled' };
  return {
    kind: 'stands',
    version: versionOf(series),
    ...seen,
    agenda: agendaOf(master),
    repInvited: isInvited(master, series.rep),
  };
}

/** What stands of the occurrence that the placed rule starts at `start`, in the series or in its stead. */
export async function seenOccurrence(series: ReadSeries, start: Minute, ask: Ask): Promise<SeenEvent> {
  if (series.master.isCancelled === true) return gone('the whole series is marked as cancelled');
  const standing = standingAt(series, start);
  if (!standing) return gone('the series has no meeting in that week any more');
  const { instance, standIn } = standing;
  if (!instance && !standIn) return gone('the series leaves this date out, and nothing stands in for it');
  const event = instance?.kind === 'exception' ? instance.event : (standIn ?? series.master);
  const isPlain = event === series.master;
  const slot = isPlain ? instance!.slot : slotOf(event);
  const repAnswers = await ask(answerIn(event, series.rep), series.rep, slot);
  // A write that was cut off in the middle left both: an agenda that is taken for lost has it finished.
  const agenda = instance && standIn ? ({ kind: 'lost' } as const) : agendaOf(event);
  const repInvited = isInvited(event, series.rep);
  return { kind: 'stands', version: versionOf(series), slot, agenda, repAnswers, repInvited, own: !isPlain };
}

export async function seenSeparate({ event, tag }: Held, ask: Ask): Promise<SeenEvent> {
  if (event.isCancelled === true) return gone('the event is marked as cancelled');
  const slot = slotOf(event);
  const repAnswers = await ask(answerIn(event, tag.rep), tag.rep, slot);
  return {
    kind: 'stands',
    version: versionOfOne(event),
    slot,
    agenda: agendaOf(event),
    repAnswers,
    repInvited: isInvited(event, tag.rep),
    own: true,
  };
}

export function gone(proof: string): SeenEvent & { kind: 'gone' } {
  return { kind: 'gone', proof };
}
