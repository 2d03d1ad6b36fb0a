import { Client } from 'pg';
import { SESSION_CHANNEL } from './sessions.ts';

/** One session has a new revision. */
export interface SessionNews {
  readonly organisation: string;
  readonly session: string;
  readonly revision: number;
}

/** Who listens, and what they do where something may have been missed. */
export interface NewsReader {
  readonly heard: (news: SessionNews) => void;
  readonly missedSome: () => void;
  readonly failed: (error: unknown) => void;
}

const PAUSE_MS = 1000;
const ASK_MS = 10_000;

/** Listens for new revisions from any process, on one connection of its own; connects again when that breaks. */
export class SessionNewsWire {
  #client: Client | null = null;
  #again: NodeJS.Timeout | null = null;
  #asking: NodeJS.Timeout | null = null;
  #stopped = false;

  /** @param askEvery milliseconds between two questions whether the wire is alive, answered within half of that */
  constructor(
    private readonly url: string,
    private readonly reader: NewsReader,
    private readonly askEvery = ASK_MS,
  ) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'perennial sessions',
      keepAlive: true,
      connectionTimeoutMillis: this.askEvery,
      query_timeout: this.askEvery / 2,
    });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#read(payload ?? ''));
    client.on('error', (error) => this.#broken(client, error));
    client.on('end', () => this.#broken(client, null));
    try {
      await client.connect();
      await client.query(`LISTEN ${SESSION_CHANNEL}`);
      this.#asking = setInterval(() => this.#ask(client), this.askEvery).unref();
    } catch (error) {
      this.#broken(client, error);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#again) clearTimeout(this.#again);
    if (this.#asking) clearInterval(this.#asking);
    await this.#client?.end().catch(() => {});
  }

  /** What stands between may have dropped the connection without a word, and nobody would speak on it ever again. */
  #ask(client: Client): void {
    client.query('SELECT 1').catch((error: unknown) => this.#broken(client, error));
  }

  #read(payload: string): void {
    const [organisation, session, revision] = payload.split(' ');
    if (organisation && session && revision)
      this.reader.heard({ organisation, session, revision: Number(revision) });
  }

  /** What came while nobody listened is not sent again, so everybody looks. */
  #broken(client: Client, error: unknown): void {
    if (this.#stopped || client !== this.#client) return;
    this.#client = null;
    if (this.#asking) clearInterval(this.#asking);
    if (error !== null) this.reader.failed(error);
    void client.end().catch(() => {});
    this.#again = setTimeout(() => void this.start().then(() => this.reader.missedSome()), PAUSE_MS);
  }
}
