import type { SeenEvent, SeenSeries } from '../../domain/observation.ts';
import type { Minute } from '../../domain/minute.ts';
import { slotAt } from '../../domain/slot.ts';
import { agendaOf, isRepInvited, repAnswerOf } from './content.ts';
import { isCancelled } from './document.ts';
import type { EventDocument } from './document.ts';
import { instanceOf, isExcluded, overrideAt, slotOf } from './exceptions.ts';
import type { Instance, Surroundings } from './exceptions.ts';
import type { SeenRule } from './rule.ts';

/** A series' resource as read, with what its own rule says. */
export interface ReadSeries extends Surroundings {
  readonly document: EventDocument;
  readonly version: string;
  readonly seen: SeenRule;
  /** The zone of times that name none. */
  readonly floating: string;
}

export function seenSeries({ document, version, seen }: ReadSeries): SeenSeries {
  if (isCancelled(document.main)) return { kind: 'gone', proof: 'the event is marked as cancelled' };
  return {
    kind: 'stands',
    version,
    ...seen,
    agenda: agendaOf(document.main),
    repInvited: isRepInvited(document.main, document.main),
  };
}

/** What stands of the occurrence that the placed rule starts at `start`. */
export function seenOccurrence(series: ReadSeries, start: Minute): SeenEvent {
  const { document, seen, floating } = series;
  if (isCancelled(document.main)) return gone('the whole series is marked as cancelled');
  const instance = instanceOf(document, seen, start, floating, series);
  if (!instance) return gone('the series has no meeting in that week any more');
  if (isExcluded(document, instance)) return gone('the series leaves this date out');
  const override = overrideAt(document, instance);
  if (override) {
    if (isCancelled(override)) return gone('this date is marked as cancelled');
    return { ...standing(series, override), slot: slotOf(override, floating), own: true };
  }
  if (seen.endsBefore !== null && instance.start >= seen.endsBefore) return gone('the series ends before it');
  return { ...standing(series, document.main), slot: plainSlot(instance), own: false };
}

/** What stands of a separate event. */
export function seenSeparate(document: EventDocument, version: string, floating: string): SeenEvent {
  const { main } = document;
  if (isCancelled(main)) return gone('the event is marked as cancelled');
  const slot = slotOf(main, floating);
  return {
    kind: 'stands',
    version,
    slot,
    agenda: agendaOf(main),
    repAnswers: repAnswerOf(main, main),
    repInvited: isRepInvited(main, main),
    own: true,
  };
}

function standing(series: ReadSeries, component: EventDocument['main']) {
  const { document, version } = series;
  const repAnswers = repAnswerOf(component, document.main);
  const repInvited = isRepInvited(component, document.main);
  return { kind: 'stands', version, agenda: agendaOf(component), repAnswers, repInvited } as const;
}

function plainSlot(instance: Instance) {
  return slotAt(instance.start, instance.minutes);
}

function gone(proof: string): SeenEvent {
  return { kind: 'gone', proof };
}
