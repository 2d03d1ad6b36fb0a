import { CalendarError } from '../calendars/calendar-error.ts';
import type { Push, Watch } from '../calendars/push.ts';
import { newWatchSecret } from '../calendars/watch-secret.ts';
import { DAY } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import type { RememberedWatch } from '../store/watches.ts';
import { sortWatches } from './sort-watches.ts';

/** Minutes until a new watch is looked at again: its first message comes within seconds. */
const PROOF = 5;
/** Minutes between two tries where the vendor refused. */
const AGAIN = 15;
/** Unanswered questions that may stand together: nobody may flood themselves by asking in a circle. */
const MOST_ASKED = 3;

export interface WatchSurroundings {
  readonly store: {
    transaction<T>(organisation: string, work: (stores: Stores) => Promise<T>): Promise<T>;
  };
  readonly push: (organisation: string, account: CalendarAccount) => Promise<Push>;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the vendor's messages go; null where no vendor could reach us. */
  readonly address: (provider: string) => string | null;
}

/**
 * Sees to it that a vendor tells of an account's changes: asks for a watch, renews it while a fifth of its life is
 * left, lets the new one overlap the old one until it was heard, and stops what is no longer needed.
 */
export class KeepWatch {
  constructor(private readonly around: WatchSurroundings) {}

  async run(organisation: string, id: string): Promise<void> {
    const { store, clock } = this.around;
    const account = await store.transaction(organisation, ({ accounts }) => accounts.load(id));
    if (!account || account.provider === 'builtin' || account.provider === 'caldav') return;
    const address = this.around.address(account.provider);
    const hindrance =
      address === null
        ? NO_ADDRESS
        : account.state === 'disconnected'
          ? 'The owner has to sign in again.'
          : null;
    if (address === null || hindrance !== null)
      return this.#schedule(organisation, id, clock.now() + DAY, hindrance);
    try {
      const push = await this.around.push(organisation, account);
      const { next, because } = await this.#keep({ organisation, account: id, push, address });
      await this.#schedule(organisation, id, next, because);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      this.around.log.warn({ accountId: id, trouble: error.trouble }, 'calendar is not watched');
      const wait = Math.max(AGAIN, (error.retryAfter ?? 0) / 60);
      await this.#schedule(organisation, id, clock.exact() + wait, error.message);
    }
  }

  /** @returns when to look again, and why there is no watch that was heard, where there is none */
  async #keep(at: At): Promise<{ next: number; because: string | null }> {
    const now = this.around.clock.now();
    const all = await this.#watches(at, ({ watches }) => watches.ofAccount(at.account));
    const { newest, unneeded, lost, asked } = sortWatches(all, now);
    for (const { channel } of lost) await this.#watches(at, ({ watches }) => watches.forget(channel));
    for (const watch of unneeded) await this.#stop(at, watch);
    if (!newest) {
      if (asked.length >= MOST_ASKED) return { next: now + DAY / 4, because: NO_ANSWER };
      return this.#ask(at, now);
    }
    if ((newest.renewAt ?? 0) <= now) return this.#renew(at, newest, now);
    const next = Math.min(newest.renewAt ?? now, newest.provenAt === null ? now + 60 : Infinity);
    return { next, because: newest.provenAt === null ? NOT_HEARD : null };
  }

  /** The row comes first: a message may overtake the answer, and a crash must not leave a watch nobody knows. */
  async #ask(at: At, now: Minute): Promise<{ next: number; because: string | null }> {
    const { channel, secret, hash } = newWatchSecret();
    await this.#watches(at, ({ watches }) => watches.ask(at.account, channel, hash, now));
    try {
      // Graph takes a second subscription only to another address: a lost answer must not block the next question.
      const address = `${at.address}?watch=${channel}`;
      const watch = await at.push.watch({ channel, secret, address });
      await this.#confirm(at, channel, watch, now);
      return { next: now + PROOF, because: watch.proven ? null : NOT_HEARD };
    } catch (error) {
      // Only an answer says that there is no watch; silence may have left one behind.
      if (error instanceof CalendarError && error.trouble !== 'Unreachable')
        await this.#watches(at, ({ watches }) => watches.forget(channel));
      throw error;
    }
  }

  async #renew(
    at: At,
    watch: RememberedWatch,
    now: Minute,
  ): Promise<{ next: number; because: string | null }> {
    const renewed = await at.push.renew(standing(watch));
    if (renewed === null) return this.#ask(at, now);
    const renewAt = await this.#confirm(at, watch.channel, renewed, now);
    return { next: renewAt, because: null };
  }

  async #confirm(at: At, channel: string, watch: Watch, now: Minute): Promise<number> {
    const renewAt = renewalOf(channel, watch.expiresAt, now);
    const { resource, expiresAt } = watch;
    const provenAt = watch.proven ? now : null;
    await this.#watches(at, ({ watches }) =>
      watches.confirm(channel, { vendorChannel: watch.channel, resource, expiresAt, renewAt, provenAt }),
    );
    return renewAt;
  }

  async #stop(at: At, watch: RememberedWatch): Promise<void> {
    const { channel } = watch;
    if (watch.state !== 'ending') await this.#watches(at, ({ watches }) => watches.end(channel));
    await at.push.stop(standing(watch));
    await this.#watches(at, ({ watches }) => watches.forget(channel));
  }

  #schedule(organisation: string, account: string, next: number, because: string | null): Promise<void> {
    return this.around.store.transaction(organisation, ({ watches }) =>
      watches.schedule(account, next, because),
    );
  }

  #watches<T>({ organisation }: At, work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.around.store.transaction(organisation, work);
  }
}

interface At {
  readonly organisation: string;
  readonly account: string;
  readonly push: Push;
  readonly address: string;
}

const NO_ADDRESS =
  'Calendar providers tell of changes only where BASE_URL is an https address that they reach.';
const NOT_HEARD = 'The calendar provider has not reached us yet.';
const NO_ANSWER = 'The calendar provider does not answer when it is asked to tell of changes.';

function standing({ channel, vendorChannel, resource, expiresAt }: RememberedWatch): Watch {
  return { channel: vendorChannel ?? channel, resource, expiresAt: expiresAt ?? 0 };
}

/** While 20 to 25 % of its life is left; the channel, which is random, says where between, so that few come together. */
function renewalOf(channel: string, expiresAt: Minute, now: Minute): number {
  const spread = Number.parseInt(channel.slice(0, 8), 16) / 2 ** 32;
  return expiresAt - (expiresAt - now) * (0.2 + 0.05 * spread);
}
