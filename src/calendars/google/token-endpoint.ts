import { createSign } from 'node:crypto';
import type { GoogleServiceAccount } from '../../config.ts';
import type { Clock } from '../../platform/clock.ts';
import { CalendarError } from '../calendar-error.ts';

const ADDRESS = 'https://oauth2.googleapis.com/token';
const TIMEOUT_MS = 20_000;
/** The longest that Google takes an assertion for. */
const ASSERTION_SECONDS = 3600;

/** What Google hands out (RFC 6749 section 5.1, with an ID token where `openid` was asked for). */
export interface Tokens {
  readonly access_token: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** Google's token endpoint. Nothing is repeated here: a code that was redeemed is not good a second time. */
export class GoogleTokenEndpoint {
  constructor(private readonly fetchFrom: typeof fetch = fetch) {}

  /** @throws CalendarError AccessRevoked where Google says no for good, RateLimited or Unreachable otherwise */
  async ask(form: Readonly<Record<string, string>>): Promise<Tokens> {
    const request = {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    let response: Response;
    let body: unknown;
    try {
      response = await this.fetchFrom(ADDRESS, request);
      body = await response.json();
    } catch {
      throw new CalendarError('Unreachable', 'Google’s sign-in does not answer.');
    }
    if (response.ok && isTokens(body)) return body;
    throw refused(response, (body as { error?: unknown } | null)?.error);
  }
}

/** A service account's word that it acts for one person of the domain (RFC 7523). */
export function assertionFor(
  { clientEmail, privateKey }: GoogleServiceAccount,
  claims: { readonly sub: string; readonly scope: string },
  clock: Pick<Clock, 'milliseconds'>,
): string {
  const iat = Math.floor(clock.milliseconds() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = { iss: clientEmail, aud: ADDRESS, iat, exp: iat + ASSERTION_SECONDS, ...claims };
  const unsigned = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(body)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
}

/** The address in an ID token. It came from Google itself over TLS (OpenID Connect Core 3.1.3.7), so it is not checked again. */
export function emailIn(idToken: string | undefined): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(idToken!.split('.')[1]!, 'base64url').toString());
    const { email } = claims as { email?: unknown };
    return typeof email === 'string' ? email : null;
  } catch {
    return null;
  }
}

function isTokens(body: unknown): body is Tokens {
  const { access_token, expires_in } = (body ?? {}) as Partial<Tokens>;
  return typeof access_token === 'string' && typeof expires_in === 'number';
}

const WORDS: Readonly<Record<string, string>> = {
  invalid_grant:
    'Google does not let us in any more: the consent was taken back, or has ended. Connect the calendar again.',
  invalid_client:
    'Google does not know the client of this installation. Its admin has to check GOOGLE_CLIENT_ID.',
  unauthorized_client: 'The Google domain has not let Perennial in. Its admin has to grant the delegation.',
  admin_policy_enforced: 'The rules of your Google domain do not let Perennial in. Ask your Google admin.',
};

function refused({ status, headers }: Response, error: unknown): CalendarError {
  const cause = { status, reason: typeof error === 'string' ? error : '' };
  if (status === 429) {
    const retryAfter = Number(headers.get('retry-after') ?? 60) || 60;
    return new CalendarError('RateLimited', 'Google’s sign-in asks us to wait.', { cause, retryAfter });
  }
  if (status >= 500) return new CalendarError('Unreachable', 'Google’s sign-in is out of order.', { cause });
  const message = WORDS[cause.reason] ?? 'Google did not let us in. Connect the calendar again.';
  return new CalendarError('AccessRevoked', message, { cause });
}
