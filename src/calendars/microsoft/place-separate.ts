import type { Event } from '@microsoft/microsoft-graph-types';
import { sameSlot } from '../../domain/slot.ts';
import { CalendarError } from '../calendar-error.ts';
import type { OccurrenceEvent, Written } from '../calendar.ts';
import { newBody } from './body.ts';
import type { Held, Holdings } from './holdings.ts';
import { agendaChange } from './place-occurrence.ts';
import { versionOfOne } from './series.ts';
import { slotOf, slotTimes } from './times.ts';

/** Separate events: a recovery beside the series. */
export class PlaceSeparate {
  constructor(
    private readonly holdings: Holdings,
    private readonly zone: string,
  ) {}

  async place(tag: string, wanted: OccurrenceEvent, version: string | null): Promise<Written> {
    const held = await this.find(tag);
    if (held) return this.repair(held.event, wanted, version);
    if (version !== null) throw new CalendarError('Conflict', 'The event is not in the calendar any more.');
    const { attendee } = wanted.invitation;
    const made = await this.holdings.create({ kind: 'separate', tag, rep: attendee.email }, wanted.slot, {
      ...slotTimes(wanted.slot, this.zone),
      subject: wanted.title,
      body: { contentType: 'html', content: newBody(wanted.block.html) },
      location: { displayName: wanted.url },
      attendees: [{ emailAddress: { name: attendee.name, address: attendee.email }, type: 'required' }],
      responseRequested: true,
    });
    return { version: versionOfOne(made.event) };
  }

  async withdraw(tag: string): Promise<void> {
    const held = await this.find(tag);
    if (held) await this.holdings.remove(held.event);
  }

  private async repair(event: Event, wanted: OccurrenceEvent, version: string | null): Promise<Written> {
    const changes = {
      ...(sameSlot(slotOf(event), wanted.slot) ? {} : slotTimes(wanted.slot, this.zone)),
      ...agendaChange(event, wanted),
    };
    if (Object.keys(changes).length === 0) return { version: versionOfOne(event) };
    if (version !== null && version !== versionOfOne(event)) {
      throw new CalendarError('Conflict', 'Somebody changed the event in the calendar meanwhile.');
    }
    return { version: versionOfOne(await this.holdings.change(event, changes)) };
  }

  private async find(tag: string): Promise<Held | null> {
    return this.holdings.only(await this.holdings.ofSeries(tag.split('/')[0]!), {
      kind: 'separate',
      tag,
      rep: '',
    });
  }
}
