import { createHash, randomUUID, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What an access token opens. */
export interface Grant {
  readonly email: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

interface Code {
  readonly email: string;
  readonly scopes: readonly string[];
  readonly challenge: string;
  readonly redirectUri: string;
}

type Answer = readonly [status: number, body: object];

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LIFE = 60;

/** accounts.google.com and oauth2.googleapis.com/token, for one client and one service account. */
export class TokenEndpoint {
  readonly client = { id: 'perennial.apps.googleusercontent.com', secret: 'client-secret' };
  /** Domains whose admin let the service account in. */
  readonly delegated = new Set<string>();
  serviceKey: KeyObject | null = null;
  serviceEmail = 'perennial@project.iam.gserviceaccount.com';
  /** Scopes that the person unticks on the consent page. */
  readonly unticked = new Set<string>();
  readonly #grants = new Map<string, Grant>();
  readonly #refresh = new Map<string, Omit<Grant, 'expiresAt'>>();
  readonly #codes = new Map<string, Code>();

  constructor(private readonly now: () => number) {}

  /** The consent page: what a person's browser brings back after they agreed. */
  consent(address: string, email: string): URL {
    const { host, pathname, searchParams: asked } = new URL(address);
    const need = (name: string, value: RegExp) => {
      if (!value.test(asked.get(name) ?? '')) throw new Error(`consent page: ${name} is missing or wrong`);
    };
    if (host !== 'accounts.google.com' || pathname !== '/o/oauth2/v2/auth') throw new Error('no such page');
    need('client_id', new RegExp(`^${this.client.id}$`));
    need('response_type', /^code$/);
    need('access_type', /^offline$/);
    need('prompt', /consent/);
    need('state', /.{16,}/);
    need('code_challenge', /^[\w-]{43}$/);
    need('code_challenge_method', /^S256$/);
    const scopes = asked
      .get('scope')!
      .split(' ')
      .filter((scope) => !this.unticked.has(scope));
    const redirectUri = asked.get('redirect_uri')!;
    const code = `4/${randomUUID()}`;
    this.#codes.set(code, { email, scopes, challenge: asked.get('code_challenge')!, redirectUri });
    const back = new URL(redirectUri);
    back.search = new URLSearchParams({
      state: asked.get('state')!,
      code,
      scope: scopes.join(' '),
    }).toString();
    return back;
  }

  token(form: URLSearchParams): Answer {
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.#signedByClient(form) ?? this.#redeem(form);
      case 'refresh_token':
        return this.#signedByClient(form) ?? this.#renew(form);
      case JWT_BEARER:
        return this.#delegate(form.get('assertion') ?? '');
      default:
        return [400, { error: 'unsupported_grant_type', error_description: 'Invalid grant_type.' }];
    }
  }

  /** A token as a test needs one. */
  give(email: string, scopes: readonly string[]): string {
    return this.#issue(email, scopes);
  }

  grantOf(token: string | null): Grant | null {
    const grant = this.#grants.get(token ?? '');
    return grant && grant.expiresAt > this.now() ? grant : null;
  }

  /** The person took the access back, or their password changed. */
  revoke(email: string): void {
    for (const [token, grant] of this.#grants) if (grant.email === email) this.#grants.delete(token);
    for (const [token, grant] of this.#refresh) if (grant.email === email) this.#refresh.delete(token);
  }

  #signedByClient(form: URLSearchParams): Answer | null {
    const { id, secret } = this.client;
    if (form.get('client_id') === id && form.get('client_secret') === secret) return null;
    return [401, { error: 'invalid_client', error_description: 'The OAuth client was not found.' }];
  }

  #redeem(form: URLSearchParams): Answer {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || proof !== code.challenge || form.get('redirect_uri') !== code.redirectUri) return BAD_GRANT;
    const refresh = `1//${randomUUID()}`;
    this.#refresh.set(refresh, { email: code.email, scopes: code.scopes });
    const claims = { iss: 'https://accounts.google.com', aud: this.client.id, sub: '1', email: code.email };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const id_token = `${part({ alg: 'RS256' })}.${part({ ...claims, email_verified: true })}.signature`;
    return [200, { ...this.#answer(code.email, code.scopes), refresh_token: refresh, id_token }];
  }

  #renew(form: URLSearchParams): Answer {
    const grant = this.#refresh.get(form.get('refresh_token') ?? '');
    return grant ? [200, this.#answer(grant.email, grant.scopes)] : BAD_GRANT;
  }

  #delegate(assertion: string): Answer {
    const [head, body, signature] = assertion.split('.') as [string, string, string];
    const key = this.serviceKey;
    const signed =
      key && verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString() || '{}') as Record<
      string,
      string
    >;
    const timely =
      Number(claims['exp']) - Number(claims['iat']) <= 3600 && Number(claims['exp']) > this.now() * 60;
    const right =
      claims['iss'] === this.serviceEmail && claims['aud'] === 'https://oauth2.googleapis.com/token';
    if (!signed || !timely || !right)
      return [400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }];
    const email = claims['sub'] ?? '';
    if (!this.delegated.has(email.split('@')[1] ?? '')) {
      return [
        401,
        {
          error: 'unauthorized_client',
          error_description: 'Client is unauthorized to retrieve access tokens.',
        },
      ];
    }
    return [200, this.#answer(email, claims['scope']!.split(' '))];
  }

  #answer(email: string, scopes: readonly string[]): object {
    return {
      access_token: this.#issue(email, scopes),
      expires_in: LIFE * 60 - 1,
      scope: scopes.join(' '),
      token_type: 'Bearer',
    };
  }

  #issue(email: string, scopes: readonly string[]): string {
    const token = `ya29.${randomUUID()}`;
    this.#grants.set(token, { email, scopes, expiresAt: this.now() + LIFE });
    return token;
  }
}

const BAD_GRANT: Answer = [
  400,
  { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
];
