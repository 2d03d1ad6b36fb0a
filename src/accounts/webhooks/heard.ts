import { Injectable } from '@nestjs/common';
import { channelOf, isSecretOf } from '../../calendars/watch-secret.ts';
import type { Vendor } from '../../calendars/vendor-sign-in.ts';
import { Clock } from '../../platform/clock.ts';
import { PostgresStore } from '../../store/postgres-store.ts';
import type { Stores } from '../../store/stores.ts';
import type { VendorNames } from '../../store/watches.ts';

/** What a message asks of us; it never says what changed. */
export interface Message {
  readonly vendor: Vendor;
  readonly secret: string;
  readonly named: VendorNames;
  readonly about:
    /** Look at the calendar again. */
    | 'change'
    /** The watch has to be renewed at once. */
    | 'renew'
    /** The watch is gone, and messages with it. */
    | 'removed'
    /** Messages were lost: trust no cursor. */
    | 'missed';
}

/** What became of a message. Whoever sent an unknown one is told nothing. */
export type Heard = 'heard' | 'unknown' | 'forged';

/** Takes vendors' messages: proves them, writes down which account to look at, and does nothing else. */
@Injectable()
export class HeardMessages {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  async take(message: Message): Promise<Heard> {
    const channel = channelOf(message.secret);
    const watched = channel === null ? null : await this.store.vendors.watch(channel);
    const isProven = isSecretOf(message.secret, watched?.hash ?? null);
    if (!watched || channel === null) return 'unknown';
    if (!isProven || watched.vendor !== message.vendor) return 'forged';
    await this.store.transaction(watched.organisation, (stores) =>
      this.#note(stores, channel, watched.account, message),
    );
    return 'heard';
  }

  async #note(stores: Stores, channel: string, account: string, { about, named }: Message): Promise<void> {
    const { watches, accounts, jobs } = stores;
    const isFirst = await watches.heard(channel, named, this.clock.now());
    if (about === 'renew') await watches.renewNow(channel);
    if (about === 'removed') await watches.forget(channel);
    if (about === 'missed') await accounts.forgetCursor(account);
    // The first message proves the new watch: now the old one can be stopped.
    if (isFirst || about === 'renew' || about === 'removed') {
      await watches.wake(account);
      await jobs.enqueue({ name: 'keep-watch', accountId: account });
    }
    await jobs.enqueue({ name: 'poll-account', accountId: account });
  }
}
