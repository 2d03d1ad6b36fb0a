import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Whom a code stands for, and what has to come with it. */
interface Granted {
  readonly account: string;
  readonly email: string;
  readonly verified: number;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** Zoom's token endpoint and `users/me`, strict in what they take: a code is good once, with its own verifier. */
export class ZoomOAuthServer {
  readonly #codes = new Map<string, Granted>();
  readonly #tokens = new Map<string, Granted>();

  private constructor(
    readonly url: string,
    private readonly basic: string,
  ) {}

  static async start(clientId: string, clientSecret: string): Promise<ZoomOAuthServer> {
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const server = createServer((request, response) => {
      const answering = async (): Promise<void> => {
        const body = await text(request);
        const answer = zoom.#answer(request.url ?? '', request.headers.authorization ?? '', body);
        response.writeHead(answer ? 200 : 400, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(answer ?? { reason: 'Invalid', error: 'invalid_request' }));
      };
      void answering();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const zoom = new ZoomOAuthServer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, basic);
    afterAll(() => new Promise((resolve) => void server.close(resolve)));
    return zoom;
  }

  /** Somebody pressed "Allow". */
  grant(code: string, granted: Granted): void {
    this.#codes.set(code, granted);
  }

  #answer(url: string, authorization: string, body: string): object | null {
    if (url === '/oauth/token')
      return authorization === this.basic ? this.#token(new URLSearchParams(body)) : null;
    const known = this.#tokens.get(authorization.replace('Bearer ', ''));
    if (url !== '/v2/users/me' || !known) return null;
    return { id: known.account, email: known.email, verified: known.verified };
  }

  #token(form: URLSearchParams): object | null {
    const code = form.get('code') ?? '';
    const granted = this.#codes.get(code);
    this.#codes.delete(code);
    if (!granted || form.get('grant_type') !== 'authorization_code') return null;
    if (form.get('code_verifier') !== granted.verifier) return null;
    if (form.get('redirect_uri') !== granted.redirectUri) return null;
    this.#tokens.set(`token of ${code}`, granted);
    return { access_token: `token of ${code}`, token_type: 'bearer', expires_in: 3599 };
  }
}
