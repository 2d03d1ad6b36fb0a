import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate of its own making, as PEM. */
export interface OwnCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate (RFC 5280) for these names, good for as long as anybody runs tests, and trusted by nobody unasked. */
export function certificateFor(names: readonly string[]): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), text(0x0c, 'Perennial tests'))));
  const validity = sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z'));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const body = sequence(version, serial, algorithm, name, validity, name, spki, extensions(names));
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

function extensions(names: readonly string[]): Buffer {
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
  const hosts = sequence(...names.map((host) => text(0x82, host)));
  return der(
    0xa3,
    sequence(
      sequence(oid(0x55, 0x1d, 0x13), der(0x04, isAuthority)),
      sequence(oid(0x55, 0x1d, 0x11), der(0x04, hosts)),
    ),
  );
}

/** Tag, length, value (X.690 section 8.1). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), value]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), value]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function text(tag: number, value: string): Buffer {
  return der(tag, Buffer.from(value));
}
