import { badRequest, Refused } from './answer.ts';
import type { Answer, Asked } from './answer.ts';
import { Delta } from './delta.ts';
import { Entra } from './entra.ts';
import { EventRoutes, ok } from './event-routes.ts';
import type { Reached } from './event-routes.ts';
import { wrongWith } from './held.ts';
import { Mailbox } from './mailbox.ts';
import { scheduleOf } from './schedule.ts';
import { Subscriptions } from './subscriptions.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const AT_ONCE = 4;

/** Microsoft Graph as far as calendars go, in memory: what it refuses matters as much as what it does. */
export class GraphFake {
  readonly entra: Entra;
  readonly subscriptions: Subscriptions;
  readonly mailboxes = new Map<string, Mailbox>();
  /** `GET /me/events/…`, in order. */
  readonly log: string[] = [];
  /** Answers every list with 200 and nothing in it. */
  showsNothing = false;
  /** What is answered in place of anything else, as long as it stands here. */
  refuses: { readonly on: 'read' | 'write' | 'any' | 'DELETE'; readonly with: Refused } | null = null;
  /** Immutable ids go on leading to an event once it is in Deleted Items. */
  answersForDeleted = false;
  /** Off only to show that the tests see it: writes go over whatever happened since they were thought of. */
  checksEtags = true;
  overwritten: string[] = [];
  writes = 0;
  private readonly events = new EventRoutes(this);
  readonly #deltas = new Map<string, Delta>();
  readonly #under = new Map<string, number>();

  constructor(readonly now: () => number) {
    this.entra = new Entra(now);
    this.subscriptions = new Subscriptions(now, async () => ({ status: 404, type: '', text: '' }));
  }

  addMailbox(email: string): Mailbox {
    const mailbox = new Mailbox(email, this.now);
    this.mailboxes.set(email, mailbox);
    this.#deltas.set(email, new Delta(mailbox, `${GRAPH}/me`));
    return mailbox;
  }

  deltaOf(email: string): Delta {
    return this.#deltas.get(email)!;
  }

  async handle(asked: Asked): Promise<Answer> {
    this.log.push(`${asked.method} ${asked.url.pathname.replace('/v1.0', '')}`);
    try {
      this.refuse(asked);
      const answer = await this.route(asked);
      return this.held(answer);
    } catch (error) {
      if (error instanceof Refused) return error.answer();
      throw error;
    }
  }

  /** The token endpoint of any tenant. */
  signIn(url: URL, form: string): Answer {
    this.log.push(`POST ${url.pathname}`);
    if (!url.pathname.endsWith('/oauth2/v2.0/token')) return { status: 404, body: {} };
    return this.entra.token(new URLSearchParams(form));
  }

  private refuse({ method }: Asked): void {
    const kind = method === 'GET' ? 'read' : 'write';
    const { on, with: refused } = this.refuses ?? {};
    if (refused && (on === 'any' || on === kind || on === method)) throw refused;
  }

  private async route(asked: Asked): Promise<Answer> {
    const { url } = asked;
    if (!url.pathname.startsWith('/v1.0/')) throw badRequest('no such version');
    const [first, ...rest] = url.pathname.slice('/v1.0/'.length).split('/').map(decodeURIComponent);
    if (first === 'subscriptions') return this.subscribe(asked, rest[0]);
    const path = first === 'users' ? rest.slice(1) : rest;
    if (first !== 'me' && first !== 'users')
      throw badRequest(`Resource not found for the segment '${first}'.`);
    const mailbox = this.reach(asked, first === 'users' ? rest[0]! : null);
    return this.counted(mailbox.email, async () => this.answer({ mailbox, path, asked }));
  }

