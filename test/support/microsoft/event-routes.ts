import { badRequest, notFound, Refused } from './answer.ts';
import type { Answer, Asked } from './answer.ts';
import { EventsApi } from './events-api.ts';
import type { GraphFake } from './graph-fake.ts';
import { instancesOf } from './mailbox.ts';
import type { Mailbox } from './mailbox.ts';
import { allowOnly, expandedBy, filterOf, selected } from './query.ts';
import { render, renderMaster } from './render.ts';
import type { Wanted } from './render.ts';

const MAILS_PER_MINUTE = 30;

/** A request that was let through to a mailbox; `path` is what follows the mailbox. */
export interface Reached {
  readonly mailbox: Mailbox;
  readonly path: readonly string[];
  readonly asked: Asked;
}

/** Calendars and events as routes: which there are, what they take, and how they answer. */
export class EventRoutes {
  constructor(private readonly fake: GraphFake) {}

  calendars(reached: Reached): Answer {
    const { asked, mailbox, path } = reached;
    const [id, view, delta] = path[0] === 'calendar' ? ['primary', path[1], path[2]] : path.slice(1);
    const shown = (name: string) => ({
      id: name,
      name: mailbox.calendars.get(name),
      canEdit: true,
      isDefaultCalendar: name === 'primary',
      owner: { name: mailbox.email, address: mailbox.email },
    });
    if (id === undefined) return ok({ value: [...mailbox.calendars.keys()].map(shown) });
    if (!mailbox.calendars.has(id)) throw notFound();
    if (view === undefined) return ok(shown(id));
    if (view === 'events' && delta === undefined)
      return asked.method === 'POST' ? this.create(reached, id) : this.list(reached, id);
    if (view === 'calendarView' && delta === 'delta')
      return this.fake.deltaOf(mailbox.email).answer(id, asked.url.searchParams, this.wanted(asked, false));
    if (view === 'calendarView' && delta === undefined) return this.view(reached, id);
    throw badRequest(`Resource not found for the segment '${view}'.`);
  }

  private create({ mailbox, asked }: Reached, calendar: string): Answer {
    this.checkMails(mailbox);
    const { item, mails } = new EventsApi(mailbox).create(calendar, asked.body);
    this.wrote(mailbox, mails);
    return { status: 201, body: renderMaster(item, this.wanted(asked, false)) };
  }

  private list({ mailbox, asked }: Reached, calendar: string): Answer {
    const query = asked.url.searchParams;
    allowOnly(query, '$select', '$filter', '$expand', '$top', '$skip');
    const filter = filterOf(query);
    const found = [...mailbox.items.values()].filter(
      (item) => item.calendar === calendar && (!filter || item.extended.get(filter.id) === filter.value),
    );
    return this.paged(
      asked,
      found.map((item) => renderMaster(item, this.wanted(asked, false))),
    );
  }

  private view({ mailbox, asked }: Reached, calendar: string): Answer {
    const query = asked.url.searchParams;
    allowOnly(query, 'startDateTime', 'endDateTime', '$select', '$top', '$skip', '$orderby');
    const [from, until] = ['startDateTime', 'endDateTime'].map((name) => Date.parse(query.get(name) ?? ''));
    if (!(from! < until!))
      throw badRequest('startDateTime and endDateTime are required', 'ErrorInvalidParameter');
    const wanted = this.wanted(asked, false);
    return this.paged(
      asked,
      mailbox.view(calendar, from!, until!).map((one) => render(one, wanted)),
    );
  }

  private paged(asked: Asked, all: readonly object[]): Answer {
    const { searchParams } = asked.url;
    const [skip, top] = [Number(searchParams.get('$skip') ?? 0), Number(searchParams.get('$top') ?? 10)];
    const value = this.fake.showsNothing ? [] : all.slice(skip, skip + Math.min(top, 1000));
    if (skip + top >= all.length || this.fake.showsNothing) return ok({ value });
    const next = new URL(asked.url);
    next.searchParams.set('$skip', String(skip + top));
    return ok({ value, '@odata.nextLink': next.href });
  }

  event(reached: Reached, id: string, what: string | undefined): Answer {
    const { mailbox, asked } = reached;
    const events = new EventsApi(mailbox);
    if (what === 'instances' && asked.method === 'GET') return this.instances(reached, id);
    const binned = this.fake.answersForDeleted && mailbox.deleted.find((item) => item.id === id);
    if (binned && asked.method === 'GET')
      return ok(
        what === 'calendar' ? { id: 'deleted-items' } : renderMaster(binned, this.wanted(asked, true)),
      );
    if (what === 'calendar' && asked.method === 'GET') return ok({ id: events.find(id).item.calendar });
    if (what !== undefined) throw badRequest(`Resource not found for the segment '${what}'.`);
    const { item, instance } = events.find(id);
    if (asked.method === 'GET') {
      allowOnly(asked.url.searchParams, '$select', '$expand');
      const wanted = this.wanted(asked, true);
      return ok(instance ? render(instance, wanted) : renderMaster(item, wanted));
    }
    this.checkMatch(asked, instance?.exception?.changeKey ?? item.changeKey);
    this.checkMails(mailbox);
    if (asked.method === 'DELETE') {
      this.wrote(mailbox, events.remove(id).mails);
      return { status: 204 };
    }
    if (asked.method !== 'PATCH') throw new Refused(405, 'Request_BadRequest', 'no such method');
    this.wrote(mailbox, events.change(id, asked.body).mails);
    const after = events.find(id);
    const wanted = this.wanted(asked, false);
    return ok(after.instance ? render(after.instance, wanted) : renderMaster(after.item, wanted));
  }

  private instances({ mailbox, asked }: Reached, id: string): Answer {
    const query = asked.url.searchParams;
    allowOnly(query, 'startDateTime', 'endDateTime', '$select', '$top', '$skip');
    const [from, until] = ['startDateTime', 'endDateTime'].map((name) => Date.parse(query.get(name) ?? ''));
    const { item } = new EventsApi(mailbox).find(id);
    if (!item.recurrence) throw badRequest('The event is not a series.', 'ErrorInvalidRequest');
    const found = instancesOf(item).filter(({ start, end }) => start < until! && end > from!);
    const wanted = this.wanted(asked, false);
    return this.paged(
      asked,
      found.map((one) => render(one, wanted)),
    );
  }

  private wanted({ headers, url }: Asked, alone: boolean): Wanted {
    const prefer = headers.get('prefer') ?? '';
    const zone = /outlook\.timezone="([^"]+)"/.exec(prefer)?.[1] ?? 'UTC';
    const text = prefer.includes('outlook.body-content-type="text"');
    const query = url.searchParams;
    return { zone, text, select: selected(query), expand: expandedBy(query), alone };
  }

  private checkMatch({ headers }: Asked, changeKey: string): void {
    const wanted = headers.get('if-match');
    if (wanted === null || wanted === `W/"${changeKey}"`) return;
    if (this.fake.checksEtags)
      throw new Refused(412, 'ErrorIrresolvableConflict', 'The change key does not match the current one.');
    this.fake.overwritten.push('event');
  }

  private checkMails({ mails }: Mailbox): void {
    const lately = mails.filter((at) => at > this.fake.now() - 60_000);
    if (lately.length > MAILS_PER_MINUTE)
      throw new Refused(429, 'ErrorExceededMessageLimit', 'too many messages', { 'Retry-After': '60' });
  }

  private wrote({ mails }: Mailbox, count: number): void {
    this.fake.writes++;
    for (let i = 0; i < count; i++) mails.push(this.fake.now());
  }

  /** Whatever leaves is held against the types as well. */
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}
