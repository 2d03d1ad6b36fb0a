import { AuthError, ConfidentialClientApplication } from '@azure/msal-node';
import type { AuthenticationResult, INetworkModule, NetworkResponse } from '@azure/msal-node';
import type { OAuthClient } from '../../config.ts';
import type { Clock } from '../../platform/clock.ts';
import { CalendarError } from '../calendar-error.ts';
import type { VendorSecrets } from '../vendor-sign-in.ts';

const PATIENCE_MS = 20_000;

/** Our application at Entra: whose it is, and which tenant's people may sign in (`organizations`: any). */
export type EntraClient = OAuthClient & { readonly tenant: string };

/** What one request to the token endpoint came to. */
type Ask = (application: ConfidentialClientApplication) => Promise<AuthenticationResult | null>;

/** The token endpoint, through MSAL. Each request has a client of its own: what it would cache is kept by us, sealed. */
export class Entra {
  constructor(
    private readonly client: EntraClient,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly fetchFrom: typeof fetch,
  ) {}

  get authority(): string {
    return `https://login.microsoftonline.com/${this.client.tenant}`;
  }

  /** @throws CalendarError AccessRevoked where Entra says no for good, RateLimited or Unreachable otherwise */
  async ask(ask: Ask): Promise<VendorSecrets> {
    const network = new Network(this.fetchFrom);
    const application = new ConfidentialClientApplication({
      auth: { clientId: this.client.id, clientSecret: this.client.secret, authority: this.authority },
      system: { networkClient: network },
    });
    try {
      const result = await ask(application);
      if (!result?.accessToken) throw new CalendarError('AccessRevoked', NOT_IN);
      const expiresAt = this.clock.now() + Math.floor((network.last?.livesFor ?? 0) / 60);
      return { accessToken: result.accessToken, expiresAt, refreshToken: refreshTokenIn(application) };
    } catch (error) {
      throw refusalOf(error, network.last);
    }
  }
}

const NOT_IN = 'Microsoft does not let us in any more. Connect the calendar again.';

const WORDS: Readonly<Record<string, string>> = {
  invalid_grant:
    'Microsoft does not let us in any more: the consent was taken back, or has ended. Connect the calendar again.',
  interaction_required: 'Microsoft wants you to sign in again. Connect the calendar again.',
  invalid_client:
    'Microsoft does not know the secret of this installation. Its admin has to check MICROSOFT_CLIENT_SECRET.',
  unauthorized_client:
    'Microsoft does not know this installation. Its admin has to check MICROSOFT_CLIENT_ID and MICROSOFT_TENANT.',
  consent_required: 'The admin of your Microsoft 365 has to let Perennial in first.',
};

interface Last {
  readonly status: number;
  readonly retryAfter: number | null;
  /** Seconds that the token in it is good for. */
  readonly livesFor: number;
}

function refusalOf(error: unknown, last: Last | null): CalendarError {
  if (error instanceof CalendarError) return error;
  if (!last || last.status >= 500)
    return new CalendarError('Unreachable', 'Microsoft’s sign-in does not answer.');
  const code = error instanceof AuthError ? error.errorCode : '';
  const cause = { status: last.status, code };
  if (last.status === 429) {
    const retryAfter = last.retryAfter ?? 60;
    return new CalendarError('RateLimited', 'Microsoft’s sign-in asks us to wait.', { cause, retryAfter });
  }
  return new CalendarError('AccessRevoked', WORDS[code] ?? NOT_IN, { cause });
}

/** MSAL keeps refresh tokens to itself; the cache of a client that is used once holds no other. */
function refreshTokenIn(application: ConfidentialClientApplication): string | null {
  const cache = JSON.parse(application.getTokenCache().serialize()) as {
    RefreshToken?: Record<string, { secret: string }>;
  };
  return Object.values(cache.RefreshToken ?? {})[0]?.secret ?? null;
}

/** MSAL on our own network, which remembers what the last answer was: MSAL's errors do not say. */
class Network implements INetworkModule {
  last: Last | null = null;

  constructor(private readonly fetchFrom: typeof fetch) {}

  sendGetRequestAsync<T>(
    url: string,
    options?: { headers?: Record<string, string> },
  ): Promise<NetworkResponse<T>> {
    return this.send('GET', url, options);
  }

  sendPostRequestAsync<T>(
    url: string,
    options?: { headers?: Record<string, string>; body?: string },
  ): Promise<NetworkResponse<T>> {
    return this.send('POST', url, options);
  }

  private async send<T>(
    method: string,
    url: string,
    { headers, body }: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<NetworkResponse<T>> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    this.last = null;
    const response = await this.fetchFrom(url, {
      method,
      headers: headers ?? {},
      body: body ?? null,
      signal,
    });
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    const answer = (await response.json()) as T;
    const livesFor = Number((answer as { expires_in?: unknown } | null)?.expires_in ?? 0);
    this.last = { status: response.status, retryAfter: Number.isFinite(wait) ? wait : null, livesFor };
    return { headers: Object.fromEntries(response.headers), body: answer, status: response.status };
  }
}
