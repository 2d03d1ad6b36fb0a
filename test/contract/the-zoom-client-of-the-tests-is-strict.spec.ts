import { NativeClient } from '../support/zoom/native-client.ts';
import type { Listing } from '../support/zoom/native-client.ts';
import { CALLS, EVENTS, Refusal } from '../support/zoom/rules.ts';
import type { Role } from '../support/zoom/rules.ts';
import { SimulatedMeeting } from '../support/zoom/simulated-meeting.ts';

const HOME = 'https://perennial.test/meeting';
const HOST_ONLY = ['getMeetingContext', 'getMeetingParticipants', 'getRecordingContext', 'cloudRecording'];
const DECLARED = [...Object.keys(CALLS), ...Object.keys(EVENTS)].filter((name) => name !== 'promptAuthorize');
const LISTING: Listing = { clientId: 'app', clientSecret: 'secret', homeUrl: HOME, declared: DECLARED };

interface Message {
  readonly type: 'apiResponse' | 'event';
  readonly name?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client whose page is this test. */
class Client extends NativeClient {
  readonly got: Message[] = [];
  #count = 0;

  static in(meeting: SimulatedMeeting, role: Role = 'attendee', uid: string | null = 'bo'): Client {
    const client = new Client(meeting, meeting.join({ uid, screenName: 'Bo', role }), LISTING, {
      now: () => 1_800_000_000_000,
    });
    meeting.clients.push(client);
    return client;
  }

  protected override async send(message: unknown): Promise<void> {
    this.got.push(message as Message);
  }

  /** Says 'done', or the code of the refusal; null where no answer came. */
  async ask(apiName: string, data?: unknown, url = HOME): Promise<unknown> {
    const jsCallId = `id${++this.#count}`;
    await this.receive(JSON.stringify({ jsCallId, apiName, data }), url);
    const answer = this.got.find(({ data: each }) => each['jsCallId'] === jsCallId)?.data;
    return answer ? (answer['errorCode'] ?? 'done') : null;
  }

  config(list: readonly string[] = DECLARED, version = '0.16'): Promise<unknown> {
    return this.ask('config', { js_api_lists: list, version });
  }

