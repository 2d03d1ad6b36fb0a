import type { Calendar } from '../calendar.ts';
import { IcalendarCalendar } from '../icalendar/icalendar-calendar.ts';
import type { CalendarOwner } from '../icalendar/icalendar-calendar.ts';
import { CaldavResources } from './caldav-resources.ts';
import { DavClient } from './dav-client.ts';
import type { DavDeps } from './dav-client.ts';
import type { CaldavSettings } from './settings.ts';

export interface CaldavDeps extends DavDeps {
  readonly owner: CalendarOwner;
}

/** The chosen calendar of an account. Nothing is asked of the server before the first call. */
export function openCaldav(settings: CaldavSettings, deps: CaldavDeps): Calendar {
  const client = new DavClient(settings.calendarUrl, settings, deps);
  const resources = new CaldavResources(client, settings.calendarUrl);
  return new IcalendarCalendar(resources, deps.owner, () => deps.clock.now());
}
