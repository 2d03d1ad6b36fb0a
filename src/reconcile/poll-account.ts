import { CalendarError } from '../calendars/calendar-error.ts';
import type { Calendar, Changes } from '../calendars/calendar.ts';
import type { Minute } from '../domain/minute.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Surroundings } from './surroundings.ts';
import { BUSY_AHEAD } from './refresh-busy.ts';
import { setState } from './set-state.ts';

/** A calendar that is out of reach is asked less often than one that answers. */
const PAUSED_MINUTES = 2;
/** A disconnected account waits for its owner; it is tried now and then in case the server had only stumbled. */
const REVOKED_MINUTES = 60;
/** A vendor that tells of changes is asked all the same, because a few of its messages get lost. */
const WATCHED_MINUTES = 48;
const UNWATCHED_MINUTES = 10;
const NOTHING_EXCEPTED = { series: null, tags: [] };

/**
 * Asks one calendar what changed since the last cursor and says which series to look at. The cursor moves in the
 * transaction that enqueues those looks: a crash before it asks again, a crash after it has lost nothing.
 */
export class PollAccount {
  /** @param everyMinutes the distance between two polls of a server that we may ask as often as we like, before jitter */
  constructor(
    private readonly around: Pick<Surroundings, 'store' | 'calendars' | 'clock' | 'log'>,
    private readonly everyMinutes: number,
  ) {}

  async run(organisation: string, id: string): Promise<void> {
    const { store, calendars, clock } = this.around;
    const now = clock.now();
    const account = await store.transaction(organisation, ({ accounts }) => accounts.load(id));
    if (!account) return;
    try {
      const calendar = await calendars.open(organisation, account);
      const changes = await calendar.changes(account.cursor);
      await this.remember(organisation, account, changes, now);
      if (changes.kind === 'everything' || changes.busyChanged)
        await this.readBusy(organisation, calendar, id, now);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      await this.pause(organisation, account, error, now);
    }
  }

  private remember(
    organisation: string,
    account: CalendarAccount,
    changes: Changes,
    now: Minute,
  ): Promise<void> {
    return this.around.store.transaction(organisation, async ({ series, accounts, jobs }) => {
      // After a pause everything is looked at: what was asked of the calendar meanwhile still waits.
      const known = changes.kind === 'since' && account.state === 'connected';
      const touched = known ? changes.series : await series.onAccount(account.id);
      for (const seriesId of touched) await jobs.enqueue({ name: 'reconcile-series', seriesId });
      if (account.state !== 'connected') await accounts.setState(account.id, 'connected', null);
      await accounts.markVerified(account.id, now);
      const every = await this.everyOf(account, () => accounts.isWatched(account.id, now));
      const next = this.around.clock.exact() + jittered(every, account.id, now);
      await accounts.saveCursor(account.id, changes.cursor, next);
    });
  }

  /** Vendors count our questions: they are asked often only where they do not tell by themselves. */
  private async everyOf({ provider }: CalendarAccount, isWatched: () => Promise<boolean>): Promise<number> {
    if (provider === 'builtin' || provider === 'caldav') return this.everyMinutes;
    return Math.max(this.everyMinutes, (await isWatched()) ? WATCHED_MINUTES : UNWATCHED_MINUTES);
  }

  private async readBusy(
    organisation: string,
    calendar: Calendar,
    account: string,
    now: Minute,
  ): Promise<void> {
    const window = { start: now, end: now + BUSY_AHEAD };
    const busy = await calendar.busy(window, NOTHING_EXCEPTED);
    await this.around.store.transaction(organisation, ({ accounts }) =>
      accounts.saveBusy(account, window, busy, now),
    );
  }

  /** An outage pauses the account where everybody can see it, and counts nothing. */
  private async pause(
    organisation: string,
    account: CalendarAccount,
    error: CalendarError,
    now: Minute,
  ): Promise<void> {
    const revoked = error.trouble === 'AccessRevoked' || error.trouble === 'Gone';
    const every = Math.max(this.everyMinutes, revoked ? REVOKED_MINUTES : PAUSED_MINUTES);
    const wait = Math.max((error.retryAfter ?? 0) / 60, jittered(every, account.id, now));
    this.around.log.warn({ accountId: account.id, trouble: error.trouble }, 'calendar account paused');
    await this.around.store.transaction(organisation, async (stores) => {
      const { accounts } = stores;
      await setState(stores, account, revoked ? 'disconnected' : 'paused', error.message);
      await accounts.postponePoll(account.id, this.around.clock.exact() + wait);
    });
  }
}

/** The distance to the next poll, spread by a quarter to each side, so that accounts do not come in step. */
function jittered(minutes: number, id: string, now: Minute): number {
  let mixed = now;
  for (const character of id) mixed = (Math.imul(mixed, 31) + character.charCodeAt(0)) >>> 0;
  return minutes * (0.75 + (mixed % 1000) / 2000);
}
