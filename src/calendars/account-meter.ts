import type { Closed } from '../store/calls.ts';
import { CalendarError } from './calendar-error.ts';
import { Calls } from './calls.ts';
import type { VendorLimits } from './calls.ts';
import { isOurs, tooMany } from './too-many.ts';
import type { Vendor } from './vendor-sign-in.ts';

/** What all accounts of a vendor have in common. */
export interface Gate {
  /** Minutes, with their fraction. */
  now(): number;
  admit(vendor: Vendor, limits: VendorLimits): Promise<void>;
  refused(meter: AccountMeter, error: CalendarError): Promise<void>;
}

/** One account's calls in this process: how many this minute, how many at once, and what the vendor closed. */
export class AccountMeter extends Calls {
  #closed: Closed = { until: 0, mailsUntil: 0 };
  #minute = 0;
  #calls = 0;
  #mails = 0;
  #count = { calls: 0, throttled: 0 };
  #underWay = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    readonly account: string,
    readonly vendor: Vendor,
    private readonly limits: VendorLimits,
    private readonly gate: Gate,
  ) {
    super();
  }

  override async run<T>(call: () => Promise<T>, { tellsGuests = false } = {}): Promise<T> {
    await this.#turn();
    try {
      this.#admit(tellsGuests);
      await this.gate.admit(this.vendor, this.limits);
      this.#count.calls++;
      return await call();
    } catch (error) {
      if (error instanceof CalendarError && error.trouble === 'RateLimited') await this.#throttled(error);
      throw error;
    } finally {
      this.#leave();
    }
  }

  close({ until, mailsUntil }: Closed): void {
    this.#closed = {
      until: Math.max(this.#closed.until, until),
      mailsUntil: Math.max(this.#closed.mailsUntil, mailsUntil),
    };
  }

  /** What was counted since this was last asked. */
  takeCount(): { readonly calls: number; readonly throttled: number } {
    const count = this.#count;
    this.#count = { calls: 0, throttled: 0 };
    return count;
  }

  isIdle(): boolean {
    return this.#underWay === 0 && this.#waiting.length === 0;
  }

  #admit(tellsGuests: boolean): void {
    const now = this.gate.now();
    const until = Math.max(this.#closed.until, tellsGuests ? this.#closed.mailsUntil : 0);
    if (until > now) throw tooMany((until - now) * 60);
    const minute = Math.floor(now);
    if (minute !== this.#minute) [this.#minute, this.#calls, this.#mails] = [minute, 0, 0];
    const spent =
      this.#calls >= this.limits.accountPerMinute ||
      (tellsGuests && this.#mails >= this.limits.mailsPerMinute);
    if (spent) throw tooMany((minute + 1 - now) * 60);
    this.#calls++;
    if (tellsGuests) this.#mails++;
  }

  /** Our own refusals are not the vendor's: only what it answered closes anything. */
  async #throttled(error: CalendarError): Promise<void> {
    if (isOurs(error)) return;
    this.#count.throttled++;
    await this.gate.refused(this, error);
  }

  /** Waits for another call of the account to end, never for time to pass. */
  async #turn(): Promise<void> {
    if (this.#underWay < this.limits.atOnce) this.#underWay++;
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#underWay--;
  }
}
