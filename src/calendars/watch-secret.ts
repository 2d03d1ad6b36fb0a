import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/** A new watch's name and what the vendor has to bring with every message. Only the hash is kept. */
export interface WatchSecret {
  readonly channel: string;
  readonly secret: string;
  readonly hash: string;
}

/** The name stands inside the secret, because not every vendor gives ours back. 80 characters; Graph takes 128. */
export function newWatchSecret(): WatchSecret {
  const channel = randomUUID();
  const secret = `${channel}.${randomBytes(32).toString('base64url')}`;
  return { channel, secret, hash: sha256(secret).toString('hex') };
}

/** The watch that a secret claims to belong to; null for what we never gave out. */
export function channelOf(secret: string): string | null {
  return /^([0-9a-f-]{36})\.[\w-]{43}$/.exec(secret)?.[1] ?? null;
}

/** Takes the same time whatever is given; an unknown watch (null) is compared as well and never matches. */
export function isSecretOf(secret: string, hash: string | null): boolean {
  const known = Buffer.from(hash ?? NOBODY, 'hex');
  return timingSafeEqual(sha256(secret), known) && hash !== null;
}

const NOBODY = '0'.repeat(64);

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
