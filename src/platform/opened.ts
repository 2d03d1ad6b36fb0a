import type { Log } from './log.ts';

interface Open {
  readonly what: string;
  readonly close: () => Promise<unknown>;
}

/** What a start opened, in order; closed in the opposite order, whether the start got through or not. */
export class Opened {
  #open: Open[] = [];

  constructor(private readonly log: Log) {}

  add(what: string, close: () => Promise<unknown>): void {
    this.#open.push({ what, close });
  }

  /** Closes everything, also when something refuses to be closed. */
  async closeAll(): Promise<void> {
    for (const { what, close } of this.#open.splice(0).toReversed()) {
      await close().catch((err: unknown) => this.log.error({ err, what }, 'could not be closed'));
    }
  }
}
