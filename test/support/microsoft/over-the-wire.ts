import type { Fault } from '../fault.ts';
import type { Answer, Asked } from './answer.ts';
import type { GraphFake } from './graph-fake.ts';

/** Everything that Microsoft answers, by host. Other hosts are not there at all. */
export async function answerOf(fake: GraphFake, request: Request): Promise<Answer> {
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

/** A network at whose other end there is nothing but Microsoft; one write fails on demand. */
export class Wire {
  fault: Fault | null = null;

  constructor(private readonly fake: GraphFake) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const fault = isWrite(request) ? this.fault : null;
    if (fault) this.fault = null;
    if (fault === 'before') throw new TypeError('fetch failed');
    const { status, body, headers } = await answerOf(this.fake, request);
    if (fault === 'after commit') throw new TypeError('fetch failed');
    const text = body === undefined ? null : JSON.stringify(body);
    return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
  };
}

/** Whether a request changes an event; questions that are asked by POST do not. */
export function isWrite({ method, url }: Request): boolean {
  return method !== 'GET' && /\/events(\/|$|\?)/.test(url);
}
