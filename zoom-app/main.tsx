import { render } from 'preact';
import './look/palette.css';
import './look/page.css';
import './look/desk.css';
import { act, listen } from './program/browser.ts';
import type { Fact } from './program/facts.ts';
import { FIRST } from './program/model.ts';
import { titleOf } from './program/title.ts';
import { call, isCall } from './program/network.ts';
import { update } from './program/update.ts';
import { fetchProgram } from './parts/later-page.tsx';
import { Page } from './parts/page.tsx';

const root = document.getElementById('app')!;
let model = FIRST;
let drawing = false;

/** A fact changes the model, the page is drawn once a frame, the effects are done. */
function send(fact: Fact): void {
  const [next, effects] = update(model, fact);
  model = next;
  draw();
  for (const effect of effects) {
    if (effect.do === 'fetch program') void fetchProgram(effect.page, send);
    else if (isCall(effect)) void call(effect, model.token, send);
    else act(effect, send);
  }
}

function draw(): void {
  if (drawing) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    document.title = titleOf(model);
    render(<Page model={model} send={send} />, root);
  });
}

listen(send);
