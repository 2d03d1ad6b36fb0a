import type { DateTimeTimeZone } from '@microsoft/microsoft-graph-types';
import { badRequest } from './answer.ts';
import { instancesOf, startOn } from './mailbox.ts';
import type { Exception, Instance, Item } from './mailbox.ts';
import type { Expanded } from './query.ts';
import type { GraphEvent } from './shapes.ts';
import { placeOf } from './windows-zones.ts';

const NEVER = '0001-01-01T00:00:00Z';
/** Given only to those who name them, in a GET of a series by its id. */
const ON_SELECT = ['cancelledOccurrences', 'exceptionOccurrences'];

/** How times and bodies are wanted, from the Prefer header. */
export interface Preferred {
  readonly zone: string;
  readonly text: boolean;
}

export interface Wanted extends Preferred {
  readonly select: readonly string[] | null;
  readonly expand: Expanded;
  /** A GET of this one event: only then may a series tell of its exceptions. */
  readonly alone: boolean;
}

/** An event as Graph sends it. */
export function render({ item, exception, date, id, start, end }: Instance, wanted: Wanted): GraphEvent {
  const of = exception ?? item;
  const type = date === null ? 'singleInstance' : exception ? 'exception' : 'occurrence';
  const whole: GraphEvent = {
    ...meeting(of, item, wanted),
    id,
    type,
    start: timeAt(item, start, wanted),
    end: timeAt(item, end, wanted),
    ...(date === null
      ? {}
      : {
          seriesMasterId: item.id,
          originalStart: iso(startOn(item, date)),
          recurrence: null,
        }),
  };
  return chosen(whole, item, wanted);
}

/** The series itself: its times are those of its first meeting. */
export function renderMaster(item: Item, wanted: Wanted): GraphEvent {
  if (!item.recurrence) return render(instancesOf(item)[0]!, wanted);
  const whole: GraphEvent = {
    ...meeting(item, item, wanted),
    id: item.id,
    type: 'seriesMaster' as const,
    recurrence: item.recurrence,
    start: timeAt(item, item.start, wanted),
    end: timeAt(item, item.end, wanted),
  };
  const names = wanted.alone ? (wanted.select ?? []) : [];
  if (names.includes('cancelledOccurrences')) {
    whole.cancelledOccurrences = [...item.cancelled].map((date) => `OID.${item.id}.${date}`);
  }
  if (names.includes('exceptionOccurrences') && wanted.expand.exceptions) {
    const plain = { ...wanted, select: null, expand: { properties: [], exceptions: false } };
    whole.exceptionOccurrences = instancesOf(item)
      .filter(({ exception }) => exception)
      .map((instance) => render(instance, plain));
  }
  return chosen(whole, item, wanted);
}

function meeting(of: Item | Exception, item: Item, { text }: Wanted): GraphEvent {
  const isOurs = item.organiser === item.owner;
  return {
    changeKey: of.changeKey,
    subject: of.subject,
    showAs: of.showAs,
    isCancelled: of.isCancelled,
    isAllDay: item.isAllDay,
    isOrganizer: isOurs,
    iCalUId: `040000008200E0${item.key}`,
    hasAttachments: false,
    body: text
      ? {
          contentType: 'text',
          content: of.html.replace(/<[^>]*>/g, ''),
        }
      : {
          contentType: 'html',
          content: of.html,
        },
    bodyPreview: of.html.replace(/<[^>]*>/g, '').slice(0, 255),
    location: {
      displayName: of.location,
      locationType: 'default',
    },
    attendees: of.attendees,
    organizer: {
      emailAddress: {
        address: item.organiser,
        name: item.organiser,
      },
    },
    responseStatus: {
      response: isOurs ? 'organizer' : of.answered,
      time: NEVER,
    },
    originalStartTimeZone: item.zone,
    originalEndTimeZone: item.zone,
    isOnlineMeeting: false,
    seriesMasterId: null,
    recurrence: null,
    transactionId: item.transactionId,
    categories: [],
    createdDateTime: '2026-11-01T08:00:00Z',
    lastModifiedDateTime: '2026-11-01T08:00:00Z',
    sensitivity: 'normal',
    importance: 'normal',
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
  };
}

function chosen(whole: GraphEvent, item: Item, { select, expand }: Wanted): GraphEvent {
  const unknown = select?.find(
    (name) => !(name in whole) && !ON_SELECT.includes(name) && name !== 'originalStart',
  );
  if (unknown)
    throw badRequest(`Could not find a property named '${unknown}' on type 'microsoft.graph.event'.`);
  const kept = Object.entries(whole).filter(([name]) => name === 'id' || !select || select.includes(name));
  const extended = [...item.extended]
    .filter(([id]) => expand.properties.includes(id))
    .map(([id, value]) => ({ id, value }));
  return {
    '@odata.etag': `W/"${whole.changeKey}"`,
    ...Object.fromEntries(kept),
    ...(whole.exceptionOccurrences ? { exceptionOccurrences: whole.exceptionOccurrences } : {}),
    ...(extended.length > 0 ? { singleValueExtendedProperties: extended } : {}),
  } as GraphEvent;
}

// Whole days begin at midnight in whatever zone one asks for.
function timeAt(item: Item, at: number, { zone }: Preferred): DateTimeTimeZone {
  const place = placeOf(zone);
  if (!place) throw badRequest('A valid TimeZone value must be specified.', 'TimeZoneNotSupportedException');
  const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(
    item.isAllDay ? placeOf(item.zone)! : place,
  );
  return {
    dateTime: `${shown.toPlainDateTime().toString({ smallestUnit: 'second' })}.0000000`,
    timeZone: zone,
  };
}

function iso(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: 'second' });
}
