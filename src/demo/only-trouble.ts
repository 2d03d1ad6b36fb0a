import { Log } from '../platform/log.ts';
import type { Facts } from '../platform/log.ts';

/** The demo's past is nobody's news: of six weeks lived in a second only trouble is worth a line. */
export class OnlyTrouble extends Log {
  readonly #log: Log;

  constructor(log: Log) {
    super();
    this.#log = log;
  }

  override debug(): void {}

  override info(): void {}

  override warn(facts: Facts, sentence: string): void {
    this.#log.warn(facts, sentence);
  }

  override error(facts: Facts, sentence: string): void {
    this.#log.error(facts, sentence);
  }

  override child(facts: Facts): Log {
    return new OnlyTrouble(this.#log.child(facts));
  }
}
