import fc from 'fast-check';
import { CannotOpen, Sealer } from '../../src/store/sealed.ts';

const key = Buffer.alloc(32, 7);
const owner = { organisation: 'acme', purpose: 'calendar_account:1:secret' };

describe('a sealed text', () => {
  const sealer = new Sealer(key);

  it('opens to what was sealed, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, organisation, purpose) => {
        const sealed = sealer.seal(text, { organisation, purpose });
        expect(sealer.open(sealed, { organisation, purpose })).toBe(text);
        expect(text.length > 8 && sealed.includes(text)).toBe(false);
      }),
    );
  });

  it('is another one each time', () => {
    expect(sealer.seal('word', owner)).not.toBe(sealer.seal('word', owner));
  });

  it('opens for nobody else: no other organisation, no other purpose, no other pair of both', () => {
    const sealed = sealer.seal('word', { organisation: 'ab', purpose: 'c' });
    for (const other of [
      { organisation: 'x', purpose: 'c' },
      { organisation: 'ab', purpose: 'x' },
      { organisation: 'a', purpose: 'bc' },
    ]) {
      expect(() => sealer.open(sealed, other)).toThrow(CannotOpen);
    }
  });

  it('does not open once any character of it was changed', () => {
    const sealed = sealer.seal('a password', owner);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'b', '0', '-', '.'), (at, letter) => {
        const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        if (sameBytes(changed, sealed)) return;
        expect(() => sealer.open(changed, owner)).toThrow(CannotOpen);
      }),
    );
  });

  it.each(['', 'plain', '1.2.3', '2.abcdef01.AAAA.AAAA.AAAA', `1.${sealer.keyId}.AAAA.AAAA.AAAA`])(
    'is not %j',
    (text) => {
      expect(() => sealer.open(text, owner)).toThrow(CannotOpen);
    },
  );

  it('says so when it was sealed with another key', () => {
    const other = new Sealer(Buffer.alloc(32, 8));
    expect(() => sealer.open(other.seal('word', owner), owner)).toThrow(
      `sealed with the key ${other.keyId}, not ${sealer.keyId}`,
    );
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new Sealer(Buffer.alloc(31))).toThrow('32 bytes');
  });
});

/** The last letter of base64url carries bits that mean nothing. */
function sameBytes(a: string, b: string): boolean {
  const decoded = (text: string) =>
    text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
  return a.slice(0, 10) === b.slice(0, 10) && decoded(a).join('.') === decoded(b).join('.');
}
