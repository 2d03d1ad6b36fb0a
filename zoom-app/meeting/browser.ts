import type { BrowserEffect, Key } from './effects.ts';
import type { Send } from './facts.ts';
import { inZoom } from './zoom.ts';

const KEPT = 'perennial-session';

let ticking: ReturnType<typeof setTimeout> | undefined;

/** What the browser does for us, network and sound aside. */
export function act(effect: BrowserEffect, send: Send): void {
  switch (effect.do) {
    case 'wait':
      setTimeout(() => send(effect.then), effect.milliseconds);
      break;
    case 'tick':
      clearTimeout(ticking);
      ticking = setTimeout(() => send({ kind: 'TimePassed', at: performance.now() }), effect.milliseconds);
      break;
    case 'keep':
      keep(effect.key);
      break;
    case 'forget link':
      history.replaceState(null, '', location.pathname + location.search);
      break;
  }
}

/** Tells what happens in the browser. */
export function listen(send: Send): void {
  const link = /^#link=(.+)$/.exec(location.hash)?.[1] ?? null;
  send({
    kind: 'Opened',
    at: performance.now(),
    link,
    context: document.querySelector<HTMLMetaElement>('meta[name="zoom-app-context"]')?.content ?? null,
    kept: kept(),
    zoom: inZoom(),
    seed: crypto.randomUUID(),
  });
  const seen = (): void =>
    send({ kind: document.visibilityState === 'visible' ? 'PanelSeen' : 'PanelHidden' });
  document.addEventListener('visibilitychange', seen);
  addEventListener('online', seen);
  addEventListener('popstate', () => send({ kind: 'ContextChanged' }));
  addEventListener('pagehide', () => send({ kind: 'PageLeft' }));
}

/** Browsers may deny a page in somebody else's frame all storage: then a reload asks anew who is there. */
function keep(key: Key | null): void {
  try {
    if (key) sessionStorage.setItem(KEPT, JSON.stringify(key));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing is kept, and nothing but that reload needs it.
  }
}

function kept(): Key | null {
  try {
    const text = sessionStorage.getItem(KEPT);
    return text === null ? null : (JSON.parse(text) as Key);
  } catch {
    return null;
  }
}
