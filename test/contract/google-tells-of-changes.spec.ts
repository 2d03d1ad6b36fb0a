import { GooglePush } from '../../src/calendars/google/google-push.ts';
import { GoogleWorld } from '../support/google/google-world.ts';
import { aSeries, NOW, REF } from './a-series.ts';

const CHANNEL = '6f1c2d3e-0000-4000-8000-000000000001';
const REQUEST = {
  channel: CHANNEL,
  secret: 'a-secret',
  address: 'https://perennial.example/api/webhooks/google',
};

describe('Google tells of changes', () => {
  let world: GoogleWorld;
  let push: GooglePush;
  beforeEach(() => {
    world = new GoogleWorld();
    push = new GooglePush(world.client());
  });
  const told = () => world.fake.watches.outbox.map(({ headers }) => headers['x-goog-resource-state']);

  it('for as long as it answers, not as long as anybody hoped', async () => {
    expect(await push.watch(REQUEST)).toEqual({
      channel: CHANNEL,
      resource: expect.any(String),
      expiresAt: NOW + 7 * 1440,
    });
  });

  it('with the secret of the channel in every message, our own writes included', async () => {
    await push.watch(REQUEST);
    await world.calendar.placeSeries(REF, aSeries(), null);
    expect(told()).toEqual(['sync', 'exists']);
    const secrets = world.fake.watches.outbox.map(({ headers }) => headers['x-goog-channel-token']);
    expect(secrets).toEqual(['a-secret', 'a-secret']);
  });

  it('never longer: a watch is followed by another one and then stopped, twice if need be', async () => {
    const watch = await push.watch(REQUEST);
    expect(await push.renew()).toBeNull();
    await push.watch({ ...REQUEST, channel: `${CHANNEL}-2` });
    expect(world.fake.watches.open).toBe(2);
    await push.stop(watch);
    await push.stop(watch);
    expect(world.fake.watches.open).toBe(1);
  });

  it('no more once the watch has ended', async () => {
    await push.watch(REQUEST);
    world.clock.advance(7 * 1440);
    await world.calendar.placeSeries(REF, aSeries(), null);
    expect(told()).toEqual(['sync']);
  });
});
