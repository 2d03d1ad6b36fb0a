/** The four ways in which a client reaches the page of an app; the SDK looks for a frame around it first. */
export type Transport = 'iframe' | 'webview2' | 'webkit' | 'android';

/** The binding through which a page reaches its simulated client, and the function that takes the way back. */
export const TO_CLIENT = 'simulatedZoomReceives';
export const TO_PAGE = 'simulatedZoomSends';

interface World {
  // oxlint-disable-next-line typescript/no-explicit-any -- the page's globals, where the SDK looks
  [name: string | number]: any;
}

/**
 * Runs in the page before any of its scripts: puts the object of one transport where the SDK looks for it, or listens
 * around the frame. What the page posts is a JSON string; what it gets is an object.
 */
export function installBridge([transport, toClient, toPage]: readonly [string, string, string]): void {
  const world = globalThis as World;
  const post = (message: unknown): void => {
    if (typeof message !== 'string') throw new TypeError('The client takes JSON strings only');
    world[toClient](JSON.stringify([message, world['location'].href]));
  };
  const native2js = (data: unknown): void => world['zoomSdk']?.native2js({ data });
  if (transport === 'iframe') {
    if (world['self'] !== world['top']) return;
    world['addEventListener']('message', ({ source, data }: MessageEvent) => {
      if (source === world[0]) post(data);
    });
    world[toPage] = (data: unknown) => world[0]?.postMessage(data, '*');
  } else if (transport === 'webview2') {
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const addEventListener = (_: string, listener: (event: { data: unknown }) => void): void => {
      listeners.push(listener);
    };
    world['chrome'] ??= {};
    world['chrome'].webview = { postMessage: post, addEventListener };
    world[toPage] = (data: unknown) => listeners.forEach((listener) => listener({ data }));
  } else if (transport === 'webkit') {
    world['webkit'] = { messageHandlers: { jsOCHelper: { postMessage: post } } };
    world[toPage] = native2js;
  } else {
    world['android'] = { postMessage: post };
    world[toPage] = native2js;
  }
}
