import type { Calendar as GraphCalendar, User } from '@microsoft/microsoft-graph-types';
import type { Clock } from '../../platform/clock.ts';
import { Access } from '../access.ts';
import { CalendarError } from '../calendar-error.ts';
import { Calls } from '../calls.ts';
import { VendorSignIn } from '../vendor-sign-in.ts';
import type { SignedIn, SignInRequest, VendorCalendar, VendorSecrets } from '../vendor-sign-in.ts';
import { Entra } from './entra.ts';
import type { EntraClient } from './entra.ts';
import { address, Graph } from './graph.ts';
import { isRefusal } from './refusal.ts';

/** One's own calendars, who one is, and going on while nobody is there: nothing of anybody else's. */
const SCOPES = ['https://graph.microsoft.com/Calendars.ReadWrite', 'https://graph.microsoft.com/User.Read'];
const OFFLINE = ['openid', 'profile', 'offline_access'];
const CALENDAR = { $select: 'id,name,canEdit' };

/** Signing in at Microsoft: a person by consent, or the application for a mailbox of the tenant that let it in. */
export class MicrosoftSignIn extends VendorSignIn {
  override readonly vendor = 'microsoft';
  private readonly entra: Entra;

  constructor(
    private readonly client: EntraClient,
    clock: Pick<Clock, 'now'>,
    private readonly fetchFrom: typeof fetch,
  ) {
    super();
    this.entra = new Entra(client, clock, fetchFrom);
  }

  override authoriseUrl({ state, codeChallenge, redirectUri, loginHint }: SignInRequest): string {
    return address(`${this.entra.authority}/oauth2/v2.0/authorize`, {
      client_id: this.client.id,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: redirectUri,
      scope: [...SCOPES, ...OFFLINE].join(' '),
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      login_hint: loginHint,
    });
  }

  override async exchange(code: string, codeVerifier: string, redirectUri: string): Promise<SignedIn> {
    const request = { code, codeVerifier, redirectUri, scopes: SCOPES };
    const secrets = await this.entra.ask((application) => application.acquireTokenByCode(request));
    if (secrets.refreshToken === null) {
      const message = 'Microsoft lets us in for an hour only. Connect again and agree to “maintain access”.';
      throw new CalendarError('AccessRevoked', message);
    }
    const graph = this.graphWith(secrets.accessToken);
    const me = await graph.get<User>(address('/me', { $select: 'id,mail,userPrincipalName' }));
    const calendar = await graph.get<GraphCalendar>(address('/me/calendar', CALENDAR));
    const email = me.mail ?? me.userPrincipalName ?? '';
    return { email, secrets, calendar: found(`users/${me.id}`, calendar) };
  }

  override refresh({
    refreshToken,
  }: VendorSecrets & { readonly refreshToken: string }): Promise<VendorSecrets> {
    return this.entra
      .ask((application) =>
        application.acquireTokenByRefreshToken({ refreshToken, scopes: SCOPES, forceCache: true }),
      )
      .then((fresh) => ({ ...fresh, refreshToken: fresh.refreshToken ?? refreshToken }));
  }

  override async actFor(email: string): Promise<SignedIn> {
    const scopes = ['https://graph.microsoft.com/.default'];
    const secrets = await this.entra.ask((application) =>
      application.acquireTokenByClientCredential({ scopes }),
    );
    const path = `users/${encodeURIComponent(email)}`;
    const calendar = await this.graphWith(secrets.accessToken).get<GraphCalendar>(
      address(`/${path}/calendar`, CALENDAR),
    );
    return { email, secrets: { ...secrets, refreshToken: null }, calendar: found(path, calendar) };
  }

  // An application's own token stands for no mailbox: whoever let it in chose the calendar for everybody.
  override async calendars(accessToken: string): Promise<readonly VendorCalendar[]> {
    const graph = this.graphWith(accessToken);
    try {
      const me = await graph.get<User>(address('/me', { $select: 'id' }));
      const all = await graph.list<GraphCalendar>(address('/me/calendars', CALENDAR));
      return all.map((calendar) => found(`users/${me.id}`, calendar));
    } catch (error) {
      if (isRefusal(error, ({ status }) => status === 400)) return [];
      throw error;
    }
  }

  private graphWith(token: string): Graph {
    return new Graph({ access: new OneToken(token), calls: new Unlimited(), fetch: this.fetchFrom });
  }
}

/** A calendar's name for us is its whole path: where it is decides with which mailbox one talks. */
function found(mailbox: string, { id, name, canEdit }: GraphCalendar): VendorCalendar {
  return { id: `${mailbox}/calendars/${id}`, name: name ?? 'Calendar', writable: canEdit !== false };
}

/** While somebody signs in there is no account yet: one token, and nothing to count its calls by. */
class OneToken extends Access {
  constructor(private readonly only: string) {
    super();
  }

  override async token(): Promise<string> {
    return this.only;
  }

  override async insteadOf(): Promise<string> {
    throw new CalendarError('AccessRevoked', 'Microsoft did not accept the sign-in. Try again.');
  }
}

class Unlimited extends Calls {
  override run<T>(call: () => Promise<T>): Promise<T> {
    return call();
  }
}
