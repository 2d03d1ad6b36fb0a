import sdk from '@zoom/appssdk';
import { CAPABILITIES } from './capabilities.ts';
import type { CapabilityName } from './capabilities.ts';
import type { ZoomEffect } from './effects.ts';
import type { Fact, Send } from './facts.ts';

/**
 * The only file that knows the SDK. Its object pretends to have every method, `then` as well: awaiting it, or
 * returning it from an async function, would never end. So it stays in here.
 */
const VERSION = '0.16';

type Heard = Parameters<typeof sdk.addEventListener>[0];

/** Whether a Zoom client is listening at all; the SDK itself would only find out by waiting. */
export function inZoom(): boolean {
  const world = window as unknown as {
    readonly android?: unknown;
    readonly chrome?: { readonly webview?: unknown };
    readonly webkit?: { readonly messageHandlers?: { readonly jsOCHelper?: unknown } };
  };
  return Boolean(
    window.self !== window.top ||
    world.android ||
    world.chrome?.webview ||
    world.webkit?.messageHandlers?.jsOCHelper,
  );
}

/** Asks Zoom something. What fails is told as a fact and never thrown: everything works without Zoom. */
export async function askZoom(effect: ZoomEffect, send: Send): Promise<void> {
  try {
    if (effect.do === 'configure') await configure(send);
    else if (effect.do === 'ask context')
      send({ kind: 'ContextGiven', context: (await sdk.getAppContext()).context });
    else await sdk.callZoomApi(effect.call, effect.options as Parameters<typeof sdk.callZoomApi>[1]);
  } catch (error) {
    send({ kind: 'ZoomRefused', call: callOf(effect), code: codeOf(error) });
  }
}

/** Safe to repeat, and repeated whenever Zoom may have forgotten. */
async function configure(send: Send): Promise<void> {
  const { runningContext, unsupportedApis } = await sdk.config({
    capabilities: CAPABILITIES.map(({ name }) => name),
    version: VERSION,
  });
  send({ kind: 'ZoomConfigured', running: runningContext, missing: unsupportedApis });
}

/** What Zoom tells by itself. Subscribing is local; what flows is what the configuration asked for. */
export function hearZoom(send: Send): void {
  hear('onMyUserContextChange', () => ({ kind: 'ContextChanged' }));
  hear('onRunningContextChange', () => ({ kind: 'ContextChanged' }));
  hear('onAppVisibilityChange', ({ visible }) => ({ kind: visible === true ? 'PanelSeen' : 'PanelHidden' }));
  hear('onMeeting', ({ action }) => (action === 'ended' ? { kind: 'MeetingEnded' } : null));
  hear('onMessage', ({ payload }) => nudged(payload));
  hear('onAuthorized', ({ code, state, redirectUri }) => {
    if (typeof code !== 'string' || typeof state !== 'string') return null;
    const back = typeof redirectUri === 'string' ? redirectUri : location.href;
    return { kind: 'Authorized', code, state, redirectUri: back };
  });

  /** A handler that throws would starve the ones after it. */
  function hear(
    event: CapabilityName & Heard,
    factOf: (data: Readonly<Record<string, unknown>>) => Fact | null,
  ): void {
    sdk.addEventListener(event, (data: unknown) => {
      try {
        const fact = factOf((data ?? {}) as Record<string, unknown>);
        if (fact) send(fact);
      } catch {
        // What Zoom tells only adds comfort.
      }
    });
  }
}

/** Another panel's word is a hint, whoever sent it and whatever else is in it. */
function nudged(payload: unknown): Fact | null {
  const { revision } = (typeof payload === 'string' ? JSON.parse(payload) : payload) as {
    revision?: unknown;
  };
  return typeof revision === 'number' ? { kind: 'Nudged', revision } : null;
}

function callOf(effect: ZoomEffect): string {
  if (effect.do === 'tell zoom') return effect.call;
  return effect.do === 'configure' ? 'config' : 'getAppContext';
}

/** The SDK's own error class is not exported, and has another name in every bundle. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'none';
}
