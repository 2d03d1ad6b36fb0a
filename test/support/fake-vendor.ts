import { createHash } from 'node:crypto';
import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { Calendar } from '../../src/calendars/calendar.ts';
import type { VendorLimits } from '../../src/calendars/calls.ts';
import { Push } from '../../src/calendars/push.ts';
import type { Watch, WatchRequest } from '../../src/calendars/push.ts';
import { VendorSignIn } from '../../src/calendars/vendor-sign-in.ts';
import type { SignedIn, SignInRequest, Vendor, VendorSecrets } from '../../src/calendars/vendor-sign-in.ts';
import { VendorCalendars } from '../../src/calendars/vendor.ts';
import type { VendorDeps, VendorSettings } from '../../src/calendars/vendor.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { FakeCalendar } from './fake-calendar.ts';

/** Minutes that a token of the fake is good for. */
export const TOKEN_MINUTES = 60;
/** Minutes that a watch of the fake stands. */
export const WATCH_MINUTES = 7 * 1440;

interface Consent {
  readonly email: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

/** A vendor in memory that holds a sign-in to the letter of RFC 6749 and 7636, and knows which watches stand. */
export class FakeSignIn extends VendorSignIn {
  readonly #codes = new Map<string, Consent>();
  readonly #grants = new Map<string, string>();
  #issued = 0;
  /** Access tokens handed out, the first one included. */
  readonly tokens: string[] = [];
  /** How often a refresh token was redeemed. */
  refreshes = 0;
  /** Holds every refresh until it is let go. */
  gate: Promise<void> = Promise.resolve();

  constructor(
    readonly vendor: Vendor,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    super();
  }

  /** The person agrees on the consent page. @returns what the browser is sent back with */
  consent(url: string, email: string): { code: string; state: string; redirectUri: string } {
    const asked = new URL(url).searchParams;
    if (asked.get('code_challenge_method') !== 'S256') throw new Error('The vendor wants S256');
    const code = `code-${++this.#issued}`;
    const redirectUri = asked.get('redirect_uri')!;
    this.#codes.set(code, { email, challenge: asked.get('code_challenge')!, redirectUri });
    return { code, state: asked.get('state')!, redirectUri };
  }

  /** The person takes the consent back, or the admin does. */
  revoke(email: string): void {
    for (const [refreshToken, owner] of this.#grants) if (owner === email) this.#grants.delete(refreshToken);
  }

  override authoriseUrl({ state, codeChallenge, redirectUri, loginHint }: SignInRequest): string {
    const query = { state, code_challenge: codeChallenge, code_challenge_method: 'S256' };
    const rest = { redirect_uri: redirectUri, login_hint: loginHint, response_type: 'code' };
    return `https://${this.vendor}.test/authorise?${new URLSearchParams({ ...query, ...rest }).toString()}`;
  }

  override async exchange(code: string, verifier: string, redirectUri: string): Promise<SignedIn> {
    const consent = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (!consent || consent.challenge !== challenge || consent.redirectUri !== redirectUri)
      throw new CalendarError('AccessRevoked', 'The code is not good.');
    const refreshToken = `refresh-${consent.email}-${++this.#issued}`;
    this.#grants.set(refreshToken, consent.email);
    return this.#signedIn(consent.email, refreshToken);
  }

  override async refresh({ refreshToken }: { refreshToken: string }): Promise<VendorSecrets> {
    this.refreshes++;
    await this.gate;
    if (!this.#grants.has(refreshToken))
      throw new CalendarError('AccessRevoked', 'The consent was taken back (invalid_grant).');
    return this.#secrets(refreshToken);
  }

  override async actFor(email: string): Promise<SignedIn> {
    if (!email.endsWith('@example.com'))
      throw new CalendarError('AccessRevoked', 'This mailbox is not in the domain.');
    return this.#signedIn(email, null);
  }

  override async calendars() {
    return [
      { id: 'primary', name: 'Work', writable: true },
      { id: 'team', name: 'Team', writable: true },
      { id: 'holidays', name: 'Holidays', writable: false },
    ];
  }

  #signedIn(email: string, refreshToken: string | null): SignedIn {
    const calendar = { id: 'primary', name: 'Work', writable: true };
    return { email, calendar, secrets: this.#secrets(refreshToken) };
  }

  #secrets(refreshToken: string | null): VendorSecrets {
    const accessToken = `access-${++this.#issued}`;
    this.tokens.push(accessToken);
    return { accessToken, refreshToken, expiresAt: this.clock.now() + TOKEN_MINUTES };
  }
}

/** The vendor's own list of watches. */
export class FakePush extends Push {
  readonly asked: WatchRequest[] = [];
  readonly standing = new Map<string, Watch>();
  /** Whether a watch can be prolonged, as at Microsoft. */
  renews = false;
  /** The next question fails with this. */
  trouble: CalendarError | null = null;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    super();
  }

  override async watch(request: WatchRequest): Promise<Watch> {
    const { trouble } = this;
    this.trouble = null;
    if (trouble) throw trouble;
    this.asked.push(request);
    return this.#stand(request.channel);
  }

  override async renew({ channel }: Watch): Promise<Watch | null> {
    return this.renews ? this.#stand(channel) : null;
  }

  override async stop({ channel }: Omit<Watch, 'expiresAt'>): Promise<void> {
    this.standing.delete(channel);
  }

  #stand(channel: string): Watch {
    const watch = { channel, resource: 'resource', expiresAt: this.clock.now() + WATCH_MINUTES };
    this.standing.set(channel, watch);
    return { ...watch, proven: this.renews };
  }
}

/** A whole vendor; each address has its own calendar. Every call asks for a token and counts. */
export class FakeVendor extends VendorCalendars {
  override readonly signIn: FakeSignIn;
  override readonly limits: VendorLimits = {
    projectPerMinute: 1000,
    accountPerMinute: 100,
    atOnce: 4,
    mailsPerMinute: 30,
  };
  readonly pushes: FakePush;
  /** Every call is answered with this, as long as it stands here. */
  trouble: CalendarError | null = null;
  /** Calls that arrived. */
  arrived = 0;
  readonly #calendars = new Map<string, FakeCalendar>();

  constructor(vendor: Vendor, clock: Pick<Clock, 'now'>) {
    super();
    this.signIn = new FakeSignIn(vendor, clock);
    this.pushes = new FakePush(clock);
  }

  calendarOf(email: string): FakeCalendar {
    const known = this.#calendars.get(email) ?? new FakeCalendar();
    this.#calendars.set(email, known);
    return known;
  }

  override open({ email }: VendorSettings, { access, calls }: VendorDeps): Calendar {
    const calendar = this.calendarOf(email);
    const arrive = (): void => {
      this.arrived++;
      if (this.trouble) throw this.trouble;
    };
    return new Proxy(calendar, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) =>
          calls.run(async () => {
            await access.token();
            arrive();
            return Reflect.apply(member, target, given) as unknown;
          });
      },
    });
  }

  override push(): Push {
    return this.pushes;
  }
}
