import { render } from 'preact';
import './meeting.css';
import { act, listen } from './browser.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { FIRST } from './model.ts';
import { call } from './network.ts';
import { Panel } from './panel.tsx';
import { Player } from './player.ts';
import { makeTone } from './tone.ts';
import { update } from './update.ts';
import { askZoom, hearZoom, inZoom } from './zoom.ts';

const root = document.getElementById('app')!;
const player = new Player(send);
let model = FIRST;
let drawing = false;

/** A fact changes the model, the panel is drawn, the effects are done: the sound's at once, inside the tap. */
function send(fact: Fact): void {
  const [next, effects] = update(model, fact);
  model = next;
  draw();
  for (const effect of effects) perform(effect);
}

function perform(effect: Effect): void {
  switch (effect.do) {
    case 'wait':
    case 'tick':
    case 'keep':
    case 'forget link':
      return act(effect, send);
    case 'join sound':
    case 'follow':
      return player.act(effect);
    case 'ready tone':
    case 'sound tone':
    case 'keep tones':
      return makeTone(effect, send);
    case 'configure':
    case 'ask context':
    case 'tell zoom':
      return void askZoom(effect, send);
    default:
      return void call(effect, send);
  }
}

function draw(): void {
  if (drawing) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    render(<Panel model={model} send={send} element={player.element} />, root);
  });
}

if (inZoom()) hearZoom(send);
listen(send);
