import { Clock } from '../../src/platform/clock.ts';
import type { Minute } from '../../src/domain/minute.ts';

/** A clock that stands where the test puts it. */
export class TestClock extends Clock {
  private ms: number;

  constructor(minute: Minute) {
    super();
    this.ms = minute * 60_000;
  }

  override milliseconds(): number {
    return this.ms;
  }

  advance(minutes: number): void {
    this.ms += minutes * 60_000;
  }
}
