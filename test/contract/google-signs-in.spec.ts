import { createHash, generateKeyPairSync } from 'node:crypto';
import { GoogleCalendars } from '../../src/calendars/google/google-calendars.ts';
import type { VendorSecrets } from '../../src/calendars/vendor-sign-in.ts';
import { GoogleWorld } from '../support/google/google-world.ts';
import { Refusal } from '../support/google/refusal.ts';
import { NOW } from './a-series.ts';

const BACK = 'https://perennial.example/api/sign-in/google';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0123456789';
const REQUEST = {
  state: 'a-state-that-nobody-can-guess',
  codeChallenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  redirectUri: BACK,
  loginHint: 'ana@example.com',
};
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('signing in at Google', () => {
  const world = new GoogleWorld();
  const { oauth } = world.fake;
  oauth.serviceKey = keys.publicKey;
  oauth.delegated.add('example.com');
  const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const serviceAccount = { clientEmail: oauth.serviceEmail, privateKey };
  const deps = { clock: world.clock, fetch: world.fake.fetch };
  const { signIn } = new GoogleCalendars({ client: oauth.client, serviceAccount, ...deps });
  const codeFor = (email: string) =>
    oauth.consent(signIn.authoriseUrl(REQUEST), email).searchParams.get('code')!;

  it('asks for owned events and free/busy, offline, with a proof, and for nothing else', () => {
    const asked = new URL(signIn.authoriseUrl(REQUEST)).searchParams;
    expect(
      asked
        .get('scope')!
        .split(' ')
        .map((scope) => scope.replace(/^.*\/auth\//, '')),
    ).toEqual(['openid', 'email', 'calendar.events.owned', 'calendar.freebusy']);
    expect(Object.fromEntries(asked)).toMatchObject({
      state: REQUEST.state,
      code_challenge_method: 'S256',
      access_type: 'offline',
    });
  });

  it('redeems the code for an account that opens its calendar', async () => {
    const signedIn = await signIn.exchange(codeFor('ana@example.com'), VERIFIER, BACK);
    expect(signedIn).toMatchObject({
      email: 'ana@example.com',
      calendar: { id: 'primary', writable: true },
      secrets: { expiresAt: NOW + 59, refreshToken: expect.any(String) },
    });
    expect(oauth.grantOf(signedIn.secrets.accessToken)).toMatchObject({ email: 'ana@example.com' });
  });

  it.each([
    ['another verifier', 'somebody-else-has-the-code-0123456789-0123456789', BACK],
    ['another address', VERIFIER, 'https://evil.example/'],
  ])('a code with %s is good for nothing', async (_, verifier, back) => {
    await expect(signIn.exchange(codeFor('ana@example.com'), verifier, back)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
    });
  });

  it('a code is good once', async () => {
    const code = codeFor('ana@example.com');
    await signIn.exchange(code, VERIFIER, BACK);
    await expect(signIn.exchange(code, VERIFIER, BACK)).rejects.toMatchObject({ trouble: 'AccessRevoked' });
  });

  it('a box that was not ticked is told at once', async () => {
    oauth.unticked.add('https://www.googleapis.com/auth/calendar.events.owned');
    await expect(signIn.exchange(codeFor('ana@example.com'), VERIFIER, BACK)).rejects.toThrow(
      /tick all boxes/,
    );
    oauth.unticked.clear();
  });

  it('refreshes, and says when the consent was taken back', async () => {
    const { secrets } = await signIn.exchange(codeFor('ana@example.com'), VERIFIER, BACK);
    const known = secrets as VendorSecrets & { refreshToken: string };
    const next = await signIn.refresh(known);
    expect(next.accessToken).not.toBe(secrets.accessToken);
    expect(next.refreshToken).toBe(secrets.refreshToken);
    oauth.revoke('ana@example.com');
    await expect(signIn.refresh(known)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
      message: expect.stringContaining('Connect the calendar again'),
    });
  });

  it('an outage of the sign-in is no revocation', async () => {
    const { secrets } = await signIn.exchange(codeFor('ana@example.com'), VERIFIER, BACK);
    const known = secrets as VendorSecrets & { refreshToken: string };
    for (const what of ['before', new Refusal(503, 'backendError', 'Backend Error')] as const) {
      world.fake.faults.next({ on: 'token', what });
      await expect(signIn.refresh(known)).rejects.toMatchObject({ trouble: 'Unreachable' });
    }
  });

  it('acts for a person of a domain that let the service account in, and for nobody else', async () => {
    const { secrets } = await signIn.actFor('ana@example.com');
    expect(secrets.refreshToken).toBeNull();
    expect(oauth.grantOf(secrets.accessToken)).toMatchObject({ email: 'ana@example.com' });
    await expect(signIn.actFor('eve@elsewhere.example')).rejects.toThrow(/admin has to grant the delegation/);
  });

  it('says plainly when it is switched off', async () => {
    const off = new GoogleCalendars({ client: null, serviceAccount: null, ...deps }).signIn;
    expect(() => off.authoriseUrl(REQUEST)).toThrow(/switched off/);
    await expect(off.actFor('ana@example.com')).rejects.toThrow(/No Google domain/);
  });
});