  /** The mailbox that a token may reach. */
  private reach({ headers }: Asked, segment: string | null): Mailbox {
    const named = segment?.replace(/^oid-/, '') ?? null;
    const token = this.entra.accessTokens.get(headers.get('authorization')?.replace(/^Bearer /, '') ?? '');
    if (!token || token.expiresAt <= this.now())
      throw new Refused(
        401,
        'InvalidAuthenticationToken',
        'Lifetime validation failed, the token is expired.',
      );
    if (token.email === null && named === null)
      throw badRequest('/me request is only valid with delegated authentication flow.');
    if (token.email !== null && named !== null && named !== token.email)
      throw new Refused(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    const mailbox = this.mailboxes.get(token.email ?? named!);
    if (!mailbox)
      throw new Refused(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is inactive or on-premise.');
    return mailbox;
  }

  private async counted(email: string, work: () => Promise<Answer>): Promise<Answer> {
    const under = (this.#under.get(email) ?? 0) + 1;
    this.#under.set(email, under);
    try {
      if (under > AT_ONCE)
        throw new Refused(429, 'ApplicationThrottled', 'over its MailboxConcurrency limit.', {
          'Retry-After': '7',
        });
      return await work();
    } finally {
      this.#under.set(email, this.#under.get(email)! - 1);
    }
  }

  private answer(reached: Reached): Answer {
    const { path, asked, mailbox } = reached;
    if (path.length === 0 && asked.method === 'GET')
      return ok({
        id: `oid-${mailbox.email}`,
        mail: mailbox.email,
        userPrincipalName: mailbox.email,
        displayName: mailbox.email,
      });
    if (!asked.headers.get('prefer')?.includes('IdType="ImmutableId"'))
      throw badRequest('Ask for immutable ids each time: others change when an event moves.');
    const [head, second, third, ...more] = path;
    if (head === 'calendar' && second === 'getSchedule') return this.schedule(reached);
    if (head === 'calendar' || head === 'calendars') return this.events.calendars(reached);
    if (head === 'events' && second && more.length === 0) return this.events.event(reached, second, third);
    throw badRequest(`Resource not found for the segment '${head}'.`);
  }

  private schedule({ asked, mailbox }: Reached): Answer {
    if (asked.method !== 'POST') throw new Refused(405, 'Request_BadRequest', 'POST alone.');
    return ok({ value: scheduleOf(asked.body, this.mailboxes, mailbox) });
  }

  private async subscribe(asked: Asked, id: string | undefined): Promise<Answer> {
    const known = id === undefined ? null : (this.subscriptions.all.get(id)?.mailbox ?? null);
    const mailbox = this.reach(asked, resourceOwner(asked.body) ?? known);
    if (asked.method === 'POST' && id === undefined) {
      if (!asked.headers.get('prefer')?.includes('IdType="ImmutableId"'))
        throw badRequest('Subscriptions without immutable ids speak of other ids than events do.');
      return { status: 201, body: withoutOwner(await this.subscriptions.create(asked.body, mailbox.email)) };
    }
    if (id === undefined) throw badRequest('no such subscription');
    if (asked.method === 'PATCH') return ok(withoutOwner(this.subscriptions.renew(id, asked.body)));
    if (asked.method !== 'DELETE') throw new Refused(405, 'Request_BadRequest', 'no such method');
    this.subscriptions.remove(id);
    return { status: 204 };
  }

  private held(answer: Answer): Answer {
    const body = answer.body as { value?: unknown[]; changeKey?: string } | undefined;
    const events = (Array.isArray(body?.value) ? body.value : [body]).filter(
      (one) => typeof one === 'object' && one !== null && 'changeKey' in one,
    );
    for (const event of events) {
      const wrong = wrongWith('event', event);
      if (wrong) throw new Error(`the fake sends what Graph would not: ${wrong}`);
    }
    return answer;
  }
}

function resourceOwner(body: unknown): string | null {
  return /^\/?users\/([^/]+)\//.exec((body as { resource?: string } | null)?.resource ?? '')?.[1] ?? null;
}

function withoutOwner({ mailbox: _, ...subscription }: { mailbox: string }): object {
  return subscription;
}
