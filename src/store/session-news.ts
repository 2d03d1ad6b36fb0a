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

/** Listens for new revisions from any process, on one connection of its own; connects again when that breaks. */
export class SessionNewsWire {
  #client: Client | null = null;
  #again: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(
    private readonly url: string,
    private readonly reader: NewsReader,
  ) {}

  async start(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'perennial sessions' });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#read(payload ?? ''));
    client.on('error', (error) => this.#broken(client, error));
    client.on('end', () => this.#broken(client, null));
    try {
      await client.connect();
      await client.query(`LISTEN ${SESSION_CHANNEL}`);
    } catch (error) {
      this.#broken(client, error);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#again) clearTimeout(this.#again);
    await this.#client?.end().catch(() => {});
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
    if (error !== null) this.reader.failed(error);
    void client.end().catch(() => {});
    this.#again = setTimeout(() => void this.start().then(() => this.reader.missedSome()), PAUSE_MS);
  }
}
