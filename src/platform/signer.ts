import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod';

/** What a signed note says; `until` in milliseconds, after which it says nothing any more. */
type Note = Readonly<Record<string, string | number>> & { readonly until: number };

/**
 * Notes that somebody else carries and cannot alter: base64url of the JSON, a dot, base64url of its HMAC-SHA256.
 * Each purpose has a key of its own, so that a note for one is worth nothing for another.
 */
export class Signer {
  readonly #key: Buffer;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.#key = key;
  }

  sign(purpose: string, note: Note): string {
    const body = Buffer.from(JSON.stringify(note)).toString('base64url');
    return `${body}.${this.#mac(purpose, body).toString('base64url')}`;
  }

  /** @returns null for a note that was altered, is for another purpose, or has run out */
  read<S extends z.ZodType<Note>>(
    purpose: string,
    shape: S,
    signed: string,
    now: number,
  ): z.output<S> | null {
    const [body, mac, ...more] = signed.split('.');
    if (!body || !mac || more.length > 0) return null;
    const [given, wanted] = [Buffer.from(mac, 'base64url'), this.#mac(purpose, body)];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
    const note = shape.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return note.until > now ? note : null;
  }

  #mac(purpose: string, body: string): Buffer {
    const key = createHmac('sha256', this.#key).update(`perennial/${purpose}`).digest();
    return createHmac('sha256', key).update(body).digest();
  }
}
