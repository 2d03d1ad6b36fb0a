import { badRequest, Refused } from './answer.ts';
import type { Answer } from './answer.ts';
import { instancesOf } from './mailbox.ts';
import type { Mailbox } from './mailbox.ts';
import { allowOnly } from './query.ts';
import { render, renderMaster } from './render.ts';
import type { Wanted } from './render.ts';

/** Where a round stands: what it began with, how far it got, and which life of the server gave it out. */
interface Token {
  readonly window: readonly [string, string];
  readonly since: number;
  readonly until: number;
  readonly skip: number;
  readonly life: number;
}

/** Changes of a calendar's window, round by round, as v1.0 has them on calendarView alone. */
export class Delta {
  /** Tokens of an earlier life are not known any more. */
  life = 1;
  /** How many entries a page holds, whatever was preferred. */
  pageSize = 50;

  constructor(
    private readonly mailbox: Mailbox,
    private readonly root: string,
  ) {}

  answer(calendar: string, query: URLSearchParams, wanted: Wanted): Answer {
    allowOnly(query, 'startDateTime', 'endDateTime', '$deltatoken', '$skiptoken');
    const token = this.tokenOf(query);
    if (token.life !== this.life)
      throw new Refused(410, 'syncStateNotFound', 'The sync state generation is not found; sync again.');
    const entries = this.entries(calendar, token, wanted);
    const page = entries.slice(token.skip, token.skip + this.pageSize);
    const more = entries.length > token.skip + this.pageSize;
    const next = more
      ? {
          '@odata.nextLink': this.link(calendar, '$skiptoken', {
            ...token,
            skip: token.skip + this.pageSize,
          }),
        }
      : { '@odata.deltaLink': this.link(calendar, '$deltatoken', { ...token, since: token.until, skip: 0 }) };
    return { status: 200, body: { value: page, ...next } };
  }

  private tokenOf(query: URLSearchParams): Token {
    const until = this.mailbox.journal.length;
    const skip = query.get('$skiptoken');
    const delta = query.get('$deltatoken');
    const given = skip ?? delta;
    if (given !== null) {
      if (query.size > 1) throw badRequest('a token stands alone');
      const token = JSON.parse(Buffer.from(given, 'base64url').toString()) as Token;
      return skip ? token : { ...token, until };
    }
    const [start, end] = [query.get('startDateTime'), query.get('endDateTime')];
    if (!start || !end) throw badRequest('startDateTime and endDateTime are required');
    return { window: [start, end], since: -1, until, skip: 0, life: this.life };
  }

  private entries(calendar: string, { window, since, until }: Token, wanted: Wanted): object[] {
    const [from, to] = window.map((iso) => Temporal.Instant.from(iso).epochMilliseconds) as [number, number];
    const { items, journal } = this.mailbox;
    const changed = since < 0 ? [...items.keys()] : journal.slice(since, until);
    return [...new Set(changed)].flatMap((id): object[] => {
      const item = items.get(id);
      const here = (item?.calendar === calendar ? instancesOf(item) : []).filter(
        ({ start, end }) => start < to && end > from,
      );
      // Gone, and changed somewhere outside of the window, look the same.
      if (here.length === 0) return since < 0 ? [] : [{ id, '@removed': { reason: 'deleted' } }];
      const instances = here.map((instance) => render(instance, wanted));
      return item!.recurrence ? [renderMaster(item!, wanted), ...instances] : instances;
    });
  }

  private link(calendar: string, name: string, token: Token): string {
    const text = Buffer.from(JSON.stringify(token)).toString('base64url');
    return `${this.root}/calendars/${calendar}/calendarView/delta?${name}=${text}`;
  }
}
