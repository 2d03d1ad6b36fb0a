import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text that does not open: another key, another context, or somebody altered it. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/**
 * Seals what must not be read at rest (AES-256-GCM): `v1.`, the key's id, and base64url of nonce, tag and cipher
 * text. The context says what the text belongs to and is part of the seal, so that it opens nowhere else.
 */
export class Seal {
  readonly #key: Buffer;
  /** The first 8 hex digits of the key's SHA-256: tells a text sealed with another key from an altered one. */
  readonly keyId: string;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new RangeError(`A key has 32 bytes, not ${key.length}`);
    this.#key = key;
    this.keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  }

  close(text: string, context: string): string {
    const body = this.closeBytes(Buffer.from(text, 'utf8'), context).toString('base64url');
    return `${VERSION}.${this.keyId}.${body}`;
  }

  /** The same for bytes: nonce, tag and cipher text, 28 bytes longer than what is sealed. */
  closeBytes(bytes: Uint8Array, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws {CannotOpen} */
  openBytes(sealed: Buffer, context: string): Buffer {
    try {
      return this.#decipher(sealed, context);
    } catch (cause) {
      throw new CannotOpen('This was sealed for another place, or somebody altered it.', { cause });
    }
  }

  /** @throws {CannotOpen} */
  open(sealed: string, context: string): string {
    const [version, keyId, body, ...more] = sealed.split('.');
    if (version !== VERSION || body === undefined || more.length > 0)
      throw new CannotOpen('What is sealed here was sealed in a way that is not known.');
    if (keyId !== this.keyId)
      throw new CannotOpen(`This was sealed with the key ${keyId}, not with ${this.keyId}.`);
    return this.openBytes(Buffer.from(body, 'base64url'), context).toString('utf8');
  }

  #decipher(bytes: Buffer, context: string): Buffer {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const opener = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    opener.setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([opener.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), opener.final()]);
  }
}
