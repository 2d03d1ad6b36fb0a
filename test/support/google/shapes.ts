import type { calendar_v3 } from '@googleapis/calendar';

/** What goes over the wire, as the pinned client types it. `schemas.json` is made from this file. */
export interface Shapes {
  readonly event: calendar_v3.Schema$Event;
  readonly events: calendar_v3.Schema$Events;
  readonly channel: calendar_v3.Schema$Channel;
  readonly freeBusyRequest: calendar_v3.Schema$FreeBusyRequest;
  readonly freeBusy: calendar_v3.Schema$FreeBusyResponse;
}
