import type { CDPSession, Page, Route } from 'playwright-core';
import { installBridge, TO_CLIENT, TO_PAGE } from './bridge.ts';
import type { Transport } from './bridge.ts';
import { NativeClient } from './native-client.ts';
import type { Listing, NativeOptions } from './native-client.ts';
import { DEMANDED_HEADERS } from './rules.ts';
import type { Participant, SimulatedMeeting } from './simulated-meeting.ts';

export interface ClientOptions extends NativeOptions {
  readonly transport?: Transport;
  /** Whether the context comes with the home URL. It never does in a frame, nor after in-app navigation. */
  readonly header?: boolean;
  /** The page around the panel, where that is in a frame. */
  readonly host?: string;
}

/** Where Zoom's web client is. */
const WEB_CLIENT = 'https://app.zoom.us/wc/home';

/** What of a page or a frame the tests look at. */
export type Screen = Pick<Page, 'getByRole' | 'getByText' | 'getByLabel' | 'locator'>;

/** One window of the Zoom client in a real browser: answers the real SDK over one of its transports. */
export class SimulatedClient extends NativeClient {
  private constructor(
    readonly page: Page,
    meeting: SimulatedMeeting,
    person: Participant,
    listing: Listing,
    private readonly options: ClientOptions,
    private readonly line: CDPSession,
  ) {
    super(meeting, person, listing, options);
  }

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
    for (const end of ['close', 'crash'] as const) page.once(end as 'close', () => meeting.leave(client));
    await line.send('Runtime.enable');
    await line.send('Runtime.addBinding', { name: TO_CLIENT });
    line.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === TO_CLIENT) void client.#hear(payload);
    });
    await page.addInitScript(installBridge, [options.transport ?? 'webview2', TO_CLIENT, TO_PAGE] as const);
    await page.route('**/*', (route) => client.#guard(route));
    return client;
  }

  /** The panel, wherever in the window it is. */
  get screen(): Screen {
    return this.#framed ? this.page.frameLocator('iframe') : this.page;
  }

  async open(): Promise<void> {
    await this.page.goto(this.#framed ? this.#host : this.listing.homeUrl);
  }

  /** Not through Playwright, whose calls count as a person's gesture. A page that is gone hears nothing any more. */
  protected override async send(message: unknown): Promise<void> {
    const expression = `globalThis.${TO_PAGE}?.(${JSON.stringify(message)})`;
    await this.line.send('Runtime.evaluate', { expression }).catch(() => {});
  }

  get #framed(): boolean {
    return this.options.transport === 'iframe';
  }

  get #host(): string {
    return this.options.host ?? WEB_CLIENT;
  }

  #hear(payload: string): Promise<void> {
    const [text, top] = JSON.parse(payload) as [string, string];
    const url = this.#framed ? this.page.mainFrame().childFrames()[0]!.url() : top;
    return this.receive(text, url.split('#')[0]!);
  }

  async #guard(route: Route): Promise<void> {
    const request = route.request();
    if (request.resourceType() !== 'document') return route.fallback();
    if (this.#framed && request.url() === this.#host) return this.#showHost(route);
    this.forgetConfig();
    const response = await route.fetch({ headers: this.#headersFor(request) });
    const html = (response.headers()['content-type'] ?? '').startsWith('text/html');
    const missing = DEMANDED_HEADERS.filter((name) => !(name in response.headers()));
    if (response.status() === 200 && html && missing.length > 0) {
      const body = `Missing OWASP Secure Headers: ${missing.join(', ')}`;
      return route.fulfill({ status: 200, contentType: 'text/plain', body });
    }
    return route.fulfill({ response });
  }

  /** The context goes with the home URL alone. */
  #headersFor(request: ReturnType<Route['request']>): Record<string, string> {
    const { header = !this.#framed } = this.options;
    const home = header && request.url() === this.listing.homeUrl;
    return { ...request.headers(), ...(home && { 'x-zoom-app-context': this.context() }) };
  }

  #showHost(route: Route): Promise<void> {
    const frame = `<iframe src="${this.listing.homeUrl}" allow="autoplay" width="100%" height="780"></iframe>`;
    return route.fulfill({ contentType: 'text/html', body: `<!doctype html><body>${frame}` });
  }
}
