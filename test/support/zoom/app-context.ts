import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * The sealed context of the `X-Zoom-App-Context` header and of `getAppContext`: each part after its length,
 * AES-256-GCM under the hash of the app's secret.
 * @param claims `typ`, `uid` (none for guests), `mid` (in a meeting alone), `iss`, `aud`, `ts` and `exp` in milliseconds
 */
export function sealContext(claims: object, clientSecret: string): string {
  const iv = randomBytes(12);
  const aad = Buffer.from('context');
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(clientSecret).digest(), iv);
  cipher.setAAD(aad);
  const text = Buffer.concat([cipher.update(JSON.stringify(claims), 'utf8'), cipher.final()]);
  const lengths = { iv: Buffer.alloc(1), aad: Buffer.alloc(2), text: Buffer.alloc(4) };
  lengths.iv.writeUInt8(iv.length);
  lengths.aad.writeUInt16LE(aad.length);
  lengths.text.writeInt32LE(text.length);
  const parts = [lengths.iv, iv, lengths.aad, aad, lengths.text, text, cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}
