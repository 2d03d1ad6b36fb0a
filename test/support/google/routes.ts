import { notFound } from './refusal.ts';
import type { Shapes } from './shapes.ts';

export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly calendar: boolean;
  readonly writes: boolean;
  readonly params: readonly string[];
  /** Any of these opens it, without their common beginning. */
  readonly scopes: readonly string[];
  readonly takes: keyof Shapes | null;
  readonly gives: keyof Shapes | null;
}

const OF_ALL = 'alt fields key prettyPrint quotaUser';
const WRITERS = ['calendar', 'calendar.events', 'calendar.events.owned'];
const READERS = [
  ...WRITERS,
  'calendar.readonly',
  'calendar.events.readonly',
  'calendar.events.owned.readonly',
];
const BUSY = ['calendar', 'calendar.readonly', 'calendar.freebusy', 'calendar.events.freebusy'];
const LIST =
  'alwaysIncludeEmail eventTypes iCalUID maxAttendees maxResults orderBy pageToken privateExtendedProperty q ' +
  'sharedExtendedProperty showDeleted showHiddenInvitations singleEvents syncToken timeMax timeMin timeZone updatedMin';
const WRITE = 'conferenceDataVersion maxAttendees sendUpdates supportsAttachments';
const EVENTS = '/calendar/v3/calendars/([^/]+)/events';

const ROUTES: readonly Route[] = [
  route('events.insert', 'POST', EVENTS, WRITE, WRITERS, 'event', 'event'),
  route(
    'events.patch',
    'PATCH',
    `${EVENTS}/([^/]+)`,
    `${WRITE} alwaysIncludeEmail`,
    WRITERS,
    'event',
    'event',
  ),
  route('events.delete', 'DELETE', `${EVENTS}/([^/]+)`, 'sendUpdates', WRITERS, null, null),
  route('events.watch', 'POST', `${EVENTS}/watch`, LIST, READERS, 'channel', 'channel'),
  route('events.list', 'GET', EVENTS, LIST, READERS, null, 'events'),
  route(
    'events.get',
    'GET',
    `${EVENTS}/([^/]+)`,
    'alwaysIncludeEmail maxAttendees timeZone',
    READERS,
    null,
    'event',
  ),
  route(
    'events.instances',
    'GET',
    `${EVENTS}/([^/]+)/instances`,
    'alwaysIncludeEmail maxAttendees maxResults originalStart pageToken showDeleted timeMax timeMin timeZone',
    READERS,
    null,
    'events',
  ),
  route('channels.stop', 'POST', '/calendar/v3/channels/stop', '', READERS, 'channel', null),
  route('freebusy.query', 'POST', '/calendar/v3/freeBusy', '', BUSY, 'freeBusyRequest', 'freeBusy'),
];

/** @returns the route with the parts of its path @throws Refusal where there is none */
export function routeOf(method: string, path: string): [Route, string[]] {
  for (const known of ROUTES) {
    const found = known.method === method ? known.path.exec(path) : null;
    if (found) return [known, found.slice(1).map(decodeURIComponent)];
  }
  throw notFound();
}

function route(
  name: string,
  method: string,
  path: string,
  params: string,
  scopes: readonly string[],
  takes: keyof Shapes | null,
  gives: keyof Shapes | null,
): Route {
  return {
    name,
    method,
    path: new RegExp(`^${path}$`),
    calendar: path.startsWith(EVENTS),
    writes: /insert|patch|delete/.test(name),
    params: `${OF_ALL} ${params}`.split(' '),
    scopes,
    takes,
    gives,
  };
}
