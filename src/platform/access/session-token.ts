import * as z from 'zod';
import { id } from '../values.api.ts';
import type { Signer } from '../signer.ts';
import type { Caller } from './caller.ts';

/** Who may enter which session, and until when (milliseconds). */
export const sessionPass = z.object({ organisation: id, person: id, session: id, until: z.int() });
export type SessionPass = z.output<typeof sessionPass>;

const PURPOSE = 'session token';

/** A bearer token that opens one session and nothing else. Nothing of it is stored: it runs out by itself. */
export function sessionToken(signer: Signer, pass: SessionPass): string {
  return signer.sign(PURPOSE, pass);
}

/** @returns null for a token that is forged or has run out */
export function callerInSession(signer: Signer, token: string, now: number): Caller | null {
  const pass = signer.read(PURPOSE, sessionPass, token, now);
  if (!pass) return null;
  return { ...pass, roles: [] };
}
