import { CalendarError } from '../calendar-error.ts';

/** What hosted calendars let one account do before they answer 503, with room for the person's own clients. */
const CALLS_PER_MINUTE = 240;

/** Calls of one account in this process: a bucket that refills steadily. */
class CallBudget {
  private left = CALLS_PER_MINUTE;
  private filledAt: number | null = null;

  /** @throws CalendarError RateLimited where the account used up its calls */
  spend(nowMs: number): void {
    const passed = Math.max(0, nowMs - (this.filledAt ?? nowMs));
    this.left = Math.min(CALLS_PER_MINUTE, this.left + (passed / 60_000) * CALLS_PER_MINUTE);
    this.filledAt = nowMs;
    if (this.left < 1) {
      throw new CalendarError('RateLimited', 'This calendar was asked too much in the last minute.', {
        retryAfter: 15,
      });
    }
    this.left -= 1;
  }
}

const budgets = new Map<string, CallBudget>();

/** The one budget of an account, however many calendars are opened on it. */
export function budgetOf(origin: string, user: string): CallBudget {
  const key = `${origin} ${user}`;
  const known = budgets.get(key) ?? new CallBudget();
  budgets.set(key, known);
  return known;
}
