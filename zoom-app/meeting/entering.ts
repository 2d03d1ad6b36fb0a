import type { Entered } from '../../src/live/live.api.ts';
import type { Effect, Key } from './effects.ts';
import type { Fact, Failure } from './facts.ts';
import type { Change, Model } from './model.ts';

/** Getting into the session: by link, by what Zoom says, or by what was kept over a reload. */
export function entering(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'Opened':
      return opened(model, fact);
    case 'ZoomConfigured':
      return askZoom(model);
    case 'ContextGiven':
      return contextGiven(model, fact.context);
    case 'EntryAnswered':
      return withoutLink(answered(model, fact.entered));
    case 'EntryFailed':
      return wasAnswered(fact.failure)
        ? withoutLink(failed(model, fact.failure))
        : failed(model, fact.failure);
    case 'MeetingChosen': {
      const { series, key } = fact;
      const body = { context: model.zoom.context, occurrence: { series, key } };
      return [{ ...model, entry: { is: 'opening' } }, [{ do: 'enter', by: 'zoom', body }]];
    }
    case 'LinkingAsked':
      return [{ ...model, entry: { is: 'linking' } }, [{ do: 'ask challenge' }]];
    case 'ChallengeGiven':
      return [model, [{ do: 'tell zoom', call: 'authorize', options: fact.challenge }]];
    case 'Authorized': {
      const { code, state, redirectUri } = fact;
      const body = { code, state, redirectUri, context: model.zoom.context };
      return [model, [{ do: 'enter', by: 'zoom/code', body }]];
    }
    case 'PollFailed':
      return fact.failure?.status === 401 ? enterAgain(model, fact.failure) : [model, []];
    case 'Refused':
      return fact.failure.status === 401 ? enterAgain(model, fact.failure) : [model, []];
    case 'RetryAsked':
      return enterAgain(model, null);
    default:
      return [model, []];
  }
}

/** Nobody reached, or something broke: what was asked may be asked again. */
function wasAnswered(failure: Failure): boolean {
  return failure !== null && failure.status < 500;
}

/** Its secret stays in the address bar no longer than it may be needed for a reload. */
function withoutLink([model, effects]: Change): Change {
  return model.link === null
    ? [model, effects]
    : [{ ...model, link: null }, [{ do: 'forget link' }, ...effects]];
}

/** The word that came with the page may have been spent by an earlier look at it; Zoom is asked once for another. */
function failed(model: Model, failure: Failure): Change {
  const refused: Model = { ...model, entry: { is: 'failed', failure } };
  return model.zoom.is === 'configured' ? askZoom(refused) : [refused, []];
}

/** Zoom is asked who is here unless that is known, or was asked already. */
function askZoom(model: Model): Change {
  const { entry, zoom } = model;
  const waits = entry.is === 'opening' && zoom.context === null;
  if (zoom.asked || !(waits || entry.is === 'failed' || entry.is === 'nobody')) return [model, []];
  if (zoom.missing.includes('getAppContext'))
    return [waits ? { ...model, entry: { is: 'nobody' } } : model, []];
  const asking: Model = { ...model, entry: { is: 'opening' }, zoom: { ...zoom, context: null, asked: true } };
  return [asking, [{ do: 'ask context' }]];
}

/** A personal link says more than what was kept: it may be another meeting's. */
function opened(model: Model, fact: Extract<Fact, { kind: 'Opened' }>): Change {
  const { link, context, kept, zoom, seed, at } = fact;
  const begun = { ...model, link, seed, now: at };
  if (link !== null) return byLink(begun, link);
  if (kept) return inside(begun, kept);
  if (context !== null) return contextGiven(begun, context);
  return [zoom ? begun : { ...begun, entry: { is: 'nobody' } }, []];
}

function byLink(model: Model, link: string): Change {
  return [{ ...model, entry: { is: 'opening' } }, [{ do: 'enter', by: 'link', body: { link } }]];
}

/** Whoever is in already stays in: what Zoom says again would only be spent. */
function contextGiven(model: Model, context: string): Change {
  const given = { ...model, zoom: { ...model.zoom, context } };
  if (model.entry.is !== 'opening') return [given, []];
  if (model.zoom.context !== null) return [given, []];
  return [given, [{ do: 'enter', by: 'zoom', body: { context } }]];
}

function answered(model: Model, entered: Entered): Change {
  if (entered.is !== 'in') return [{ ...model, entry: entered }, []];
  const key = { session: entered.session, token: entered.token };
  const spent = { ...ofSession(model, key.session), zoom: { ...model.zoom, context: null } };
  const [next, effects] = inside(spent, key);
  return [next, [{ do: 'keep', key }, ...effects]];
}

/** What was written for one meeting is no word for another. */
function ofSession(model: Model, session: string): Model {
  if (model.view === null || model.view.session === session) return model;
  return { ...model, view: null, waiting: [], drafts: {} };
}

function inside(model: Model, key: Key): Change {
  const effects: Effect[] = [
    { do: 'listen', key, after: null },
    { do: 'ask time', key },
    { do: 'wait', milliseconds: 2000, then: { kind: 'PollDue', token: key.token } },
  ];
  return [{ ...model, entry: { is: 'in', key }, line: 'opening' }, effects];
}

/** The token has run out, or the way in failed: Zoom can tell anew who we are, a browser needs a link. */
function enterAgain(model: Model, failure: Failure): Change {
  if (model.link !== null) return byLink(model, model.link);
  if (model.zoom.is === 'absent') {
    const entry: Model['entry'] = failure === null ? { is: 'nobody' } : { is: 'failed', failure };
    return [{ ...model, entry }, [{ do: 'keep', key: null }]];
  }
  const opening: Model = {
    ...model,
    entry: { is: 'opening' },
    zoom: { ...model.zoom, context: null, asked: false },
  };
  return [opening, [{ do: 'keep', key: null }, { do: 'configure' }]];
}
