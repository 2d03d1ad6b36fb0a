import type { SeenEvent } from '../../domain/observation.ts';
import { CalendarError } from '../calendar-error.ts';
import type { OccurrenceEvent, Written } from '../calendar.ts';
import type { Event, GoogleClient } from './google-client.ts';
import { eventId } from './identity.ts';
import { isCancelled, seenEvent } from './read-event.ts';
import { isStatus } from './refusal.ts';
import { newSingle, singleChange } from './write-event.ts';

const NOT_RESTORABLE = [403, 404, 410];
const MOST_ATTEMPTS = 20;

/** Events of their own, each under its tag: one that Google will not bring back is made anew at the next attempt. */
export class Separates {
  constructor(
    private readonly client: GoogleClient,
    private readonly zone: string,
  ) {}

  async seen(tag: string): Promise<SeenEvent> {
    const { event } = await this.latest(tag);
    if (!event) return { kind: 'gone', proof: 'Google knows of no such event' };
    if (isCancelled(event)) return { kind: 'gone', proof: 'the event was deleted' };
    return seenEvent(event, event.etag!, this.zone, true);
  }

  async place(tag: string, event: OccurrenceEvent, version: string | null): Promise<Written> {
    if (version === null) return { version: (await this.create(tag, event)).etag! };
    const { event: current } = await this.latest(tag);
    if (!current || isCancelled(current))
      throw new CalendarError('Conflict', 'The event is not in the calendar any more.');
    const change = singleChange(current, event, this.zone);
    if (!change) return { version };
    if (current.etag !== version) {
      throw new CalendarError('Conflict', 'Somebody changed the event in Google Calendar meanwhile.');
    }
    return { version: (await this.client.patch(current, change.body, change.telling)).etag! };
  }

  async withdraw(tag: string): Promise<void> {
    const { event } = await this.latest(tag);
    if (event && !isCancelled(event)) await this.client.delete(event);
  }

  private async create(tag: string, event: OccurrenceEvent): Promise<Event> {
    try {
      return await this.client.insert(newSingle({ kind: 'separate', tag, attempt: 0 }, event), 'all');
    } catch (error) {
      if (!isStatus(error, 409)) throw error;
    }
    const { event: found, attempt } = await this.latest(tag);
    const change = found && singleChange(found, event, this.zone);
    if (found && !change) return found;
    try {
      if (found && change) return await this.client.patch(found, change.body, change.telling);
    } catch (error) {
      if (!isCancelled(found!) || !isStatus(error, ...NOT_RESTORABLE)) throw error;
    }
    return this.client.insert(newSingle({ kind: 'separate', tag, attempt: attempt + 1 }, event), 'all');
  }

  /** The event of the last attempt that was made, deleted or not. */
  private async latest(tag: string): Promise<{ event: Event | null; attempt: number }> {
    let last: Event | null = null;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const event = await this.client.get(eventId({ kind: 'separate', tag, attempt }));
      if (!event) return { event: last, attempt: attempt - 1 };
      if (!isCancelled(event)) return { event, attempt };
      last = event;
    }
    throw new CalendarError(
      'Gone',
      'Google does not take this meeting back. Somebody has to put it there by hand.',
    );
  }
}
