import { createHash, randomBytes } from 'node:crypto';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';

const REDIRECT = 'https://perennial.example/api/sign-ins/microsoft/return';

describe('signing in at Microsoft', () => {
  let world: MicrosoftWorld;
  beforeEach(() => {
    world = new MicrosoftWorld();
  });

  /** Consents as Ana, up to the code that comes back. */
  const consent = () => {
    const verifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    const request = { state: 'a state', codeChallenge, redirectUri: REDIRECT, loginHint: world.email };
    const page = world.vendor.signIn.authoriseUrl(request);
    return { page, verifier, ...world.fake.entra.consent(page, world.email) };
  };
  const signIn = async () => {
    const { code, verifier } = consent();
    return world.vendor.signIn.exchange(code, verifier, REDIRECT);
  };

  test('asks for one’s own calendars and for nothing of anybody else’s', () => {
    const { page, state } = consent();
    const query = new URL(page).searchParams;
    expect(query.get('scope')!.split(' ').toSorted()).toEqual(
      [
        'https://graph.microsoft.com/Calendars.ReadWrite',
        'https://graph.microsoft.com/User.Read',
        'offline_access',
        'openid',
        'profile',
      ].toSorted(),
    );
    expect(query.get('login_hint')).toBe('ana@example.com');
    expect(state).toBe('a state');
  });

  test('comes to the mailbox, its calendar, and tokens that open it', async () => {
    const signedIn = await signIn();
    expect(signedIn).toMatchObject({
      email: 'ana@example.com',
      calendar: { id: 'users/oid-ana@example.com/calendars/primary', name: 'Calendar', writable: true },
      secrets: { refreshToken: expect.stringMatching(/^refresh-/), expiresAt: world.clock.now() + 75 },
    });
    expect(await world.vendor.signIn.calendars(signedIn.secrets.accessToken)).toHaveLength(2);
  });

  test('with another verifier or the same code twice is refused', async () => {
    const { code, verifier } = consent();
    await expect(world.vendor.signIn.exchange(code, 'another verifier', REDIRECT)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
    });
    await expect(world.vendor.signIn.exchange(code, verifier, REDIRECT)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
    });
  });

  test('lasts: each refresh gives a new refresh token, and the old one is good no longer', async () => {
    const { secrets } = await signIn();
    const refresh = (refreshToken: string) => world.vendor.signIn.refresh({ ...secrets, refreshToken });
    const next = await refresh(secrets.refreshToken!);
    expect(next.refreshToken).not.toBe(secrets.refreshToken);
    await refresh(next.refreshToken!);
    await expect(refresh(secrets.refreshToken!)).rejects.toMatchObject({ trouble: 'AccessRevoked' });
  });

  test('that was taken back says so to whoever has to sign in again', async () => {
    const { secrets } = await signIn();
    world.fake.entra.revoke('ana@example.com');
    const refreshed = world.vendor.signIn.refresh({ ...secrets, refreshToken: secrets.refreshToken! });
    await expect(refreshed).rejects.toMatchObject({
      trouble: 'AccessRevoked',
      message: expect.stringContaining('Connect the calendar again'),
    });
  });

  test('for a mailbox of the tenant takes no consent of its owner', async () => {
    const signedIn = await world.vendor.signIn.actFor('ana@example.com');
    expect(signedIn).toMatchObject({
      calendar: { id: 'users/ana%40example.com/calendars/primary' },
      secrets: { refreshToken: null },
    });
    await expect(world.vendor.signIn.actFor('nobody@example.com')).rejects.toMatchObject({
      trouble: 'AccessRevoked',
    });
  });

  test('that Microsoft is too busy for is tried later', async () => {
    const { code, verifier } = consent();
    world.fake.entra.busyFor = 120;
    await expect(world.vendor.signIn.exchange(code, verifier, REDIRECT)).rejects.toMatchObject({
      trouble: 'RateLimited',
      retryAfter: 120,
    });
  });
});
