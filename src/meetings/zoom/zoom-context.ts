import { createDecipheriv, createHash } from 'node:crypto';
import * as z from 'zod';

/** What Zoom says of whoever opened the app. A guest has no `uid`; outside a meeting there is no `mid`. */
const claims = z.object({
  typ: z.string(),
  uid: z.string().min(1).max(200).optional(),
  mid: z.string().min(1).max(200).optional(),
  iss: z.literal('marketplace.zoom.us'),
  aud: z.string(),
  ts: z.number().int().positive(),
  exp: z.number().int().positive(),
});
export type ZoomClaims = z.output<typeof claims>;

export interface ZoomApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

const TAG_BYTES = 16;

/** Zoom's samples disagree about the unit: what is too small for milliseconds are seconds. */
const SECONDS_BELOW = 1e12;

/**
 * Opens the sealed app context (`X-Zoom-App-Context`, `getAppContext`): base64 of
 * `ivLength u8 | iv | aadLength u16le | aad | textLength i32le | text | tag`, AES-256-GCM under SHA-256 of the client
 * secret. Every length is checked against what is there.
 * @returns null for anything that is not whole, not ours, or no longer valid
 */
export function openZoomContext(sealed: string, app: ZoomApp, now: number): ZoomClaims | null {
  const parts = split(Buffer.from(sealed, 'base64'));
  if (!parts) return null;
  try {
    const key = createHash('sha256').update(app.clientSecret).digest();
    const opener = createDecipheriv('aes-256-gcm', key, parts.iv, { authTagLength: TAG_BYTES });
    opener.setAAD(parts.aad).setAuthTag(parts.tag);
    const text = Buffer.concat([opener.update(parts.text), opener.final()]).toString('utf8');
    const read = claims.safeParse(JSON.parse(text));
    if (!read.success || read.data.aud !== app.clientId) return null;
    return inMilliseconds(read.data.exp) > now ? read.data : null;
  } catch {
    return null;
  }
}

export function inMilliseconds(time: number): number {
  return time < SECONDS_BELOW ? time * 1000 : time;
}

interface Parts {
  readonly iv: Buffer;
  readonly aad: Buffer;
  readonly text: Buffer;
  readonly tag: Buffer;
}

function split(bytes: Buffer): Parts | null {
  const reader = new Reader(bytes);
  const iv = reader.take(reader.number(1));
  const aad = reader.take(reader.number(2));
  const text = reader.take(reader.number(4));
  const tag = reader.take(TAG_BYTES);
  if (!iv || !aad || !text || !tag || iv.length === 0 || text.length === 0 || !reader.isAtEnd) return null;
  return { iv, aad, text, tag };
}

/** Reads forward and never past the end: what is not there is null, and so is everything after it. */
class Reader {
  #at: number | null = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.#at === this.bytes.length;
  }

  /** Little-endian; Zoom's four-byte length is signed, and a negative one is none. */
  number(size: 1 | 2 | 4): number | null {
    const bytes = this.take(size);
    if (!bytes) return null;
    return size === 4 ? bytes.readInt32LE() : bytes.readUIntLE(0, size);
  }

  take(size: number | null): Buffer | null {
    const at = this.#at;
    if (at === null || size === null || size < 0 || at + size > this.bytes.length) {
      this.#at = null;
      return null;
    }
    this.#at = at + size;
    return this.bytes.subarray(at, at + size);
  }
}
