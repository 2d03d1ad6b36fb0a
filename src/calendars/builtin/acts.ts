import type { Minute } from '../../domain/minute.ts';
import type { Side } from '../../domain/person.ts';
import type { ClientAct } from '../calendar-client.ts';
import type { EventDocument } from '../icalendar/document.ts';
import type { Instance } from '../icalendar/exceptions.ts';
import { firstMinute } from '../icalendar/times.ts';
import { decline, declineSeries, deleteFollowing, deleteOccurrence, drag } from './client-edits.ts';

/** The event that a person has before them. */
export interface OpenedEvent {
  readonly document: EventDocument;
  /** Null for an event of its own. */
  readonly instance: Instance | null;
  /** The rep's address. */
  readonly guest: string;
  readonly now: Minute;
}

/** What a client makes of the event: other bytes, nothing, or a plain no. */
export type Edit = 'edited' | 'removed' | { readonly refused: string };

export function actAs(side: Side, act: ClientAct, opened: OpenedEvent): Edit {
  return side === 'manager' ? actAsOrganiser(act, opened) : actAsGuest(act, opened);
}

function actAsOrganiser({ act, to }: ClientAct, { document, instance, now }: OpenedEvent): Edit {
  switch (act) {
    case 'delete':
      if (!instance) return 'removed';
      deleteOccurrence(document, instance, now);
      return 'edited';
    case 'delete-following':
      if (!instance || isFirst(document, instance)) return 'removed';
      deleteFollowing(document, instance, now);
      return 'edited';
    case 'delete-series':
      return 'removed';
    case 'drag':
      if (to === null) return { refused: 'Say where the meeting is dragged to.' };
      drag(document, instance, to, now);
      return 'edited';
    case 'decline':
      return { refused: 'Only a guest can decline a meeting; its organiser deletes or drags it.' };
    default: {
      const forgotten: never = act;
      return forgotten;
    }
  }
}

/** A guest who deletes an invitation declines it: the event itself is the organiser's. */
function actAsGuest({ act }: ClientAct, { document, instance, guest }: OpenedEvent): Edit {
  switch (act) {
    case 'delete':
    case 'decline':
      decline(document, instance, guest);
      return 'edited';
    case 'delete-series':
      declineSeries(document, guest);
      return 'edited';
    case 'delete-following':
      return { refused: 'A guest declines one meeting or the whole series.' };
    case 'drag':
      return { refused: 'Only the organiser can drag a meeting. Move it in Perennial, or decline it.' };
    default: {
      const forgotten: never = act;
      return forgotten;
    }
  }
}

function isFirst({ main }: EventDocument, { start, floating }: Instance): boolean {
  return start <= firstMinute(main.getFirstProperty('dtstart')!, floating);
}
