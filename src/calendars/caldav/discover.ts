import type { DAVResponse } from 'tsdav';
import { CalendarError } from '../calendar-error.ts';
import type { CheckedCalendar, FoundCalendar } from '../calendar-server.ts';
import { PROPERTY_NAMESPACES, whole } from './collection.ts';
import { DavClient } from './dav-client.ts';
import type { DavDeps } from './dav-client.ts';
import { refusalOf } from './refusal.ts';
import type { CaldavLogin, CaldavSettings } from './settings.ts';

type Properties = Record<string, unknown>;

/**
 * All calendars for events that a login can reach, from any address of the server (RFC 6764).
 * @throws CalendarError with a sentence for the person who typed the address
 */
export async function discoverCalendars(
  login: CaldavLogin,
  deps: DavDeps,
): Promise<readonly FoundCalendar[]> {
  const client = new DavClient(login.url, login, deps);
  const home = await homeOf(client, login.url);
  const atHome = home ? await calendarsIn(clientFor(home, login, client, deps), home) : [];
  const here = atHome.length > 0 ? [] : await calendarsIn(client, login.url, '0');
  const found = [...atHome, ...here];
  if (found.length > 0) return found;
  throw new CalendarError('Gone', 'There is no CalDAV calendar at this address.');
}

/**
 * Checks that the chosen calendar is there and can be written.
 * @throws CalendarError with a sentence for its owner
 */
export async function checkCalendar(settings: CaldavSettings, deps: DavDeps): Promise<CheckedCalendar> {
  const client = new DavClient(settings.calendarUrl, settings, deps);
  const [found] = await calendarsIn(client, settings.calendarUrl, '0');
  if (!found) throw new CalendarError('Gone', 'There is no calendar for events at this address.');
  if (found.writable) return { ...found, invites: await invitesByItself(client, settings.calendarUrl) };
  throw new CalendarError('AccessRevoked', `The calendar “${found.name}” is read-only for this user.`);
}

// RFC 6638 section 2. A server that does not say is trusted to invite: nobody should be invited twice.
async function invitesByItself(client: DavClient, url: string): Promise<boolean> {
  const { ok, headers } = await client.send(url, { method: 'OPTIONS' });
  const abilities = headers
    .get('dav')
    ?.toLowerCase()
    .split(/[\s,]+/);
  return !ok || !abilities || abilities.includes('calendar-auto-schedule');
}

// The address itself, the well-known one, the server's front door: whichever names a principal first.
async function homeOf(client: DavClient, url: string): Promise<string | null> {
  for (const start of [url, `${client.origin}/.well-known/caldav`, `${client.origin}/`]) {
    const props = await propertiesOf(client, start);
    const home = hrefIn(props?.['calendarHomeSet']);
    if (home) return new URL(home, start).href;
    const principal = hrefIn(props?.['currentUserPrincipal']);
    if (!principal) continue;
    const address = new URL(principal, start).href;
    const ofPrincipal = hrefIn((await propertiesOf(client, address))?.['calendarHomeSet']);
    if (ofPrincipal) return new URL(ofPrincipal, address).href;
  }
  return null;
}

// iCloud keeps each person's calendars on a server of its own, beside the one that is asked (never by redirect).
function clientFor(home: string, login: CaldavLogin, client: DavClient, deps: DavDeps): DavClient {
  const { origin, hostname, protocol } = new URL(home);
  if (origin === client.origin) return client;
  const parent = new URL(client.origin).hostname.split('.').slice(1).join('.');
  if (protocol === 'https:' && parent.includes('.') && hostname.endsWith(`.${parent}`)) {
    return new DavClient(home, login, deps);
  }
  const message = `The calendars of this user are at ${origin}. If that is right, connect with that address.`;
  throw new CalendarError('Unreachable', message);
}

async function calendarsIn(client: DavClient, url: string, depth: '0' | '1' = '1'): Promise<FoundCalendar[]> {
  const responses = await ask(client, url, depth);
  return (responses ?? []).flatMap((response) => {
    const props: Properties = response.props ?? {};
    if (!('calendar' in Object(props['resourcetype'] ?? {})) || !takesEvents(props)) return [];
    const address = new URL(response.href ?? url, url).href;
    return [{ url: address, name: nameIn(props, address), writable: isWritable(props) }];
  });
}

async function propertiesOf(client: DavClient, url: string): Promise<Properties | null> {
  const responses = await ask(client, url, '0');
  return responses?.[0]?.props ?? null;
}

/** Null where nothing at this address speaks WebDAV. */
async function ask(client: DavClient, url: string, depth: '0' | '1'): Promise<DAVResponse[] | null> {
  const wanted = Object.fromEntries(WANTED.map((name) => [name, {}]));
  const body = { 'd:propfind': { ...PROPERTY_NAMESPACES, 'd:prop': wanted } };
  const responses = await client.query({ method: 'PROPFIND', url, depth, namespace: 'd', body });
  const refused = whole(responses);
  if (refused?.status === 403) throw refusalOf(403, String(refused.raw));
  return refused ? null : responses;
}

const WANTED = [
  'd:resourcetype',
  'd:displayname',
  'd:current-user-principal',
  'd:current-user-privilege-set',
  'c:calendar-home-set',
  'c:supported-calendar-component-set',
];

function takesEvents(props: Properties): boolean {
  const set = props['supportedCalendarComponentSet'] as { comp?: unknown } | undefined;
  if (!set?.comp) return true;
  return listOf(set.comp).some(
    (comp) => (comp as { _attributes?: { name?: string } })._attributes?.name?.toUpperCase() === 'VEVENT',
  );
}

// A server without access control says nothing of privileges: a write will tell.
function isWritable(props: Properties): boolean {
  const set = props['currentUserPrivilegeSet'] as { privilege?: unknown } | undefined;
  if (!set?.privilege) return true;
  const names = listOf(set.privilege).flatMap((privilege) => Object.keys(Object(privilege)));
  return ['all', 'write', 'writeContent'].some((name) => names.includes(name));
}

function nameIn(props: Properties, url: string): string {
  const name = props['displayname'];
  if (typeof name === 'string' || typeof name === 'number') return String(name);
  return decodeURIComponent(new URL(url).pathname.split('/').findLast((part) => part !== '') ?? url);
}

function hrefIn(value: unknown): string | null {
  const href = listOf((value as { href?: unknown } | undefined)?.href)[0];
  return typeof href === 'string' ? href : null;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
