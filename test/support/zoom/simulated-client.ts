import type { CDPSession, Page, Route } from 'playwright-core';
import { sealContext } from './app-context.ts';
import { installBridge, TO_CLIENT, TO_PAGE } from './bridge.ts';
import type { Transport } from './bridge.ts';
import { allow, CALLS, DEMANDED_HEADERS, EVENTS, Refusal } from './rules.ts';
import type { Participant, SimulatedMeeting } from './simulated-meeting.ts';

/** The app as it is listed: what it may use at all, and how its contexts are sealed. */
export interface Listing {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly homeUrl: string;
  readonly declared: readonly string[];
}

export interface ClientOptions {
  readonly transport?: Transport;
  /** The service's present in milliseconds, for the times in contexts. */
  readonly now: () => number;
  /** Where the listing lets authorizations return to; the home URL where it says nothing. */
  readonly redirectUri?: string;
}

/** Trouble on demand. A dropped call is never answered; a failing one gets this error. */
export interface Trouble {
  dead: boolean;
  readonly dropped: Set<string>;
  readonly failing: Map<string, Refusal>;
  /** What `config` says this client cannot do, and then refuses. */
  readonly unsupported: Set<string>;
}

export interface Call {
  readonly api: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Null where it was answered as wished. */
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

/** One window of the Zoom client with the app in it: answers the real SDK, strict where Zoom is strict. */
export class SimulatedClient {
  readonly calls: Call[] = [];
  readonly trouble: Trouble = { dead: false, dropped: new Set(), failing: new Map(), unsupported: new Set() };
  /** The countdown on the person's tile; null where there is none. */
  indicator: Readonly<Record<string, unknown>> | null = null;
  readonly notifications: unknown[] = [];
  readonly openedUrls: string[] = [];
  #configured: Configured | null = null;
  #connected = false;

  private constructor(
    readonly page: Page,
    readonly meeting: SimulatedMeeting,
    readonly person: Participant,
    private readonly listing: Listing,
    private readonly options: ClientOptions,
    private readonly line: CDPSession,
  ) {}

  /** Makes this page a window of the client; open the home URL afterwards. */
  static async attach(
    page: Page,
    meeting: SimulatedMeeting,
    person: Participant,
    listing: Listing,
    options: ClientOptions,
  ): Promise<SimulatedClient> {
    const line = await page.context().newCDPSession(page);
    const client = new SimulatedClient(page, meeting, person, listing, options, line);
    meeting.clients.push(client);
    page.once('close', () => meeting.clients.splice(meeting.clients.indexOf(client), 1));
    await line.send('Runtime.enable');
    await line.send('Runtime.addBinding', { name: TO_CLIENT });
    line.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === TO_CLIENT) void client.#receive(payload);
    });
    await page.addInitScript(installBridge, [options.transport ?? 'webview2', TO_CLIENT, TO_PAGE] as const);
    await page.route('**/*', (route) => client.#guard(route));
    return client;
  }

  /** What Zoom gives out about this person here; sealed. */
  context(claims: object = {}): string {
    const now = this.options.now();
    const { uid, role } = this.person;
    const who = uid === null ? {} : { uid };
    const where = this.meeting.ended ? { typ: 'panel' } : { typ: 'meeting', mid: this.meeting.uuid };
    const valid = { iss: 'marketplace.zoom.us', aud: this.listing.clientId, ts: now, exp: now + 3_600_000 };
    return sealContext(
      { ...where, ...who, attendrole: role, ...valid, ...claims },
      this.listing.clientSecret,
    );
  }

  async open(): Promise<void> {
    await this.page.goto(this.listing.homeUrl);
  }

  called(api: string): readonly Call[] {
    return this.calls.filter((call) => call.api === api);
  }

  /** An event reaches the page only if its last config asked for it. */
  async event(name: string, data: object): Promise<void> {
    if (!this.#configured?.list.has(name) || this.trouble.dead) return;
    if (EVENTS[name]?.hosts && this.person.role === 'attendee') return;
    await this.#send({ type: 'event', name, data: { timestamp: this.options.now(), ...data } });
  }

  async message(from: SimulatedClient, payload: unknown): Promise<void> {
    await this.event('onMessage', { payload, participantUUID: from.person.participantUUID });
  }

  /** After a change of role or URL the client wants to be configured again. */
  forgetConfig(): void {
    this.#configured = null;
  }

  async #receive(payload: string): Promise<void> {
    const [text, url] = JSON.parse(payload) as [string, string];
    const { jsCallId, apiName, data = {} } = JSON.parse(text) as Request;
    try {
      if (this.trouble.dead) throw new Refusal('dead', 'nobody answers');
      const result = this.#answer(apiName, data, url.split('#')[0]!);
      this.calls.push({ api: apiName, data, refused: null });
      if (this.trouble.dropped.has(apiName)) return;
      await this.#send({ type: 'apiResponse', data: { jsCallId, result } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.calls.push({ api: apiName, data, refused: error.code });
      if (this.trouble.dead) return;
      const { code: errorCode, message: errorMessage } = error;
      await this.#send({ type: 'apiResponse', data: { jsCallId, errorCode, errorMessage } });
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
      runningContext: this.meeting.ended ? 'inMainClient' : 'inMeeting',
      unsupportedApis: list.filter((api: string) => this.trouble.unsupported.has(api)),
      clientVersion: '6.5.10.1234',
      browserVersion: 'webview2/140.0.0.0',
      auth: { status: this.person.uid === null ? 'unauthenticated' : 'authorized' },
      userAgent: USER_AGENT,
      launchContext: { openBy: 'user' },
      product: 'desktop',
    };
  }

  #do(api: string, data: Call['data']): unknown {
    switch (api) {
      case 'getAppContext':
        return { context: this.context() };
      case 'getMeetingUUID':
        return { meetingUUID: this.meeting.uuid };
      case 'getUserContext': {
        const { screenName, participantUUID, role } = this.person;
        const status = this.person.uid === null ? 'unauthenticated' : 'authorized';
        return { status, screenName, participantUUID, role };
      }
      case 'getRunningContext':
        return this.meeting.ended ? 'inMainClient' : 'inMeeting';
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
      redirectUri: this.options.redirectUri ?? this.listing.homeUrl,
    });
    return { message: 'Success' };
  }

  /** Not through Playwright, whose calls count as a person's gesture. A page that is gone hears nothing any more. */
  async #send(message: unknown): Promise<void> {
    const expression = `globalThis.${TO_PAGE}?.(${JSON.stringify(message)})`;
    await this.line.send('Runtime.evaluate', { expression }).catch(() => {});
  }

  /** The context goes with the home URL alone, and a document without one of the four headers is not shown. */
  async #guard(route: Route): Promise<void> {
    const request = route.request();
    if (request.resourceType() !== 'document') return route.fallback();
    this.#configured = null;
    const home = request.url() === this.listing.homeUrl;
    const headers = { ...request.headers(), ...(home && { 'x-zoom-app-context': this.context() }) };
    const response = await route.fetch({ headers });
    const html = (response.headers()['content-type'] ?? '').startsWith('text/html');
    const missing = DEMANDED_HEADERS.filter((name) => !(name in response.headers()));
    if (response.status() === 200 && html && missing.length > 0) {
      const body = `Missing OWASP Secure Headers: ${missing.join(', ')}`;
      return route.fulfill({ status: 200, contentType: 'text/plain', body });
    }
    return route.fulfill({ response });
  }
}

/** How every request of the client calls itself. */
export const USER_AGENT = 'Mozilla/5.0 ZoomWebKit/537.36 (KHTML, like Gecko) ZoomApps/1.0';
