import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a sealed text belongs to; it opens nowhere else. */
export interface SealedFor {
  readonly organisation: string;
  /** The row and field: `calendar_account:ID:secret`. */
  readonly purpose: string;
}

/** A sealed text that does not open: another key, another place, or somebody changed it. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/**
 * Seals texts at rest with AES-256-GCM. The result, `1.KEY.NONCE.TEXT.TAG` in base64url, names its key, so that a
 * text sealed with another key is told apart from one that was tampered with.
 */
export class Sealer {
  readonly #key: Buffer;
  /** The first 8 hex digits of the key's SHA-256. */
  readonly keyId: string;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new RangeError(`A key has 32 bytes, not ${key.length}`);
    this.#key = key;
    this.keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  }

  seal(text: string, owner: SealedFor): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(aad(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = [nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
    return ['1', this.keyId, ...parts].join('.');
  }

  /** @throws {CannotOpen} */
  open(sealed: string, owner: SealedFor): string {
    const [version, keyId, ...parts] = sealed.split('.');
    if (version !== '1' || parts.length !== 3) throw new CannotOpen('This was not sealed here');
    if (keyId !== this.keyId)
      throw new CannotOpen(`This was sealed with the key ${keyId}, not ${this.keyId}`);
    const [nonce, text, tag] = parts.map((part) => Buffer.from(part, 'base64url')) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: 16 });
      cipher.setAAD(aad(owner)).setAuthTag(tag);
      return Buffer.concat([cipher.update(text), cipher.final()]).toString('utf8');
    } catch (cause) {
      throw new CannotOpen('This was sealed for another place, or somebody changed it', { cause });
    }
  }
}

/** JSON, so that no two pairs of names run into the same bytes. */
function aad({ organisation, purpose }: SealedFor): Buffer {
  return Buffer.from(JSON.stringify([organisation, purpose]));
}
