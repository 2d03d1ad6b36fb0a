import { CalendarError } from '../calendars/calendar-error.ts';
import type { Calendar } from '../calendars/calendar.ts';
import type { FormerHome, LedgerEntry, LoopStores } from '../store/store.ts';
import { stateAfter } from './observe.ts';
import type { Surroundings } from './surroundings.ts';

type Around = Pick<Surroundings, 'store' | 'calendars' | 'clock' | 'log'>;

/** The poll that finds the calendar readable again wakes its series; this is for when even that is lost. */
const UNREADABLE_MINUTES = 60;

/**
 * Takes a series out of the calendars that it left. A row stays until its calendar confirmed that, so that whatever
 * stops this in between is repaired by running again. Nothing that disappears there is read as anybody's act.
 */
export async function leaveFormerHomes(around: Around, organisation: string, series: string): Promise<void> {
  const homes = await around.store.transaction(organisation, ({ formerHomes }) => formerHomes.of(series));
  for (const { account } of homes) {
    const leaving = new Leaving(around, organisation, series, account.id);
    const outcome = await around.store.asOnlyWriter(account.id, () => leaving.run());
    if (outcome === 'taken') await leaving.lookAgain(1);
  }
}

/** One series that leaves one calendar. */
class Leaving {
  constructor(
    private readonly around: Around,
    private readonly organisation: string,
    private readonly series: string,
    private readonly account: string,
  ) {}

  async run(): Promise<void> {
    const home = await this.home();
    if (!home) return;
    if (home.account.state === 'disconnected') return this.giveUp(home);
    try {
      const calendar = await this.around.calendars.open(this.organisation, home.account);
      await withdraw(calendar, this.series, home);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      return this.putOff(home, error);
    }
    await this.inTransaction(async ({ formerHomes, ledger }) => {
      if (!(await formerHomes.forget(this.series, this.account))) return;
      await ledger.append([this.entry('What stood in the old calendar was taken out of it.', true)]);
    });
  }

  async lookAgain(afterMinutes: number): Promise<void> {
    await this.inTransaction(({ jobs }) =>
      jobs.enqueue(
        { name: 'reconcile-series', seriesId: this.series },
        { after: this.around.clock.now() + afterMinutes },
      ),
    );
  }

  /** Read by its only writer: the series may have come back to this calendar meanwhile. */
  private async home(): Promise<FormerHome | undefined> {
    const homes = await this.inTransaction(({ formerHomes }) => formerHomes.of(this.series));
    return homes.find(({ account }) => account.id === this.account);
  }

  /** An outage pauses the account where everybody can see it; somebody's edit in the same moment does not. */
  private async putOff(home: FormerHome, error: CalendarError): Promise<void> {
    const { trouble, message } = error;
    this.around.log.warn({ accountId: this.account, trouble }, 'a former calendar could not be left yet');
    if (trouble === 'Conflict') return this.lookAgain(1);
    const state = stateAfter(error);
    await this.inTransaction(({ accounts }) => accounts.setState(this.account, state, message));
    return state === 'disconnected' ? this.giveUp(home) : this.lookAgain(UNREADABLE_MINUTES);
  }

  /** Told once. The row stays: should its owner connect the calendar again, the series is taken out after all. */
  private async giveUp({ givenUp }: FormerHome): Promise<void> {
    if (givenUp) return;
    const because =
      'The old calendar cannot be opened any more, so the meetings may still show there. They are taken out if it is connected again.';
    await this.inTransaction(async ({ formerHomes, ledger }) => {
      await formerHomes.giveUp(this.series, this.account);
      await ledger.append([this.entry(because, false)]);
    });
  }

  private entry(because: string, done: boolean): LedgerEntry {
    return {
      at: this.around.clock.now(),
      kind: 'leave calendar',
      series: this.series,
      occurrence: null,
      actor: 'perennial',
      facts: { account: this.account, done },
      because,
    };
  }

  private inTransaction<T>(work: (stores: LoopStores) => Promise<T>): Promise<T> {
    return this.around.store.transaction(this.organisation, work);
  }
}

/** Older copies may stand again, restored from a bin. */
async function withdraw(calendar: Calendar, series: string, { copy, tags }: FormerHome): Promise<void> {
  await calendar.withdrawSeries({ series, copy });
  const older = Array.from({ length: copy - 1 }, (_, i) => ({ series, copy: i + 1 }));
  const strays = older.length > 0 ? await calendar.standing(older) : [];
  for (const stray of strays) await calendar.withdrawSeries(stray);
  for (const tag of tags) await calendar.withdrawSeparate(tag);
}
