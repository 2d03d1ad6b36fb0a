/** One request as a scripted server got it. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

type Answer = (request: Request) => Response | undefined;

/** A server that says exactly what a test wants to hear; the newest rule that answers wins. */
export class ScriptedServer {
  readonly requests: Request[] = [];
  private readonly rules: Answer[] = [];

  readonly fetch: typeof fetch = async (input, init) => {
    const request = {
      method: init?.method ?? 'GET',
      url: input instanceof URL ? input.href : '',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? init.body : '',
    };
    this.requests.push(request);
    for (const rule of this.rules.toReversed()) {
      const response = rule(request);
      if (response) return response;
    }
    return new Response('nothing here', { status: 404 });
  };

  /** Answers requests of this method whose body contains the words. */
  on(method: string, words: string, answer: Answer | (() => Response)): this {
    this.rules.push((request) =>
      request.method === method && request.body.includes(words) ? answer(request) : undefined,
    );
    return this;
  }
}

export function multistatus(...inner: readonly string[]): Response {
  const namespaces =
    'xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"';
  const body = `<?xml version="1.0"?><multistatus ${namespaces}>${inner.join('')}</multistatus>`;
  return new Response(body, { status: 207, headers: { 'content-type': 'application/xml; charset=utf-8' } });
}

/** One `response` with properties that the server has. */
export function found(href: string, props: string): string {
  return `<response><href>${href}</href><propstat><prop>${props}</prop><status>HTTP/1.1 200 OK</status></propstat></response>`;
}

/** One `response` with nothing but a status. */
export function only(href: string, status: string): string {
  return `<response><href>${href}</href><status>HTTP/1.1 ${status}</status></response>`;
}
