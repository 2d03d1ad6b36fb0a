import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';

const SCOPES = ['Calendars.ReadWrite', 'User.Read', 'offline_access', 'openid', 'profile'];

interface Granted {
  readonly email: string;
  readonly scopes: readonly string[];
}

interface Code extends Granted {
  readonly challenge: string;
  readonly redirectUri: string;
}

export interface AccessToken {
  /** Null for a token of the application itself. */
  readonly email: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** The sign-in of Microsoft Entra: codes that work once, refresh tokens that rotate, one application. */
export class Entra {
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, Granted>();
  readonly client = { id: 'perennial-app', secret: 'app-secret', tenant: 'acme.example' };
  /** Minutes that an access token lives. */
  lifetime = 75;
  /** Seconds for which the next request is sent away. */
  busyFor: number | null = null;
  readonly #codes = new Map<string, Code>();
  #count = 0;

  constructor(private readonly now: () => number) {}

  /** What the consent page leads to once a person said yes. */
  consent(authoriseUrl: string, email: string): { code: string; state: string; redirectUri: string } {
    const query = new URL(authoriseUrl).searchParams;
    const given = (name: string) => {
      const value = query.get(name);
      if (!value) throw new Error(`the consent page was asked for without ${name}`);
      return value;
    };
    if (given('code_challenge_method') !== 'S256') throw new Error('only S256 is taken');
    if (given('client_id') !== this.client.id) throw new Error('no such application');
    const scopes = given('scope').split(' ');
    const unknown = scopes.find(
      (scope) => !SCOPES.includes(scope.replace('https://graph.microsoft.com/', '')),
    );
    if (unknown) throw new Error(`nobody consented to ${unknown}`);
    const code = `code-${++this.#count}`;
    const redirectUri = given('redirect_uri');
    this.#codes.set(code, { email, scopes, challenge: given('code_challenge'), redirectUri });
    return { code, state: given('state'), redirectUri };
  }

  /** An access token as if somebody had signed in. */
  issue(email: string | null, scopes: readonly string[] = SCOPES): string {
    const token = `access-${++this.#count}`;
    this.accessTokens.set(token, { email, scopes, expiresAt: this.now() + this.lifetime * 60_000 });
    return token;
  }

  revoke(email: string): void {
    for (const [token, of] of this.refreshTokens) if (of.email === email) this.refreshTokens.delete(token);
    for (const [token, of] of this.accessTokens) if (of.email === email) this.accessTokens.delete(token);
  }

  token(form: URLSearchParams): Answer {
    if (this.busyFor !== null) {
      const headers = { 'Retry-After': String(this.busyFor) };
      return { ...refusal('temporarily_unavailable', 'AADSTS90100'), status: 429, headers };
    }
    if (form.get('client_id') !== this.client.id)
      return refusal('unauthorized_client', 'no such application');
    if (form.get('client_secret') !== this.client.secret)
      return refusal('invalid_client', 'the secret is wrong');
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.redeem(form);
      case 'refresh_token':
        return this.refresh(form.get('refresh_token') ?? '');
      case 'client_credentials': {
        const scope = form.get('scope') ?? '';
        if (!scope.includes('https://graph.microsoft.com/.default')) return refusal('invalid_scope', scope);
        return this.granted({ email: null, scopes: ['.default'] }, false);
      }
      default:
        return refusal('unsupported_grant_type', 'no such grant');
    }
  }

  private redeem(form: URLSearchParams): Answer {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
      return refusal('invalid_grant', 'AADSTS70008: the code or its verifier is not good');
    }
    return this.granted(code, code.scopes.includes('offline_access'));
  }

  /** The refresh token that was used is good no longer. */
  private refresh(token: string): Answer {
    const known = this.refreshTokens.get(token);
    this.refreshTokens.delete(token);
    if (!known) return refusal('invalid_grant', 'AADSTS70000: the refresh token is not good any more');
    return this.granted(known, true);
  }

  private granted(
    { email, scopes }: { email: string | null; scopes: readonly string[] },
    offline: boolean,
  ): Answer {
    const refreshToken = `refresh-${++this.#count}`;
    if (offline && email !== null) this.refreshTokens.set(refreshToken, { email, scopes });
    const body = {
      token_type: 'Bearer',
      scope: scopes.join(' '),
      expires_in: this.lifetime * 60,
      ext_expires_in: 3600,
      access_token: this.issue(email, scopes),
      ...(offline ? { refresh_token: refreshToken } : {}),
      ...(email === null
        ? {}
        : {
            id_token: this.idToken(email),
            client_info: clientInfo(email),
          }),
    };
    return { status: 200, body };
  }

  private idToken(email: string): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(this.now() / 1000);
    const claims = {
      aud: this.client.id,
      iss: 'https://login.microsoftonline.com/tenant/v2.0',
      iat: now,
      exp: now + 3600,
      oid: `oid-${email}`,
      tid: 'tenant',
      sub: email,
      preferred_username: email,
      name: email,
      ver: '2.0',
    };
    return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
  }
}

function clientInfo(email: string): string {
  return Buffer.from(JSON.stringify({ uid: `oid-${email}`, utid: 'tenant' })).toString('base64url');
}

function refusal(error: string, error_description: string): Answer {
  return {
    status: 400,
    body: { error, error_description, error_codes: [70000], timestamp: '', trace_id: '' },
  };
}
