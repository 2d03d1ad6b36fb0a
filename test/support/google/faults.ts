import { Refusal } from './refusal.ts';

/** What goes wrong on purpose with the next calls that match. */
export interface Fault {
  readonly on: 'any' | 'write' | 'read' | 'token';
  readonly what: 'before' | 'after commit' | Refusal;
  /** How many calls it hits; default one. */
  times?: number;
}

export class Faults {
  readonly #waiting: Fault[] = [];

  next(fault: Fault): void {
    this.#waiting.push(fault);
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** @throws Refusal or TypeError before anything happens @returns what to do once it has happened */
  meet(kind: 'write' | 'read' | 'token'): () => void {
    const index = this.#waiting.findIndex(({ on }) => on === 'any' || on === kind);
    const fault = this.#waiting[index];
    if (!fault) return () => {};
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.#waiting.splice(index, 1);
    if (fault.what instanceof Refusal) throw fault.what;
    if (fault.what === 'before') throw new TypeError('fetch failed');
    return () => {
      throw new TypeError('fetch failed');
    };
  }
}

export function userLimit(retryAfter?: number): Refusal {
  return new Refusal(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', after(retryAfter));
}

export function projectLimit(retryAfter?: number): Refusal {
  const quota = 'defaultPerMinutePerProject';
  return new Refusal(403, 'rateLimitExceeded', 'Rate Limit Exceeded', after(retryAfter), quota);
}

export function tooMany(retryAfter?: number): Refusal {
  return new Refusal(429, 'rateLimitExceeded', 'Too Many Requests', after(retryAfter));
}

export function spamLimit(): Refusal {
  return new Refusal(403, 'quotaExceeded', 'Calendar usage limits exceeded.');
}

function after(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}
