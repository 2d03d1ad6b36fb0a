import { once } from 'node:events';
import { EventEmitter } from 'node:events';

/** One event of a stream, as it came over the wire. */
export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it freely
  readonly data: any;
}

/** Reads server-sent events as a page does: over fetch, with a token. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  readonly #news = new EventEmitter();
  readonly #abort = new AbortController();
  readonly #over = Promise.withResolvers<void>();
  #rest = '';

  private constructor(readonly response: Response) {}

  static async open(url: string, token: string, headers: Record<string, string> = {}): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${token}`, ...headers },
      signal: abort.signal,
    });
    const stream = new EventStream(response);
    stream.#abort.signal.addEventListener('abort', () => abort.abort());
    if (response.ok) void stream.#read();
    return stream;
  }

  /** The first event for which this holds, come or still to come. */
  async until(holds: (event: StreamEvent) => boolean): Promise<StreamEvent> {
    for (;;) {
      const found = this.events.find(holds);
      if (found) return found;
      await once(this.#news, 'event');
    }
  }

  /** Settles when nothing more comes, whoever ended it. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body!) {
        this.#rest += decoder.decode(chunk as Uint8Array, { stream: true });
        this.#takeFrames();
      }
    } catch {
      // Closed by the test or by the service; whoever waits for more waits in vain and times out.
    }
    this.#over.resolve();
  }

  #takeFrames(): void {
    const frames = this.#rest.split('\n\n');
    this.#rest = frames.pop()!;
    for (const frame of frames) {
      const lines = Object.fromEntries(
        frame.split('\n').map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()]),
      );
      if (lines['data'] === undefined) continue;
      this.events.push({ id: lines['id']!, event: lines['event']!, data: JSON.parse(lines['data']) });
      this.#news.emit('event');
    }
  }
}
