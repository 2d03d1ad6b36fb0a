import type { Push } from '../../src/calendars/push.ts';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';
import { NOW } from './a-series.ts';

const REQUEST = {
  channel: '6f1c2d3e-0000-4000-8000-000000000001',
  secret: 'a-secret',
  address: 'https://perennial.example/api/webhooks/microsoft',
};
const LIFE = 10_080 - 60;

describe('Microsoft tells of changes', () => {
  let world: MicrosoftWorld;
  let push: Push;
  let heard: unknown[];
  beforeEach(() => {
    world = new MicrosoftWorld();
    push = world.push();
    heard = [];
    world.fake.subscriptions.deliver = async (url, body) => {
      if (body !== null) heard.push(body);
      const text = new URL(url).searchParams.get('validationToken') ?? '';
      return { status: body === null ? 200 : 202, type: 'text/plain; charset=utf-8', text };
    };
  });

  it('under a name of its own, once our address has answered', async () => {
    expect(await push.watch(REQUEST)).toEqual({
      channel: 'subscription-1',
      resource: null,
      expiresAt: NOW + LIFE,
      proven: true,
    });
  });

  it('not at all where our address does not answer as it should', async () => {
    world.fake.subscriptions.deliver = async () => ({ status: 200, type: 'text/html', text: 'Welcome' });
    await expect(push.watch(REQUEST)).rejects.toMatchObject({ trouble: 'Unreachable' });
  });

  it('with the secret in each item, changes and its own life alike', async () => {
    await push.watch(REQUEST);
    await world.fake.subscriptions.tell(world.email, 'updated', 'an event', 2);
    await world.fake.subscriptions.tellLifecycle(world.email, 'missed');
    expect(heard).toHaveLength(3);
    for (const message of heard) expect(message).toMatchObject({ value: [{ clientState: 'a-secret' }] });
  });

  it('for as long as the tenant allows, and longer once renewed', async () => {
    world.fake.subscriptions.shortens = true;
    const watch = await push.watch(REQUEST);
    expect(watch.expiresAt).toBe(NOW + 4230);
    world.clock.advance(4000);
    expect(await push.renew(watch)).toMatchObject({ channel: watch.channel, expiresAt: NOW + 8230 });
  });

  it('no longer where it lost the subscription: another one has to be made', async () => {
    const watch = await push.watch(REQUEST);
    await world.fake.subscriptions.tellLifecycle(world.email, 'subscriptionRemoved');
    expect(await push.renew(watch)).toBeNull();
    expect(await push.watch({ ...REQUEST })).toMatchObject({ channel: 'subscription-2' });
  });

  it('once: the same watch again is a conflict, and stopping twice is fine', async () => {
    const watch = await push.watch(REQUEST);
    await expect(push.watch(REQUEST)).rejects.toMatchObject({ trouble: 'Conflict' });
    await push.stop(watch);
    await push.stop(watch);
    expect(world.fake.subscriptions.all.size).toBe(0);
  });
});
