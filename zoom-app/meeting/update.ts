import { commanding } from './commanding.ts';
import type { Effect } from './effects.ts';
import { entering } from './entering.ts';
import type { Fact } from './facts.ts';
import { listening } from './listening.ts';
import type { Change, Model } from './model.ts';
import { playing } from './playing.ts';
import { sounding } from './sounding.ts';
import { ticking } from './ticking.ts';
import { typing } from './typing.ts';
import { zooming } from './zooming.ts';

/** Each looks after one part of the model; a fact concerns whom it may. Who compares with what was comes first. */
const PARTS: readonly ((model: Model, fact: Fact) => Change)[] = [
  zooming,
  entering,
  listening,
  commanding,
  typing,
  playing,
  sounding,
  ticking,
];

/** What a fact makes of the panel, and what is to be done about it. */
export function update(model: Model, fact: Fact): Change {
  const all: Effect[] = [];
  for (const part of PARTS) {
    const [next, effects] = part(model, fact);
    model = next;
    all.push(...effects);
  }
  return [model, all];
}
