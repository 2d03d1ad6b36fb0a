import * as fc from 'fast-check';
import { openZoomContext } from '../../src/meetings/zoom/zoom-context.ts';
import { sealContext } from '../support/zoom/app-context.ts';

const APP = { clientId: 'app', clientSecret: 'secret' };
const NOW = 1_800_000_000_000;
const CLAIMS = {
  typ: 'meeting',
  uid: 'u1',
  mid: 'm1==',
  iss: 'marketplace.zoom.us',
  aud: 'app',
  ts: NOW,
  exp: NOW + 120_000,
};

const open = (sealed: string) => openZoomContext(sealed, APP, NOW);
const seal = (claims: object) => sealContext(claims, APP.clientSecret);

test('a sealed context says who and where, in either base64', () => {
  expect(open(seal(CLAIMS))).toMatchObject({ uid: 'u1', mid: 'm1==' });
  expect(open(Buffer.from(seal(CLAIMS), 'base64').toString('base64url'))).toMatchObject({ uid: 'u1' });
});

test('its end is read in seconds or milliseconds', () => {
  expect(open(seal({ ...CLAIMS, exp: NOW / 1000 + 60 }))).not.toBeNull();
  expect(open(seal({ ...CLAIMS, exp: NOW / 1000 - 60 }))).toBeNull();
  expect(open(seal({ ...CLAIMS, exp: NOW }))).toBeNull();
});

test('one for another app, from another issuer, or under another secret is none', () => {
  expect(open(seal({ ...CLAIMS, aud: 'another' }))).toBeNull();
  expect(open(seal({ ...CLAIMS, iss: 'zoom.example' }))).toBeNull();
  expect(open(sealContext(CLAIMS, 'another secret'))).toBeNull();
  expect(open(seal({ hello: 'world' }))).toBeNull();
});

test('every flipped bit and every missing byte makes it worthless, and nothing throws', () => {
  const whole = Buffer.from(seal(CLAIMS), 'base64');
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= mask;
      expect(open(flipped.toString('base64'))).toBeNull();
    }),
  );
  for (let length = 0; length < whole.length; length++)
    expect(open(whole.subarray(0, length).toString('base64'))).toBeNull();
  expect(open(Buffer.concat([whole, Buffer.of(0)]).toString('base64'))).toBeNull();
});

test('whatever somebody sends, the answer is no', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      (bytes) => open(Buffer.from(bytes).toString('base64')) === null,
    ),
  );
  expect(open('A'.repeat(65_536))).toBeNull();
  expect(open('💥')).toBeNull();
});
