import type { CapabilityName } from './capabilities.ts';
import { countdown } from './countdown.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { asked } from './commanding.ts';
import { serverNow } from './model.ts';
import type { Change, Model, Zoom } from './model.ts';
import { asksForCommitment } from './session-facts.ts';
import { words } from './words.ts';

/** After this the panel says that Zoom is slow, and goes on without it. */
const SLOW_MS = 3000;

/** Zoom forgets a configuration after two hours. */
const CONFIG_MS = 110 * 60_000;

/** A countdown that could not be taken away again is better not shown. */
const INDICATOR = ['setDynamicIndicator', 'removeDynamicIndicator'] as const;

/** What Zoom adds: who is here, a countdown on the tile, a word when the meeting ends. Nothing waits for it. */
export function zooming(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'Opened':
      return fact.zoom ? configure(model) : [model, []];
    case 'ZoomConfigured':
      return configured(model, fact.missing);
    case 'ZoomRefused':
      return refused(model, fact.call);
    case 'ZoomWasSlow':
      return [model.zoom.is === 'asked' ? zoomIs(model, { is: 'slow' }) : model, []];
    case 'ContextChanged':
    case 'ConfigDue':
    case 'PanelSeen':
      return [{ ...model, hidden: false }, model.zoom.is === 'absent' ? [] : [{ do: 'configure' }]];
    case 'PanelHidden':
      return [{ ...model, hidden: true }, []];
    case 'MeetingEnded':
      return ended(model);
    case 'DeskAsked':
      return [model, [{ do: 'tell zoom', call: 'openUrl', options: { url: fact.url } }]];
    case 'SessionCame':
    case 'Answered':
    case 'TimePassed':
      return mirror(model);
    default:
      return [model, []];
  }
}

/** Whether Zoom can be asked for this; the panel does without where it cannot. */
export function zoomCan({ zoom }: Model, name: CapabilityName): boolean {
  return zoom.is === 'configured' && !zoom.missing.includes(name);
}

function zoomIs(model: Model, change: Partial<Zoom>): Model {
  return { ...model, zoom: { ...model.zoom, ...change } };
}

function configure(model: Model): Change {
  return [
    zoomIs(model, { is: 'asked' }),
    [{ do: 'configure' }, { do: 'wait', milliseconds: SLOW_MS, then: { kind: 'ZoomWasSlow' } }],
  ];
}

function configured(model: Model, missing: readonly string[]): Change {
  // What was on the tile is told again: after a change of role it may be gone.
  const ready = { ...zoomIs(model, { is: 'configured', missing }), indicator: '' };
  const wait: Effect = { do: 'wait', milliseconds: CONFIG_MS, then: { kind: 'ConfigDue' } };
  const [next, effects] = mirror(ready);
  return [next, [wait, ...effects]];
}

/** One quiet second try for the configuration; whatever else fails is done without. */
function refused(model: Model, call: string): Change {
  if (call === 'authorize') return [unlinked(model), []];
  if (call === 'getAppContext' && model.entry.is === 'opening') return [withoutZoom(model), []];
  if (call !== 'config') return [model, []];
  if (model.zoom.retried) return [withoutZoom(zoomIs(model, { is: 'dead' })), []];
  return [zoomIs(model, { is: 'slow', retried: true }), [{ do: 'configure' }]];
}

/** Zoom may have done it though its answer came too late: whoever is in by now stays in. */
function unlinked(model: Model): Model {
  return model.entry.is === 'linking' ? { ...model, entry: { is: 'not linked' } } : model;
}

/** The next time that Zoom is configured, it is asked again. */
function withoutZoom(model: Model): Model {
  return model.entry.is === 'opening' && model.zoom.context === null
    ? zoomIs({ ...model, entry: { is: 'nobody' } }, { asked: false })
    : model;
}

/** The client's own word that the meeting is over. Both sides may say it; once is enough. */
function ended(model: Model): Change {
  const is = model.view?.timer.is;
  return is === 'running' || is === 'paused' ? asked(model, { do: 'end' }) : [model, []];
}

/** The manager's tile shows the countdown to both, and whoever looks elsewhere is asked once for the commitment. */
function mirror(model: Model): Change {
  const [shown, effects] = indicate(model);
  const { view } = shown;
  if (!view || !shown.hidden || shown.notified || !asksForCommitment(view, serverNow(shown)))
    return [shown, effects];
  if (!zoomCan(shown, 'showNotification')) return [shown, effects];
  const options = { type: 'info', title: words.name, message: words.commitment.ask };
  return [{ ...shown, notified: true }, [...effects, { do: 'tell zoom', call: 'showNotification', options }]];
}

function indicate(model: Model): Change {
  const { view } = model;
  if (view?.you !== 'manager' || !INDICATOR.every((name) => zoomCan(model, name))) return [model, []];
  const block = view.blocks[view.current]!;
  const { is } = view.timer;
  const indicator = JSON.stringify([
    is,
    view.current,
    block.seconds,
    is === 'running' ? view.timer.since : block.spent,
  ]);
  if (indicator === model.indicator) return [model, []];
  const next = { ...model, indicator };
  if (is === 'waiting') return [next, []];
  if (is !== 'running') return [next, [{ do: 'tell zoom', call: 'removeDynamicIndicator' }]];
  const start = Math.max(0, Math.round(countdown(view, serverNow(model)).left / 1000));
  const timer = {
    action: 'start',
    direction: 'down',
    start,
    withSound: false,
    countNegativeAfterAlarm: true,
  };
  const options = { text: block.name, timer: { ...timer, showNotification: false } };
  return [next, [{ do: 'tell zoom', call: 'setDynamicIndicator', options }]];
}
