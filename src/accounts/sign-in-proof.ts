import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What proves at the end of a sign-in that it is the one that was begun. */
export interface SignInProof {
  /** Goes to the vendor and comes back in the address. */
  readonly state: string;
  /** Stays in the browser that began, as a cookie. */
  readonly browser: string;
  /** Stays with us until the code is redeemed (RFC 7636). */
  readonly verifier: string;
}

/** 256 random bits each: nothing to guess. */
export function newProof(): SignInProof {
  const [state, browser, verifier] = [secret(), secret(), secret()];
  return { state, browser, verifier };
}

/** S256 (RFC 7636 section 4.2). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** In the same time whatever is given. */
export function isHashOf(text: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(text)), Buffer.from(hash));
}

const COOKIE = 'perennial-sign-in';

/** Lax, because the way back from the vendor is a link from another site; read by nothing but the callback. */
export function cookieFor(browser: string, minutes: number, isSecure: boolean): string {
  const flags = `HttpOnly; SameSite=Lax; Path=/oauth; Max-Age=${minutes * 60}`;
  return `${COOKIE}=${browser}; ${flags}${isSecure ? '; Secure' : ''}`;
}

export function browserIn(cookies: string | undefined): string {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(cookies ?? '')?.[1] ?? '';
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
