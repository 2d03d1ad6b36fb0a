import { LoopbackVendor } from '../loopback-vendor.ts';
import type { GoogleFake } from './google-fake.ts';
import type { Network } from './google-world.ts';

const HOSTS = ['www.googleapis.com', 'oauth2.googleapis.com'];
/** Stands for a connection that broke: no answer of the vendor's has it. */
const BROKEN = 'x-connection-broken';

/** Google's own addresses on this machine, over TLS, with whichever Google a test makes last. */
export class GoogleOverTls {
  #standing: GoogleFake | null = null;
  #vendor: LoopbackVendor | null = null;

  async start(): Promise<void> {
    this.#vendor = await LoopbackVendor.start(HOSTS, (request) => this.#answer(request));
  }

  async stop(): Promise<void> {
    await this.#vendor?.stop();
  }

  /** To be made anew for each world: the unchanged code's own `fetch`, on the way to its world's Google. */
  readonly network: Network = (fake) => {
    this.#standing = fake;
    return async (input, init) => {
      const response = await fetch(input, init);
      if (response.headers.has(BROKEN)) throw new TypeError('fetch failed');
      return response;
    };
  };

  async #answer(request: Request): Promise<Response> {
    try {
      return await this.#standing!.fetch(request);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return new Response(null, { status: 502, headers: { [BROKEN]: 'yes' } });
    }
  }
}
