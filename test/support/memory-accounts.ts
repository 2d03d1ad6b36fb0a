import type { Minute } from '../../src/domain/minute.ts';
import type { Busy } from '../../src/domain/person.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { AccountStore } from '../../src/store/store.ts';
import type { AccountState, CalendarAccount } from '../../src/store/store.ts';
import { frozen } from './memory-world.ts';
import type { AccountRecord, Apply, World } from './memory-world.ts';

export class MemoryAccounts extends AccountStore {
  private readonly organisation: string;
  private readonly view: World;
  private readonly apply: Apply;

  constructor(organisation: string, view: World, apply: Apply) {
    super();
    this.organisation = organisation;
    this.view = view;
    this.apply = apply;
  }

  async load(account: string): Promise<CalendarAccount | null> {
    const known = this.view.accounts.get(account);
    return known?.organisation === this.organisation ? known.account : null;
  }

  async setState(account: string, state: AccountState, because: string | null): Promise<void> {
    this.#change(account, (known) => ({ account: { ...known.account, state, because } }));
  }

  async markVerified(account: string, at: Minute): Promise<void> {
    this.#change(account, (known) => ({ account: { ...known.account, verifiedAt: at } }));
  }

  async markWritten(account: string, at: Minute): Promise<void> {
    this.#change(account, (known) => ({ account: { ...known.account, writtenAt: at } }));
  }

  async saveCursor(account: string, cursor: string, nextPoll: Minute): Promise<void> {
    this.#change(account, (known) => ({ account: { ...known.account, cursor }, nextPoll }));
  }

  async postponePoll(account: string, nextPoll: Minute): Promise<void> {
    this.#change(account, () => ({ nextPoll }));
  }

  /** Nothing in memory is told of by itself. */
  async isWatched(): Promise<boolean> {
    return false;
  }

  async saveBusy(account: string, window: Slot, busy: Busy, asOf: Minute): Promise<void> {
    const copy = Int32Array.from(busy);
    this.#change(account, () => ({ busy: { window, busy: copy, asOf } }));
  }

  async release(account: string, until: Minute): Promise<void> {
    this.#change(account, () => ({ releasedUntil: until }));
    this.apply((world) => {
      for (const [id, known] of world.series) {
        if (known.organisation !== this.organisation || known.account !== account) continue;
        world.series.set(id, frozen({ ...known, putBackAt: null }));
      }
    });
  }

  /** Another organisation's account is out of reach: nothing changes. */
  #change(account: string, change: (known: AccountRecord) => Partial<AccountRecord>): void {
    this.apply((world) => {
      const known = world.accounts.get(account);
      if (known?.organisation !== this.organisation) return;
      world.accounts.set(account, frozen({ ...known, ...change(known) }));
    });
  }
}
