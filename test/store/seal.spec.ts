import fc from 'fast-check';
import { CannotOpen, Seal } from '../../src/platform/seal.ts';

const CONTEXT = 'calendar account 1';

describe('a sealed text', () => {
  const seal = new Seal(Buffer.alloc(32, 7));

  it('opens to what was sealed, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        const sealed = seal.close(text, context);
        expect(seal.open(sealed, context)).toBe(text);
        expect(text.length > 8 && sealed.includes(text)).toBe(false);
      }),
    );
  });

  it('is another one each time', () => {
    expect(seal.close('word', CONTEXT)).not.toBe(seal.close('word', CONTEXT));
  });

  it('opens in no other context', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (context, other) => {
        fc.pre(context !== other);
        expect(() => seal.open(seal.close('word', context), other)).toThrow(CannotOpen);
      }),
    );
  });

  it('does not open once any byte of it was altered', () => {
    const sealed = seal.close('a password', CONTEXT);
    const [version, keyId, body] = sealed.split('.') as [string, string, string];
    const bytes = Buffer.from(body, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Buffer.from(bytes);
        altered[at]! ^= flip;
        const text = [version, keyId, altered.toString('base64url')].join('.');
        expect(() => seal.open(text, CONTEXT)).toThrow(CannotOpen);
      }),
    );
  });

  it.each(['', 'plain', 'v1.2', 'v2.abcdef01.AAAA', `v1.${seal.keyId}.AAAA`, `v1.${seal.keyId}.A.A`])(
    'is not %j',
    (text) => {
      expect(() => seal.open(text, CONTEXT)).toThrow(CannotOpen);
    },
  );

  it('says so when it was sealed with another key', () => {
    const other = new Seal(Buffer.alloc(32, 8));
    expect(() => seal.open(other.close('word', CONTEXT), CONTEXT)).toThrow(
      `sealed with the key ${other.keyId}, not with ${seal.keyId}`,
    );
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new Seal(Buffer.alloc(31))).toThrow('32 bytes');
  });
});
