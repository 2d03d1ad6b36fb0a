import { minuteToIso } from '../../domain/minute.ts';
import type { Busy } from '../../domain/person.ts';
import type { Slot } from '../../domain/slot.ts';
import { packBusy } from '../../domain/stretches.ts';
import type { Event, GoogleClient } from './google-client.ts';
import { whose } from './identity.ts';
import { isCancelled, minuteOf, slotOf } from './read-event.ts';
import { isStatus } from './refusal.ts';

/** Events of our own that the asker is about to place anew. */
export interface Except {
  readonly series: string | null;
  readonly tags: readonly string[];
}

const FIELDS =
  'items(id,recurringEventId,status,start,end,transparency,eventType,attendees),nextPageToken,nextSyncToken';

/** Free/busy knows no events, so our own could not be left out: it is only asked where events may not be read. */
export async function busyOf(
  client: GoogleClient,
  owner: { readonly zone: string; readonly emails: readonly string[] },
  window: Slot,
  except: Except,
): Promise<Busy> {
  const [timeMin, timeMax] = [minuteToIso(window.start), minuteToIso(window.end)];
  try {
    const events = await client.list({ timeMin, timeMax, singleEvents: true, fields: FIELDS });
    const busy = events.filter((event) => keepsBusy(event, owner.emails) && !isExcepted(event, except));
    return packBusy(busy.map((event) => slotOf(event, owner.zone)));
  } catch (error) {
    if (!isStatus(error, 403) || isLimit(error)) throw error;
    const busy = await client.freeBusy(timeMin, timeMax);
    return packBusy(busy.map((period) => ({ start: instant(period.start), end: instant(period.end) })));
  }
}

function keepsBusy(event: Event, emails: readonly string[]): boolean {
  if (isCancelled(event) || event.transparency === 'transparent' || event.eventType === 'workingLocation')
    return false;
  const own = emails.map((email) => email.toLowerCase());
  const mine = event.attendees?.filter(({ self, email }) => self || own.includes(email?.toLowerCase() ?? ''));
  return !mine?.some(({ responseStatus }) => responseStatus === 'declined');
}

function isExcepted({ id, recurringEventId }: Event, except: Except): boolean {
  const identity = whose(recurringEventId ?? id!);
  if (!identity) return false;
  return identity.kind === 'separate'
    ? except.tags.includes(identity.tag)
    : identity.series === except.series;
}

function isLimit(error: unknown): boolean {
  return (error as { trouble?: string }).trouble === 'RateLimited';
}

function instant(time: string | null | undefined): number {
  return minuteOf({ dateTime: time ?? null }, 'UTC');
}
