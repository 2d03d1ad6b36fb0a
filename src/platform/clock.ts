import type { Minute } from '../domain/minute.ts';

/** The only source of the present. Everything that decides takes `now` as an argument instead. */
export abstract class Clock {
  /** The minute that is running. */
  now(): Minute {
    return Math.floor(this.milliseconds() / 60_000);
  }

  /** The same with its fraction, for what comes round more often than once a minute. */
  exact(): number {
    return this.milliseconds() / 60_000;
  }

  /** Milliseconds since 1970-01-01T00:00Z, for what is finer than a minute. */
  abstract milliseconds(): number;
}

export class SystemClock extends Clock {
  override milliseconds(): number {
    return Temporal.Now.instant().epochMilliseconds;
  }
}