  /** The events that came. */
  get heard(): readonly (string | undefined)[] {
    return this.got.filter(({ type }) => type === 'event').map(({ name }) => name);
  }
}

const aMeeting = () => new SimulatedMeeting('uuid==');

async function configured(role?: Role, uid?: string | null): Promise<Client> {
  const client = Client.in(aMeeting(), role, uid);
  expect(await client.config()).toBe('done');
  return client;
}

describe('what has to be asked for first', () => {
  test('nothing is done before config, nor for a page at another address than it was called for', async () => {
    const client = Client.in(aMeeting());
    expect(await client.ask('getAppContext')).toBe('80002');
    await client.config();
    expect(await client.ask('getAppContext')).toBe('done');
    expect(await client.ask('getAppContext', undefined, `${HOME}/next`)).toBe('80002');
    client.forgetConfig();
    expect(await client.ask('getAppContext')).toBe('80002');
  });

  test('config wants capabilities, the version in use, and nothing that the listing does not declare', async () => {
    const client = Client.in(aMeeting());
    expect(await client.config([])).toBe('80005');
    expect(await client.config(['getAppContext'], '0.14')).toBe('80006');
    expect(await client.config(['getAppContext', 'promptAuthorize'])).toBe('80004');
  });

  test('a call that config did not name is refused, and so is one that nobody knows', async () => {
    const client = Client.in(aMeeting());
    await client.config(['getAppContext']);
    expect(await client.ask('sendMessage', { payload: 1 })).toBe('80004');
    expect(await client.ask('then')).toBe('80001');
  });

  test('an event flows only while the last config names it', async () => {
    const client = await configured();
    await client.event('onMessage', {});
    await client.config(['getAppContext']);
    await client.event('onMessage', {});
    expect(client.heard).toEqual(['onMessage']);
  });
});

describe('who may, and where', () => {
  test.each(HOST_ONLY)('%s is for the host and co-hosts alone', async (api) => {
    const roles = ['host', 'coHost', 'attendee'] as const;
    const answers = await Promise.all(roles.map(async (role) => (await configured(role)).ask(api)));
    expect(answers).toEqual(['done', 'done', '10020']);
  });

  test('only hosts hear who comes and goes', async () => {
    const meeting = aMeeting();
    const [host, attendee] = [Client.in(meeting, 'host'), Client.in(meeting)];
    await Promise.all([host.config(), attendee.config()]);
    meeting.join({ uid: 'cy', screenName: 'Cy', role: 'attendee' });
    expect([host.heard, attendee.heard]).toEqual([['onParticipantChange'], []]);
  });

  test('a guest has no part in what is for members, and no uid', async () => {
    const guest = await configured('attendee', null);
    expect(await guest.ask('authorize', { codeChallenge: 'x' })).toBe('80004');
    expect(await guest.ask('connect')).toBe('80004');
    expect(await guest.ask('getAppContext')).toBe('done');
  });

  test('after the meeting nothing is possible that needs one', async () => {
    const client = await configured();
    await client.meeting.end();
    expect(client.heard).toEqual(['onMeeting']);
    for (const api of ['getMeetingUUID', 'sendMessage', 'setDynamicIndicator'])
      expect(await client.ask(api, { payload: 1 })).toBe('10047');
    expect(await client.ask('getAppContext')).toBe('done');
  });

  test('a new role is a new participant uuid, and wants a new config', async () => {
    const client = await configured('host');
    const { participantUUID } = client.person;
    await client.meeting.changeRole(client.person, 'attendee');
    expect(client.heard).toEqual(['onMyUserContextChange']);
    expect(client.person.participantUUID).not.toBe(participantUUID);
    expect(await client.ask('getAppContext')).toBe('80002');
  });
});

describe('how much, and in which order', () => {
  /** So many bytes of JSON. */
  const payload = (bytes: number) => ({ payload: 'x'.repeat(bytes - 2) });

  test('a message to the others has at most 1 KB', async () => {
    const meeting = aMeeting();
    const [from, to] = [Client.in(meeting), Client.in(meeting)];
    await Promise.all([from.config(), to.config()]);
    expect(await from.ask('sendMessage', payload(1024))).toBe('done');
    expect(await from.ask('sendMessage', payload(1025))).toBe('10229');
    expect([from.heard, to.heard]).toEqual([[], ['onMessage']]);
  });

  test('bytes are counted, not characters', async () => {
    const client = await configured();
    expect(await client.ask('sendMessage', { payload: 'é'.repeat(511) })).toBe('done');
    expect(await client.ask('sendMessage', { payload: 'é'.repeat(512) })).toBe('10229');
  });

  test('a message to one’s other window has at most 512 KB, and wants connect before it', async () => {
    const client = await configured();
    expect(await client.ask('postMessage', payload(2))).toBe('10041');
    expect(await client.ask('connect')).toBe('done');
    expect(await client.ask('postMessage', payload(512 * 1024))).toBe('done');
    expect(await client.ask('postMessage', payload(512 * 1024 + 1))).toBe('10038');
  });

  test('authorize wants a challenge; its code comes as an event', async () => {
    const client = await configured();
    expect(await client.ask('authorize', { codeChallenge: '' })).toBe('10004');
    expect(await client.ask('authorize', { codeChallenge: 'x', state: 'y' })).toBe('done');
    expect(client.heard).toEqual(['onAuthorized']);
  });
});

describe('trouble on demand', () => {
  test('a dropped call is neither done nor answered', async () => {
    const client = await configured();
    client.trouble.dropped.add('setDynamicIndicator');
    expect(await client.ask('setDynamicIndicator', { text: 'Open' })).toBeNull();
    expect(client.indicator).toBeNull();
  });

  test('a late one is done at once and answered when it is let', async () => {
    const client = await configured();
    client.trouble.late.add('setDynamicIndicator');
    expect(await client.ask('setDynamicIndicator', { text: 'Open' })).toBeNull();
    expect(client.indicator).toEqual({ text: 'Open' });
    await client.answerLate();
    expect(client.got.at(-1)!.data).toMatchObject({ result: { message: 'Success' } });
  });

  test('one that fails has its error, and was not done', async () => {
    const client = await configured();
    client.trouble.failing.set('setDynamicIndicator', new Refusal('10020', 'no'));
    expect(await client.ask('setDynamicIndicator', { text: 'Open' })).toBe('10020');
    expect(client.indicator).toBeNull();
  });

  test('what the client cannot do is named by config, and refused', async () => {
    const client = Client.in(aMeeting());
    client.trouble.unsupported.add('sendMessage');
    await client.config(['sendMessage', 'getAppContext']);
    expect(client.got[0]!.data['result']).toMatchObject({ unsupportedApis: ['sendMessage'] });
    expect(await client.ask('sendMessage', { payload: 1 })).toBe('80003');
  });

  test('over a dead bridge nothing comes back, events included', async () => {
    const client = await configured();
    const before = client.got.length;
    client.trouble.dead = true;
    expect(await client.ask('getAppContext')).toBeNull();
    await client.event('onMessage', {});
    expect(client.got).toHaveLength(before);
  });

  test.each([
    ['lost', []],
    ['twice', [1, 1, 2, 2]],
    ['reversed', [2, 1]],
  ] as const)('messages that are %s', async (delivery, expected) => {
    const meeting = aMeeting();
    const [from, to] = [Client.in(meeting), Client.in(meeting)];
    await Promise.all([from.config(), to.config()]);
    meeting.delivery = delivery;
    for (const payload of [1, 2]) await from.ask('sendMessage', { payload });
    expect(to.got.slice(1).map(({ data }) => data['payload'])).toEqual(expected);
  });
});
