import type { DAVResponse } from 'tsdav';
import type { Slot } from '../../domain/slot.ts';
import { CalendarError } from '../calendar-error.ts';
import { Resources } from '../icalendar/resources.ts';
import type { Resource, ResourceChanges } from '../icalendar/resources.ts';
import { changesOf } from './changes.ts';
import { Collection } from './collection.ts';
import type { DavClient } from './dav-client.ts';
import { refusalOf } from './refusal.ts';

/** Names per multiget; longer lists are refused by some servers. */
const AT_ONCE = 50;
/** Time ranges are compared in the server's idea of floating time and whole days: ask for a day more. */
const MARGIN = 1440;

/** A CalDAV calendar (RFC 4791). */
export class CaldavResources extends Resources {
  private readonly client: DavClient;
  private readonly collection: Collection;

  constructor(client: DavClient, calendarUrl: string) {
    super();
    this.client = client;
    this.collection = new Collection(client, calendarUrl);
  }

  override async get(name: string): Promise<Resource | null> {
    const response = await this.client.send(this.collection.urlOf(name), { method: 'GET' });
    const ics = await response.text();
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw refusalOf(response.status, ics);
    const etag = strongEtag(response.headers.get('etag'));
    if (etag) return { name, ics, etag, scheduleTag: response.headers.get('schedule-tag') };
    const [resource] = await this.getMany([name]);
    if (!resource) throw new CalendarError('Unreachable', 'The calendar server contradicts itself.');
    return resource;
  }

  override async getMany(names: readonly string[]): Promise<readonly Resource[]> {
    const found: Resource[] = [];
    for (let i = 0; i < names.length; i += AT_ONCE) {
      const hrefs = names.slice(i, i + AT_ONCE).map((name) => new URL(this.collection.urlOf(name)).pathname);
      const body = { 'c:calendar-multiget': { ...NAMESPACES, 'd:prop': DATA, 'd:href': hrefs } };
      found.push(...this.resources(await this.collection.report(body)));
    }
    return found;
  }

  // Servers that cannot search by UID refuse or answer with anything: then an event is found by its name alone.
  override async withUid(uid: string): Promise<readonly Resource[]> {
    const match = { _attributes: { collation: 'i;octet' }, _text: uid };
    const filter = { 'c:prop-filter': { _attributes: { name: 'UID' }, 'c:text-match': match } };
    const responses = await this.collection.reportIfAble(queryFor(filter));
    return this.resources(responses ?? []).filter(({ ics }) => uidLine(ics) === uid);
  }

  override async inWindow({ start, end }: Slot): Promise<readonly Resource[]> {
    const range = { start: stamp(start - MARGIN), end: stamp(end + MARGIN) };
    const filter = { 'c:time-range': { _attributes: range } };
    const responses =
      (await this.collection.reportIfAble(queryFor(filter))) ?? (await this.collection.report(queryFor({})));
    return this.resources(responses);
  }

  override async put(name: string, ics: string, etag: string | null): Promise<string | null> {
    const condition = etag === null ? { 'if-none-match': '*' } : { 'if-match': etag };
    const headers = { 'content-type': 'text/calendar; charset=utf-8', ...condition };
    const response = await this.client.send(this.collection.urlOf(name), {
      method: 'PUT',
      headers,
      body: ics,
    });
    const body = await response.text();
    if (response.ok) return strongEtag(response.headers.get('etag'));
    if (response.status < 412 && UID_TAKEN.test(body)) {
      throw new CalendarError(
        'Gone',
        'The calendar keeps a deleted event of this name and takes no new one.',
        {
          cause: { status: response.status, body: body.slice(0, 500) },
        },
      );
    }
    throw refusalOf(response.status, body);
  }

  override async delete(name: string, etag: string): Promise<void> {
    const url = this.collection.urlOf(name);
    const response = await this.client.send(url, { method: 'DELETE', headers: { 'if-match': etag } });
    const body = await response.text();
    if (!response.ok && response.status !== 404 && response.status !== 410)
      throw refusalOf(response.status, body);
  }

  override changes(cursor: string | null): Promise<ResourceChanges> {
    return changesOf(this.collection, cursor);
  }

  override async probe(): Promise<void> {
    const props = await this.collection.properties({ 'd:resourcetype': {} });
    if (!props['resourcetype'] || !('calendar' in Object(props['resourcetype']))) {
      throw new CalendarError('AccessRevoked', 'There is no calendar at this address any more.');
    }
  }

  private resources(responses: readonly DAVResponse[]): Resource[] {
    return responses.flatMap((response) => {
      const name = this.collection.nameOf(response.href);
      if (name === null || response.status === 404) return [];
      const { calendarData, getetag, scheduleTag } = (response.props ?? {}) as Record<string, unknown>;
      const ics = textOf(calendarData);
      const etag = strongEtag(textOf(getetag));
      if (!response.ok || ics === null || etag === null) {
        throw new CalendarError('Unreachable', 'The calendar server left out an event that it lists.');
      }
      return [{ name, ics, etag, scheduleTag: textOf(scheduleTag) }];
    });
  }
}

// Nextcloud's bin, sabre and others say it in their own words; the precondition is RFC 4791 section 5.3.2.1.
const UID_TAKEN = /no-uid-conflict|uid.{0,20}already exists/i;

const NAMESPACES = { _attributes: { 'xmlns:d': 'DAV:', 'xmlns:c': 'urn:ietf:params:xml:ns:caldav' } };
const DATA = { 'd:getetag': {}, 'c:schedule-tag': {}, 'c:calendar-data': {} };

function queryFor(filter: Record<string, unknown>): Record<string, unknown> {
  const events = { _attributes: { name: 'VEVENT' }, ...filter };
  const calendar = { _attributes: { name: 'VCALENDAR' }, 'c:comp-filter': events };
  return { 'c:calendar-query': { ...NAMESPACES, 'd:prop': DATA, 'c:filter': { 'c:comp-filter': calendar } } };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const cdata = (value as { _cdata?: unknown } | undefined)?._cdata;
  return typeof cdata === 'string' ? cdata : null;
}

// Proxies weaken etags on the way; the server behind them knows the strong one.
function strongEtag(etag: string | null): string | null {
  return etag === null || etag === '' ? null : etag.replace(/^W\//, '');
}

function uidLine(ics: string): string | undefined {
  return /^UID(?:;[^:]*)?:(.*)$/m.exec(ics.replace(/\r?\n[ \t]/g, ''))?.[1]?.trim();
}

function stamp(minute: number): string {
  const iso = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ smallestUnit: 'second' });
  return iso.replace(/[-:]/g, '');
}
