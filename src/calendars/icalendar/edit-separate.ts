import type { Minute } from '../../domain/minute.ts';
import type { OccurrenceEvent } from '../calendar.ts';
import { writeContent } from './content.ts';
import { newDocument, stamp, touch } from './document.ts';
import type { EventDocument } from './document.ts';
import { repairEvent } from './edit-occurrence.ts';
import { writeTime } from './edit-series.ts';
import { formOf, zoneForm } from './form.ts';
import { separateUid } from './identity.ts';

/** A single event of its own, in UTC: it needs no wall clock to keep. */
export function newSeparate(tag: string, event: OccurrenceEvent, now: Minute): EventDocument {
  const document = newDocument(separateUid(tag));
  writeContent(document.main, event, tag);
  writeTime(document, document.main, event.slot, zoneForm('UTC'));
  stamp(document.main, now);
  return document;
}

/** @returns whether anything had to change */
export function repairSeparate(
  document: EventDocument,
  event: OccurrenceEvent,
  now: Minute,
  floating: string,
): boolean {
  const form = formOf(document.main, floating);
  const changed = repairEvent(document, document.main, event, form, floating);
  if (changed) touch(document, document.main, now);
  return changed;
}
