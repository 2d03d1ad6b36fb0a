import type { ClockView, Entered, SessionView, ZoomChallenge } from '../../src/live/live.api.ts';
import type { ProblemView } from '../../src/platform/problems/problem.api.ts';
import type { Key, NetworkEffect } from './effects.ts';
import type { Failure, Send } from './facts.ts';
import { readEvents } from './read-events.ts';

const PATIENCE_MS = 20_000;

/** A recording may be large, and the line slow. */
const UPLOAD_PATIENCE_MS = 600_000;

/** The stream says at least a comment every 15 s; one that is silent for longer is dead. */
const SILENCE_MS = 25_000;

/** F018: half a minute of a call. */
const CLIP_MS = 30_000;

/** What stands between us and a service that is away; its answers are not ours. */
const AWAY = [502, 503, 504];

/** The only file that talks to the service. */
export async function call(effect: NetworkEffect, send: Send): Promise<void> {
  switch (effect.do) {
    case 'enter':
      return enter(`/sign-in/${effect.by}`, effect.body, send);
    case 'ask challenge':
      return challenge(send);
    case 'listen':
      return listen(effect.key, effect.after, send);
    case 'poll':
      return poll(effect.key, effect.after, send);
    case 'ask time':
      return askTime(effect.key, send);
    case 'command':
      return command(effect, send);
    case 'upload': {
      const { file, start } = effect;
      const headers = { 'Content-Type': file.type === '' ? 'application/octet-stream' : file.type };
      return bring(effect.key, `?start=${start}&end=${start + CLIP_MS}`, { headers, body: file }, send);
    }
    case 'write transcript':
      return bring(effect.key, '/transcript', { body: JSON.stringify(effect.body) }, send);
  }
}

async function enter(path: string, body: unknown, send: Send): Promise<void> {
  const answer = await ask(path, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) return send({ kind: 'EntryFailed', failure: answer.failure });
  const entered = answer.body as Entered;
  send({ kind: 'EntryAnswered', entered });
  if (entered.is === 'in') send({ kind: 'SessionCame', view: entered.view, at: performance.now() });
}

async function challenge(send: Send): Promise<void> {
  const answer = await ask('/sign-in/zoom/challenge', { method: 'POST' });
  if (answer.ok) send({ kind: 'ChallengeGiven', challenge: answer.body as ZoomChallenge });
  else send({ kind: 'EntryFailed', failure: answer.failure });
}

/** Over an ordinary fetch, because an EventSource cannot carry the token. */
async function listen(key: Key, after: number | null, send: Send): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const response = await fetch(`${pathOf(key)}/stream`, {
      headers: { ...bearer(key), ...(after !== null && { 'Last-Event-ID': String(after) }) },
      cache: 'no-store',
      signal: silence.signal,
    });
    if (!response.ok || !response.body) throw new Error('There is no stream');
    send({ kind: 'StreamOpened', token: key.token });
    for await (const { event, data } of readEvents(response.body, heard)) {
      if (event === 'session') send({ kind: 'SessionCame', view: JSON.parse(data), at: performance.now() });
    }
  } catch {
    // Whatever ended it, the answer is the same: ask, and listen again.
  }
  clearTimeout(timer);
  send({ kind: 'StreamBroke', token: key.token });
}

async function poll(key: Key, after: number | null, send: Send): Promise<void> {
  const answer = await ask(`${pathOf(key)}${after === null ? '' : `?after=${after}`}`, {
    headers: bearer(key),
  });
  if (!answer.ok) send({ kind: 'PollFailed', failure: answer.failure });
  else if (answer.body === null) send({ kind: 'NothingNewer' });
  else send({ kind: 'SessionCame', view: answer.body as SessionView, at: performance.now() });
}

async function askTime(key: Key, send: Send): Promise<void> {
  const sent = performance.now();
  const answer = await ask(`${pathOf(key)}/clock`, { headers: bearer(key) });
  if (!answer.ok) return;
  const { now } = answer.body as ClockView;
  send({ kind: 'ClockAnswered', probe: { sent, received: performance.now(), server: now } });
}

/** `keepalive`, so that what was typed last is sent though the panel is being closed. */
async function command(effect: Extract<NetworkEffect, { do: 'command' }>, send: Send): Promise<void> {
  const answer = await ask(`${pathOf(effect.key)}/commands`, {
    method: 'POST',
    headers: { ...bearer(effect.key), 'Idempotency-Key': effect.id },
    body: JSON.stringify(effect.body),
    keepalive: true,
  });
  if (effect.unheard) return;
  const at = performance.now();
  if (answer.ok) return send({ kind: 'Answered', view: answer.body as SessionView, at });
  if (!answer.failure) return send({ kind: 'Unreached' });
  const { current = null } = answer.failure as ProblemView & { readonly current?: SessionView };
  send({ kind: 'Refused', failure: answer.failure, current, at });
}

/** A clip, or its words; the answer is the session with it. */
async function bring(key: Key, path: string, options: Options, send: Send): Promise<void> {
  const headers = { ...bearer(key), ...options.headers };
  const answer = await ask(`${pathOf(key)}/clip${path}`, { ...options, method: 'PUT', headers });
  if (!answer.ok) return send({ kind: 'ClipFailed', failure: answer.failure });
  send({ kind: 'SessionCame', view: answer.body as SessionView, at: performance.now() });
  send({ kind: 'ClipSaved' });
}

interface Options extends RequestInit {
  readonly headers?: Readonly<Record<string, string>>;
}

type Answer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly failure: Failure };

async function ask(path: string, options: Options): Promise<Answer> {
  const json = typeof options.body === 'string' && { 'Content-Type': 'application/json' };
  try {
    const response = await fetch(path, {
      ...options,
      cache: 'no-store',
      headers: { ...json, ...options.headers },
      signal: AbortSignal.timeout(options.body instanceof File ? UPLOAD_PATIENCE_MS : PATIENCE_MS),
    });
    const body: unknown = response.status === 204 ? null : await response.json();
    if (response.ok) return { ok: true, body };
    return { ok: false, failure: AWAY.includes(response.status) ? null : (body as ProblemView) };
  } catch {
    return { ok: false, failure: null };
  }
}

function pathOf({ session }: Key): string {
  return `/api/sessions/${session}`;
}

function bearer({ token }: Key): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
