import fc from 'fast-check';
import { canonical } from '../../src/domain/audit/canonical.ts';
import type { Canonical } from '../../src/domain/audit/canonical.ts';

const values = fc.jsonValue() as fc.Arbitrary<Canonical>;

describe('the canonical form', () => {
  it('is JSON that means the same', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is the same however the keys were written down', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), values), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(backwards)).toBe(canonical(value));
      }),
    );
  });

  it('has sorted keys and no white space', () => {
    const value = { b: [1, 'x y', null], a: { ü: true, B: 1e21, '': -0 } };
    expect(canonical(value)).toBe('{"a":{"":0,"B":1e+21,"ü":true},"b":[1,"x y",null]}');
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d, which JSON cannot write', (value) => {
    expect(() => canonical({ value })).toThrow('cannot be written');
  });
});
