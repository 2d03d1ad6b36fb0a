import { sealContext } from './app-context.ts';
import { allow, CALLS, EVENTS, Refusal } from './rules.ts';
import type { Participant, SimulatedMeeting } from './simulated-meeting.ts';

/** The app as it is listed: what it may use at all, and how its contexts are sealed. */
export interface Listing {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly homeUrl: string;
  readonly declared: readonly string[];
}

export interface NativeOptions {
  /** The service's present in milliseconds, for the times in contexts. */
  readonly now: () => number;
  /** Where the listing lets authorizations return to; the home URL where it says nothing. */
  readonly redirectUri?: string;
}

/** Trouble on demand, by the names of calls. */
export interface Trouble {
  /** Nobody answers anything. */
  dead: boolean;
  /** Lost on their way: nothing is done and nothing answered. */
  readonly dropped: Set<string>;
  /** Done at once, but answered only when the test lets them (`answerLate`). */
  readonly late: Set<string>;
  /** Refused with this error. */
  readonly failing: Map<string, Refusal>;
  /** What `config` says this client cannot do, and then refuses. */
  readonly unsupported: Set<string>;
}

export interface Call {
  readonly api: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Null where it was done as wished. */
  readonly refused: string | null;
}

interface Request {
  readonly jsCallId: string;
  readonly apiName: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Configured {
  readonly url: string;
  readonly list: ReadonlySet<string>;
}

/** The native side of one window with the app in it: strict where Zoom is strict. How it reaches its page is open. */
export abstract class NativeClient {
  readonly calls: Call[] = [];
  readonly trouble: Trouble = {
    dead: false,
    dropped: new Set(),
    late: new Set(),
    failing: new Map(),
    unsupported: new Set(),
  };
  /** The countdown on the person's tile; null where there is none. */
  indicator: Readonly<Record<string, unknown>> | null = null;
  readonly notifications: unknown[] = [];
  readonly openedUrls: string[] = [];
  readonly #withheld: unknown[] = [];
  #configured: Configured | null = null;
  #connected = false;

  protected constructor(
    readonly meeting: SimulatedMeeting,
    readonly person: Participant,
    protected readonly listing: Listing,
    private readonly native: NativeOptions,
  ) {}

  /** Brings an answer or an event to the page. */
  protected abstract send(message: unknown): Promise<void>;

  /** What Zoom gives out about this person here; sealed. */
  context(claims: object = {}): string {
    const now = this.native.now();
    const { uid, role } = this.person;
    const who = uid === null ? {} : { uid };
    const where = this.meeting.ended ? { typ: 'panel' } : { typ: 'meeting', mid: this.meeting.uuid };
    const valid = { iss: 'marketplace.zoom.us', aud: this.listing.clientId, ts: now, exp: now + 3_600_000 };
    return sealContext(
      { ...where, ...who, attendrole: role, ...valid, ...claims },
      this.listing.clientSecret,
    );
  }

  called(api: string): readonly Call[] {
    return this.calls.filter((call) => call.api === api);
  }

  /** An event reaches the page only if its last config asked for it. */
  async event(name: string, data: object): Promise<void> {
    if (!this.#configured?.list.has(name) || this.trouble.dead) return;
    if (EVENTS[name]?.hosts && this.person.role === 'attendee') return;
    await this.send({ type: 'event', name, data: { timestamp: this.native.now(), ...data } });
  }

  /** After a change of role or URL the client wants to be configured again. */
  forgetConfig(): void {
    this.#configured = null;
  }

  /** Gives the answers that were withheld, in the order of their calls. */
  async answerLate(): Promise<void> {
    for (const answer of this.#withheld.splice(0)) await this.send(answer);
  }

  /**
   * A call from the page, and its answer.
   * @param text the JSON that the SDK posts
   * @param url of the page, without its fragment
   */
  protected async receive(text: string, url: string): Promise<void> {
    const { jsCallId, apiName, data = {} } = JSON.parse(text) as Request;
    if (this.trouble.dead || this.trouble.dropped.has(apiName)) {
      this.calls.push({ api: apiName, data, refused: 'lost' });
      return;
    }
    const answer = this.#outcome(apiName, data, url);
    const message = { type: 'apiResponse', data: { jsCallId, ...answer } };
    if (this.trouble.late.has(apiName)) this.#withheld.push(message);
    else await this.send(message);
  }

  #outcome(api: string, data: Call['data'], url: string): object {
    try {
      const result = this.#answer(api, data, url);
      this.calls.push({ api, data, refused: null });
      return { result };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code: errorCode, message: errorMessage } = error;
      this.calls.push({ api, data, refused: errorCode });
      return { errorCode, errorMessage };
    }
  }

