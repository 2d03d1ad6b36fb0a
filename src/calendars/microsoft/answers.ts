import type { Attendee, Event, ScheduleInformation } from '@microsoft/microsoft-graph-types';
import type { RepAnswer } from '../../domain/observation.ts';
import { overlaps } from '../../domain/slot.ts';
import type { Slot } from '../../domain/slot.ts';
import type { EventContent } from '../calendar.ts';
import { CalendarError } from '../calendar-error.ts';
import type { Graph } from './graph.ts';
import { slotOf } from './times.ts';

/** The rep's answer as an event shows it. A tentative one is none; of several guests without a mark none is guessed. */
export function answerIn(event: Event, rep: string): RepAnswer {
  const guests = guestsOf(event);
  const marked = guests.find((guest) => addressOf(guest) === rep.toLowerCase());
  const answer = (marked ?? (guests.length === 1 ? guests[0] : undefined))?.status?.response;
  if (answer === 'declined') return 'declined';
  return answer === 'accepted' ? 'accepted' : 'none';
}

/** Undefined where the event does not say who its guests are. */
export function isInvited({ attendees }: Event, rep: string): boolean | undefined {
  if (!attendees || rep === '') return undefined;
  return attendees.some((guest) => addressOf(guest) === rep.toLowerCase());
}

/** The guests with the rep among them again; nothing to change where nobody asked for that. */
export function guestChange(
  event: Event,
  rep: string,
  { putsRepBack, invitation }: Pick<EventContent, 'putsRepBack' | 'invitation'>,
): Event {
  if (!putsRepBack || isInvited(event, rep) !== false) return {};
  const { name } = invitation.attendee;
  const asked: Attendee = { emailAddress: { name, address: rep }, type: 'required' };
  return { attendees: [...(event.attendees ?? []), asked] };
}

/** Everybody who is invited, for an event that takes another one's place. */
export function guestsOf(event: Event): Attendee[] {
  return (event.attendees ?? []).filter((guest) => guest.status?.response !== 'organizer');
}

/**
 * Exchange declines for people who are out of office, and its answer looks like their own: it was the machine's if
 * their calendar says "out of office" just then. Where that cannot be asked, a decline stays one.
 */
export async function wasAutomatic(graph: Graph, mailbox: string, rep: string, slot: Slot): Promise<boolean> {
  const at = (minute: number) => {
    const dateTime = Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
      .toString()
      .slice(0, 19);
    return { dateTime, timeZone: 'UTC' };
  };
  const body = {
    schedules: [rep],
    startTime: at(slot.start),
    endTime: at(slot.end),
    availabilityViewInterval: 30,
  };
  try {
    const answer = await graph.post<{ value: ScheduleInformation[] }>(
      `/${mailbox}/calendar/getSchedule`,
      body,
    );
    const items = answer.value[0]?.scheduleItems ?? [];
    return items.some((item) => item.status === 'oof' && overlaps(slotOf(item as Event), slot));
  } catch (error) {
    const passing = error instanceof CalendarError && error.trouble === 'RateLimited';
    if (passing || !(error instanceof CalendarError)) throw error;
    return false;
  }
}

function addressOf({ emailAddress }: Attendee): string {
  return (emailAddress?.address ?? '').toLowerCase();
}
