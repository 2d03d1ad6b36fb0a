import type { ProblemView } from '../../src/platform/problems/problem.api.ts';
import type { Effect } from './effects.ts';
import type { Send } from './facts.ts';
import type { Address, Failure } from './reading.ts';
import type { Request } from './request.ts';

/** A request that takes longer has failed as far as a person is concerned. */
const PATIENCE_MS = 20_000;

const CALLS = ['read', 'send', 'send and leave', 'download'] as const;
type Call = Extract<Effect, { do: (typeof CALLS)[number] }>;

/** Whether an effect is a matter of the network. */
export function isCall(effect: Effect): effect is Call {
  return (CALLS as readonly string[]).includes(effect.do);
}

class Refused extends Error {
  constructor(readonly problem: ProblemView) {
    super(problem.title);
  }
}

/** The only file that talks to the network. What came of it is told as a fact. */
export async function call(effect: Call, token: string | null, send: Send): Promise<void> {
  switch (effect.do) {
    case 'read':
      return read(effect.address, token, send);
    case 'send':
      return submit(effect.form, effect.request, token, send);
    case 'send and leave':
      await ask(effect.request.path, token, effect.request).catch(() => {});
      return;
    case 'download':
      return download(effect.path, effect.name, token, send);
  }
}

async function read(address: Address<unknown>, token: string | null, send: Send): Promise<void> {
  try {
    const value = await (address.whole ? pages(address.path, token) : json(address.path, token));
    send({ kind: 'Answered', address, value, at: Date.now() });
  } catch (error) {
    send({ kind: 'Failed', address, failure: failureOf(error) });
  }
}

async function submit(form: string, request: Request, token: string | null, send: Send): Promise<void> {
  try {
    const response = await ask(request.path, token, request);
    send({ kind: 'Saved', form, answer: response.status === 204 ? null : await response.json() });
  } catch (error) {
    send({ kind: 'NotSaved', form, failure: failureOf(error) });
  }
}

/** A link cannot carry the token, so the file comes as an answer and is saved from memory. */
async function download(path: string, name: string, token: string | null, send: Send): Promise<void> {
  try {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await (await ask(path, token)).blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    send({ kind: 'Failed', address: { path }, failure: failureOf(error) });
  }
}

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

async function pages(path: string, token: string | null): Promise<Page> {
  const items: unknown[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page: Page = await json<Page>(next === '' ? path : `${path}&cursor=${next}`, token);
    items.push(...page.items);
    next = page.next;
  }
  return { items, next: null };
}

async function json<Answer>(path: string, token: string | null): Promise<Answer> {
  return (await ask(path, token)).json() as Promise<Answer>;
}

async function ask(path: string, token: string | null, request?: Request): Promise<Response> {
  const response = await fetch(path, {
    method: request?.method ?? 'GET',
    cache: 'no-store',
    keepalive: request !== undefined,
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(request?.body !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: request?.body === undefined ? null : JSON.stringify(request.body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.ok) return response;
  throw new Refused((await response.json()) as ProblemView);
}

/** What stands between us and a service that is away; its answers are not ours. */
const AWAY = [502, 503, 504];

/** An answer that is no problem of ours comes from something in between: nobody was reached. */
function failureOf(error: unknown): Failure {
  if (error instanceof Refused && !AWAY.includes(error.problem.status)) {
    return { kind: 'refused', problem: error.problem };
  }
  return { kind: 'unreached' };
}
