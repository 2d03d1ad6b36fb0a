import type { SessionView } from '../../src/live/live.api.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { keyOf } from './model.ts';
import type { Change, Model } from './model.ts';
import { withProbe } from './server-clock.ts';
import { zoomCan } from './zooming.ts';

const POLL_MS = 2000;
const LISTEN_AGAIN_MS = 1000;

/** So many questions at the start; then one now and then, because computers sleep and clocks drift. */
const FIRST_PROBES = 8;
const CLOCK_MS = 30_000;

/** The server's words: by stream, else by asking every two seconds, and its clock. */
export function listening(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'SessionCame':
      return [{ ...seen(model, fact.view, fact.at), unreached: false }, []];
    case 'Answered':
      return [{ ...seen(model, fact.view, fact.at), unreached: false }, nudge(model, fact.view)];
    case 'Refused':
      return [fact.current ? seen(model, fact.current, fact.at) : model, []];
    case 'StreamOpened':
    case 'StreamBroke':
    case 'StreamWanted':
    case 'PollDue':
      // Whoever came in anew listens and polls anew.
      return keyOf(model)?.token === fact.token ? onLine(model, fact) : [model, []];
    case 'PollFailed':
      return [{ ...model, unreached: fact.failure === null }, []];
    case 'NothingNewer':
      return [{ ...model, unreached: false }, []];
    case 'Nudged':
      return [model, fact.revision > (model.view?.revision ?? 0) ? poll(model) : []];
    case 'PanelSeen':
      return [model, [...poll(model), ...askTime(model)]];
    case 'SoundFailed':
      // The address of the sound has run out; a look at the session brings a new one.
      return [model, poll(model, true)];
    case 'ClockAnswered': {
      const known = { ...model, clock: withProbe(model.clock, fact.probe) };
      const again = known.clock.probes.length < FIRST_PROBES;
      return [known, again ? askTime(known) : [later(CLOCK_MS, { kind: 'ClockDue' })]];
    }
    case 'ClockDue':
      return [model, askTime(model)];
    default:
      return [model, []];
  }
}

type LineFact = Extract<Fact, { kind: 'StreamOpened' | 'StreamBroke' | 'StreamWanted' | 'PollDue' }>;

/** How the stream goes, and the asking that takes its place. */
function onLine(model: Model, fact: LineFact): Change {
  switch (fact.kind) {
    case 'StreamOpened':
      return [{ ...model, line: 'live', unreached: false }, []];
    case 'StreamBroke': {
      const again: Fact = { kind: 'StreamWanted', token: fact.token };
      return [{ ...model, line: 'broken' }, [...poll(model), later(LISTEN_AGAIN_MS, again)]];
    }
    case 'StreamWanted':
      return [model, listen(model)];
    case 'PollDue':
      return [model, [...(model.line === 'live' ? [] : poll(model)), later(POLL_MS, fact)]];
  }
}

/** An older word that was overtaken on its way changes nothing. */
function seen(model: Model, view: SessionView, at: number): Model {
  if (model.view && view.session === model.view.session && view.revision < model.view.revision) return model;
  const blockChanged = model.view?.current !== view.current;
  return {
    ...model,
    view,
    glimpse: model.view ? model.glimpse : view.now - at,
    questionTurn: blockChanged ? 0 : model.questionTurn,
    skipOpen: blockChanged ? false : model.skipOpen,
  };
}

/** Only says that there is something to fetch: messages between panels get lost and change places. */
function nudge(model: Model, { revision }: SessionView): readonly Effect[] {
  if (!zoomCan(model, 'sendMessage')) return [];
  return [{ do: 'tell zoom', call: 'sendMessage', options: { payload: { revision } } }];
}

function listen(model: Model): readonly Effect[] {
  const key = keyOf(model);
  return key ? [{ do: 'listen', key, after: model.view?.revision ?? null }] : [];
}

function poll(model: Model, whole = false): readonly Effect[] {
  const key = keyOf(model);
  return key ? [{ do: 'poll', key, after: whole ? null : (model.view?.revision ?? null) }] : [];
}

function askTime(model: Model): readonly Effect[] {
  const key = keyOf(model);
  return key ? [{ do: 'ask time', key }] : [];
}

function later(milliseconds: number, then: Fact): Effect {
  return { do: 'wait', milliseconds, then };
}
