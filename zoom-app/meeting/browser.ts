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
      if (effect.key) sessionStorage.setItem(KEPT, JSON.stringify(effect.key));
      else sessionStorage.removeItem(KEPT);
      break;
  }
}

/** Tells what happens in the browser. A link's secret leaves the address bar at once. */
export function listen(send: Send): void {
  const link = /^#link=(.+)$/.exec(location.hash)?.[1] ?? null;
  if (link !== null) history.replaceState(null, '', location.pathname + location.search);
  const kept = sessionStorage.getItem(KEPT);
  send({
    kind: 'Opened',
    at: performance.now(),
    link,
    context: document.querySelector<HTMLMetaElement>('meta[name="zoom-app-context"]')?.content ?? null,
    kept: kept === null ? null : (JSON.parse(kept) as Key),
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
