import type { GoogleServiceAccount, OAuthClient } from '../../config.ts';
import type { Clock } from '../../platform/clock.ts';
import { CalendarError } from '../calendar-error.ts';
import { VendorSignIn } from '../vendor-sign-in.ts';
import type { SignedIn, SignInRequest, VendorCalendar, VendorSecrets } from '../vendor-sign-in.ts';
import { assertionFor, emailIn, GoogleTokenEndpoint } from './token-endpoint.ts';
import type { Tokens } from './token-endpoint.ts';

const CONSENT = 'https://accounts.google.com/o/oauth2/v2/auth';
/** Events on calendars that the person owns: all that reading, writing and watching a series needs. */
const EVENTS = 'https://www.googleapis.com/auth/calendar.events.owned';
/** When the person is free, where their events may not be read. */
const FREE_BUSY = 'https://www.googleapis.com/auth/calendar.freebusy';
/** Which account it is that signed in. */
const WHO = ['openid', 'email'];

export interface GoogleSignInDeps {
  /** Null: nobody signs in by themselves. */
  readonly client: OAuthClient | null;
  /** Null: no domain is let in as a whole. */
  readonly serviceAccount: GoogleServiceAccount | null;
  readonly clock: Pick<Clock, 'now' | 'milliseconds'>;
  readonly fetch?: typeof fetch;
}

/** Signing in at Google: a person by consent, or a service account for a person of its domain. */
export class GoogleSignIn extends VendorSignIn {
  override readonly vendor = 'google';
  readonly #endpoint: GoogleTokenEndpoint;

  constructor(private readonly deps: GoogleSignInDeps) {
    super();
    this.#endpoint = new GoogleTokenEndpoint(deps.fetch);
  }

  override authoriseUrl({ state, codeChallenge, redirectUri, loginHint }: SignInRequest): string {
    const url = new URL(CONSENT);
    url.search = new URLSearchParams({
      client_id: this.#client.id,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: [...WHO, EVENTS, FREE_BUSY].join(' '),
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      login_hint: loginHint,
      access_type: 'offline',
      // Google gives a refresh token only with a consent, not with every sign-in.
      prompt: 'consent',
    }).toString();
    return url.href;
  }

  override async exchange(code: string, verifier: string, redirectUri: string): Promise<SignedIn> {
    const grant = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    };
    const tokens = await this.#endpoint.ask({ ...grant, ...this.#clientSecret });
    const email = emailIn(tokens.id_token);
    if (email === null || tokens.refresh_token === undefined) {
      throw new CalendarError(
        'AccessRevoked',
        'Google did not say who signed in, or not for how long. Try again.',
      );
    }
    if (!tokens.scope.split(' ').includes(EVENTS)) {
      throw new CalendarError(
        'AccessRevoked',
        'Perennial may not see your calendar’s events. Connect again and tick all boxes.',
      );
    }
    return { email, secrets: this.#secrets(tokens, tokens.refresh_token), calendar: primary(email) };
  }

  override async refresh({
    refreshToken,
  }: VendorSecrets & { readonly refreshToken: string }): Promise<VendorSecrets> {
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const tokens = await this.#endpoint.ask({ ...grant, ...this.#clientSecret });
    return this.#secrets(tokens, tokens.refresh_token ?? refreshToken);
  }

  override async actFor(email: string): Promise<SignedIn> {
    const { serviceAccount, clock } = this.deps;
    if (!serviceAccount)
      throw new CalendarError('AccessRevoked', 'No Google domain is connected as a whole.');
    const scope = `${EVENTS} ${FREE_BUSY}`;
    const tokens = await this.#endpoint.ask({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertionFor(serviceAccount, { sub: email, scope }, clock),
    });
    return { email, secrets: this.#secrets(tokens, null), calendar: primary(email) };
  }

  // The scopes that would list calendars would also let us into all of them.
  override async calendars(): Promise<readonly VendorCalendar[]> {
    return [primary('Your main calendar')];
  }

  get #client(): OAuthClient {
    if (this.deps.client) return this.deps.client;
    throw new CalendarError('AccessRevoked', 'Signing in at Google is switched off in this installation.');
  }

  get #clientSecret(): { client_id: string; client_secret: string } {
    return { client_id: this.#client.id, client_secret: this.#client.secret };
  }

  #secrets(tokens: Tokens, refreshToken: string | null): VendorSecrets {
    const expiresAt = this.deps.clock.now() + Math.floor(tokens.expires_in / 60);
    return { accessToken: tokens.access_token, expiresAt, refreshToken };
  }
}

/** Google's name for the main calendar of whoever the token stands for. */
function primary(name: string): VendorCalendar {
  return { id: 'primary', name, writable: true };
}
