import * as z from 'zod';
import { MeetingPlatform } from '../meeting-platform.ts';
import type { Arrival, Grant, Identity } from '../meeting-platform.ts';
import { inMilliseconds, openZoomContext } from './zoom-context.ts';
import type { ZoomApp } from './zoom-context.ts';

/** Where Zoom answers. */
export interface ZoomAddresses {
  readonly signIn: string;
  readonly api: string;
}

const ZOOM: ZoomAddresses = { signIn: 'https://zoom.us', api: 'https://api.zoom.us' };

const PATIENCE_MS = 10_000;

const tokenAnswer = z.object({ access_token: z.string() });
const meAnswer = z.object({ id: z.string().min(1), email: z.email(), verified: z.number().optional() });

/** Zoom, as far as it says who somebody is. Its tokens are used once and kept nowhere. */
export class Zoom extends MeetingPlatform {
  override readonly connected = true;

  constructor(
    private readonly app: ZoomApp,
    private readonly addresses: ZoomAddresses = ZOOM,
  ) {
    super();
  }

  override recognise(sealed: string, now: number): Arrival | null {
    const claims = openZoomContext(sealed, this.app, now);
    if (!claims) return null;
    const meeting = claims.typ === 'meeting' ? (claims.mid ?? null) : null;
    return { account: claims.uid ?? null, meeting, until: inMilliseconds(claims.exp) };
  }

  /** The in-client flow knows PKCE `plain` alone, so the verifier is the challenge. */
  override async identify({ code, verifier, redirectUri }: Grant): Promise<Identity | null> {
    const basic = Buffer.from(`${this.app.clientId}:${this.app.clientSecret}`).toString('base64');
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    };
    const token = tokenAnswer.safeParse(
      await read(`${this.addresses.signIn}/oauth/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${basic}` },
        body: new URLSearchParams(form),
      }),
    );
    if (!token.success) return null;
    const headers = { Authorization: `Bearer ${token.data.access_token}` };
    const me = meAnswer.safeParse(await read(`${this.addresses.api}/v2/users/me`, { headers }));
    if (!me.success || me.data.verified === 0) return null;
    return { account: me.data.id, email: me.data.email };
  }
}

/** @returns null for every answer but a good one, and for none */
async function read(url: string, init: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(url, {
      ...init,
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
