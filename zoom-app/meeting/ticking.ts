import { countdown, lengthText, markPassed, untilNextText } from './countdown.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { standsStill } from './following.ts';
import { serverNow } from './model.ts';
import type { Change, Model } from './model.ts';
import { words } from './words.ts';

/** While the clip plays its transcript follows; otherwise the text of the timer is all that changes. */
const CLIP_MS = 100;
const IDLE_MS = 1000;

/** The passing of time: the next moment at which something looks different, and what must be heard. */
export function ticking(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'TimePassed': {
      const passed = { ...model, now: fact.at };
      return [{ ...passed, said: heard(model, passed) ?? model.said }, tick(passed)];
    }
    case 'SessionCame':
    case 'Answered':
    case 'Refused': {
      const caught = { ...model, now: Math.max(model.now, fact.at) };
      return [begun(caught), tick(caught)];
    }
    case 'ClockAnswered':
      return [model, tick(model)];
    default:
      return [model, []];
  }
}

function tick(model: Model): readonly Effect[] {
  const { view } = model;
  if (!view) return [];
  const now = serverNow(model);
  const plays = view.clip && view.playback && !standsStill(view.playback, view.clip.duration, now);
  if (plays) return [{ do: 'tick', milliseconds: CLIP_MS }];
  const milliseconds = view.timer.is === 'running' ? untilNextText(countdown(view, now)) : IDLE_MS;
  return [{ do: 'tick', milliseconds }];
}

/** Only minute marks are spoken: whoever listens to a screen reader is also listening to a person. */
function heard(before: Model, after: Model): string | null {
  const { view } = after;
  if (!view || view.timer.is !== 'running') return null;
  const mark = markPassed(countdown(view, serverNow(before)).left, countdown(view, serverNow(after)).left);
  return mark === null ? null : words.timer.mark(view.blocks[view.current]!.name, mark);
}

/** A new block is a mark of its own. */
function begun(model: Model): Model {
  const { view } = model;
  if (view?.timer.is !== 'running' || model.spokenBlock === view.current) return model;
  const { name, seconds } = view.blocks[view.current]!;
  return { ...model, spokenBlock: view.current, said: words.timer.begun(name, lengthText(seconds)) };
}
