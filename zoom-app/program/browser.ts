import type { Effect } from './effects.ts';
import type { Send } from './facts.ts';
import { tokenIn } from './routes.ts';

type Doing = Extract<
  Effect,
  { do: 'wait' | 'go' | 'leave' | 'load again' | 'keep token' | 'tell tabs' | 'focus' }
>;

const TOKEN = 'perennial-token';
const TICK_MS = 10_000;

/** Between the tabs of this browser: the id of whoever signed out in one of them. */
const signOuts = new BroadcastChannel('perennial-signed-out');

/** What the browser does for us, the network aside. */
export function act(effect: Doing, send: Send): void {
  switch (effect.do) {
    case 'wait':
      setTimeout(() => send(effect.then), effect.milliseconds);
      break;
    case 'go':
      history.pushState(null, '', effect.path);
      send({ kind: 'AddressChanged', address: effect.path });
      break;
    case 'leave':
      location.assign(effect.url);
      break;
    case 'load again':
      location.reload();
      break;
    case 'keep token':
      if (effect.token === null) sessionStorage.removeItem(TOKEN);
      else sessionStorage.setItem(TOKEN, effect.token);
      break;
    case 'tell tabs':
      signOuts.postMessage(effect.person);
      break;
    case 'focus':
      // The page is drawn in an earlier microtask, so the element is there; the next key must find it focused.
      queueMicrotask(() => {
        if (effect.ifLost && document.activeElement !== document.body) return;
        document.getElementById(effect.id)?.focus();
      });
      break;
  }
}

/** Tells what happens in the browser. A sign-in link's token leaves the address bar at once. */
export function listen(send: Send): void {
  const given = tokenIn(location.hash);
  if (given !== null) history.replaceState(null, '', location.pathname + location.search);
  const token = given ?? sessionStorage.getItem(TOKEN);
  send({ kind: 'Opened', address: location.pathname + location.search, token, at: Date.now() });
  addEventListener('popstate', () =>
    send({ kind: 'AddressChanged', address: location.pathname + location.search }),
  );
  addEventListener('hashchange', () => {
    const token = tokenIn(location.hash);
    if (token === null) return;
    history.replaceState(null, '', location.pathname + location.search);
    send({ kind: 'TokenGiven', token });
  });
  signOuts.addEventListener('message', ({ data }) =>
    send({ kind: 'SignedOutElsewhere', person: String(data) }),
  );
  addEventListener('pagehide', () => send({ kind: 'PageLeft' }));
  const tick = (): void => {
    if (document.visibilityState === 'visible') send({ kind: 'TimePassed', at: Date.now() });
  };
  addEventListener('online', tick);
  document.addEventListener('visibilitychange', tick);
  document.addEventListener('click', (event) => followed(event, send));
  setInterval(tick, TICK_MS);
}

/** Links of our own change the page without loading it anew. */
function followed(event: MouseEvent, send: Send): void {
  const link = (event.target as Element).closest('a');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.hash !== '' || link.hasAttribute('download')) return;
  if (link.pathname.startsWith('/api')) return;
  event.preventDefault();
  send({ kind: 'LinkFollowed', path: link.pathname + link.search });
}