  #answer(api: string, data: Call['data'], url: string): unknown {
    const rule = CALLS[api];
    if (!rule) throw new Refusal('80001', `There is no ${api}`);
    const failing = this.trouble.failing.get(api);
    if (failing) throw failing;
    if (api === 'config') return this.#config(data, url);
    if (this.#configured?.url !== url) throw new Refusal('80002', 'config must be called first');
    if (!this.#configured.list.has(api)) throw new Refusal('80004', `${api} was not asked for in config`);
    if (this.trouble.unsupported.has(api)) throw new Refusal('80003', `This client cannot do ${api}`);
    const { role, uid } = this.person;
    allow(rule, { role, guest: uid === null, inMeeting: !this.meeting.ended }, data['payload']);
    return this.#do(api, data);
  }

  #config(data: Call['data'], url: string): unknown {
    const list = data['js_api_lists'] as readonly string[] | undefined;
    if (!Array.isArray(list) || list.length === 0) throw new Refusal('80005', 'capabilities are missing');
    if (data['version'] !== '0.16') throw new Refusal('80006', 'An outdated version of the SDK');
    const undeclared = list.filter((api: string) => !this.listing.declared.includes(api));
    if (undeclared.length > 0)
      throw new Refusal('80004', `Not declared in the listing: ${undeclared.join()}`);
    this.#configured = { url, list: new Set(list) };
    return {
      runningContext: this.#runningContext,
      unsupportedApis: list.filter((api: string) => this.trouble.unsupported.has(api)),
      clientVersion: '6.5.10.1234',
      browserVersion: 'webview2/140.0.0.0',
      auth: { status: this.#authStatus },
      userAgent: USER_AGENT,
      launchContext: { openBy: 'user' },
      product: 'desktop',
    };
  }

  get #runningContext(): string {
    return this.meeting.ended ? 'inMainClient' : 'inMeeting';
  }

  get #authStatus(): string {
    return this.person.uid === null ? 'unauthenticated' : 'authorized';
  }

  #do(api: string, data: Call['data']): unknown {
    switch (api) {
      case 'getAppContext':
        return { context: this.context() };
      case 'getMeetingUUID':
        return { meetingUUID: this.meeting.uuid };
      case 'getUserContext': {
        const { screenName, participantUUID, role } = this.person;
        return { status: this.#authStatus, screenName, participantUUID, role };
      }
      case 'getRunningContext':
        return this.#runningContext;
      case 'authorize':
        return this.#authorize(data);
      case 'connect':
        this.#connected = true;
        break;
      case 'postMessage':
        if (!this.#connected) throw new Refusal('10041', 'connect must be called first');
        break;
      case 'sendMessage':
        this.meeting.carry(this, data['payload']);
        break;
      case 'setDynamicIndicator':
        this.indicator = data;
        break;
      case 'removeDynamicIndicator':
        this.indicator = null;
        break;
      case 'showNotification':
        this.notifications.push(data);
        break;
      case 'openUrl':
        this.openedUrls.push(String(data['url']));
        break;
    }
    return { message: 'Success' };
  }

  /** The client knows only the plain kind of challenge; its code stands for what was asked. */
  #authorize({ codeChallenge, state }: Call['data']): unknown {
    if (typeof codeChallenge !== 'string' || codeChallenge === '') {
      throw new Refusal('10004', 'codeChallenge is missing');
    }
    const code = Buffer.from(`${this.person.uid}:${codeChallenge}`).toString('base64url');
    void this.event('onAuthorized', {
      code,
      state,
      result: true,
      redirectUri: this.native.redirectUri ?? this.listing.homeUrl,
    });
    return { message: 'Success' };
  }
}

/** How every request of the client calls itself. */
export const USER_AGENT = 'Mozilla/5.0 ZoomWebKit/537.36 (KHTML, like Gecko) ZoomApps/1.0';
