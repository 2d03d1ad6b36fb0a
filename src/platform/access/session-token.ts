import type { Signer } from '../signer.ts';
import type { Caller } from './caller.ts';

/** Who may enter which session, and until when (milliseconds). */
export interface SessionPass {
  readonly organisation: string;
  readonly person: string;
  readonly session: string;
  readonly until: number;
}

const PURPOSE = 'session token';

/** A bearer token that opens one session and nothing else. Nothing of it is stored: it runs out by itself. */
export function sessionToken(signer: Signer, pass: SessionPass): string {
  return signer.sign(PURPOSE, { ...pass });
}

/** @returns null for a token that is forged or has run out */
export function callerInSession(signer: Signer, token: string, now: number): Caller | null {
  const pass = signer.read<{ organisation: string; person: string; session: string; until: number }>(
    PURPOSE,
    token,
    now,
  );
  if (!pass) return null;
  return { organisation: pass.organisation, person: pass.person, session: pass.session, roles: [] };
}
