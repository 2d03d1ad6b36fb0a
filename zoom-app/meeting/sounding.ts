import { countdown, cueHeard } from './countdown.ts';
import type { Fact } from './facts.ts';
import { serverNow } from './model.ts';
import type { Change, Model } from './model.ts';

/** F060: a soft tone at the cues of the deals, once a tap allowed it and until somebody turns it off. */
export function sounding(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'Asked':
      return [model, model.tones === 'none' ? [{ do: 'ready tone' }] : []];
    case 'TonesReady':
      return [{ ...model, tones: fact.on ? 'on' : 'off' }, []];
    case 'TonesTurned':
      return [{ ...model, tones: fact.on ? 'on' : 'off' }, [{ do: 'keep tones', on: fact.on }]];
    case 'TimePassed':
      return [model, isDue(model, { ...model, now: fact.at }) ? [{ do: 'sound tone' }] : []];
    default:
      return [model, []];
  }
}

function isDue(before: Model, after: Model): boolean {
  const { view } = after;
  if (after.tones !== 'on' || view?.timer.is !== 'running') return false;
  const left = (model: Model): number => countdown(view, serverNow(model)).left;
  return cueHeard(view, left(before), left(after));
}
