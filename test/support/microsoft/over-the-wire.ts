import type { Fault } from '../fault.ts';
import type { Answer, Asked } from './answer.ts';
import type { GraphFake } from './graph-fake.ts';

/** Everything that Microsoft answers, by host. Other hosts are not there at all. */
async function answerOf(fake: GraphFake, request: Request): Promise<Answer> {
  const url = new URL(request.url);
  const text = await request.text();
  if (url.host === 'login.microsoftonline.com') return fake.signIn(url, text);
  if (url.host !== 'graph.microsoft.com') throw new TypeError('fetch failed');
  const asked: Asked = {
    method: request.method,
    url,
    headers: request.headers,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  };
  return fake.handle(asked);
}

/** An answer as HTTP has it. */
export async function responseOf(fake: GraphFake, request: Request): Promise<Response> {
  const { status, body, headers } = await answerOf(fake, request);
  const text = body === undefined ? null : JSON.stringify(body);
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** A network at whose other end there is nothing but Microsoft; one write fails on demand. */
export class Wire {
  fault: Fault | null = null;

  constructor(
    fake: GraphFake,
    private readonly network: typeof fetch = (input, init) => responseOf(fake, new Request(input, init)),
  ) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const fault = isWrite(input, init) ? this.fault : null;
    if (fault) this.fault = null;
    if (fault === 'before') throw new TypeError('fetch failed');
    const response = await this.network(input, init);
    if (fault === 'after commit') throw new TypeError('fetch failed');
    return response;
  };
}

/** Whether a request changes an event; questions that are asked by POST do not. */
function isWrite(...[input, init]: Parameters<typeof fetch>): boolean {
  const { method, url } = new Request(input, init);
  return method !== 'GET' && /\/events(\/|$|\?)/.test(url);
}
