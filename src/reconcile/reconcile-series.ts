import { randomUUID } from 'node:crypto';
import type { CalendarError } from '../calendars/calendar-error.ts';
import type { Calendar } from '../calendars/calendar.ts';
import { isVendor } from '../calendars/vendors.ts';
import { confirmWrites } from '../domain/confirm.ts';
import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import { nextLook } from '../domain/next-look.ts';
import { plan } from '../domain/plan.ts';
import type { Plan } from '../domain/plan.ts';
import type { Busy, Side } from '../domain/person.ts';
import type { CalendarAccount, RememberedSeries, SeriesHome } from '../store/store.ts';
import { applyWrites } from './apply-writes.ts';
import { leaveFormerHomes } from './leave-former-homes.ts';
import { ledgerEntries, occurrenceOf } from './ledger-entries.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import { needsFreeTime, refreshBusy } from './refresh-busy.ts';
import { setState } from './set-state.ts';
import type { Surroundings } from './surroundings.ts';

/** How often one look may be followed by another before the rest is left to the next job. */
const ROUNDS = 6;
/** A series on an unreadable calendar is woken by its account's poll; this is for when even that is lost. */
const UNREADABLE_MINUTES = 60;

const QUIET_AT_VENDORS = 1440;
/** A vendor's calendar that could not be read is asked again that soon, unless it wants more time. */
const PAUSED_MINUTES = 2;

export type Outcome =
  /** Nothing left to do. */
  | { readonly kind: 'settled'; readonly steps: number; readonly writes: number }
  /** Somebody else wrote at the same time, or the calendar refused for now: look again. */
  | { readonly kind: 'again'; readonly because: string; readonly afterSeconds: number }
  /** The account is paused; the poll that finds it readable again enqueues its series. */
  | { readonly kind: 'unreadable'; readonly because: string }
  /** Somebody else is writing to this calendar right now. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'unknown series' };

/**
 * Brings one series and its calendar together: reads the three facts, plans, remembers the decisions, then makes
 * them true in the calendar. Stopped between any two lines it is repaired by running again.
 */
export class ReconcileSeries {
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  async run(series: string): Promise<Outcome> {
    const { store, log } = this.around;
    const home = await store.homeOfSeries(series);
    if (!home) return { kind: 'unknown series' };
    // Whatever this look logs carries its id.
    const stamped = log.child({ reconcileId: randomUUID(), seriesId: series });
    const look = new ReconcileSeries({ ...this.around, log: stamped });
    const outcome = await store.asOnlyWriter(home.account, () => look.settle(home, series));
    if (outcome === 'taken') return { kind: 'taken' };
    // Only now: what stands in the old calendar is there until the new one shows it.
    if (outcome.kind === 'settled' && home.leaving) {
      await leaveFormerHomes(look.around, home.organisation, series);
    }
    return outcome;
  }

  /** The plan with its reasons; changes nothing. */
  async dryRun(organisation: string, series: string): Promise<{ plan: Plan; observed: Observed } | null> {
    const remembered = await this.load(organisation, series);
    if (!remembered) return null;
    const { observed, plan } = await this.decide(organisation, remembered, this.around.clock.now());
    return { observed, plan };
  }

  private async settle({ organisation, account }: SeriesHome, series: string): Promise<Outcome> {
    const done = { steps: 0, writes: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const now = this.around.clock.now();
      const remembered = await this.load(organisation, series);
      if (!remembered) return { kind: 'unknown series' };
      if (remembered.account.id !== account) return again('the series moved to another calendar', 1);
      const { calendar, observed, plan } = await this.decide(organisation, remembered, now);
      if (!(await this.remember(organisation, remembered, observed, plan, now))) {
        return again('the series changed while it was looked at', 1);
      }
      for (const step of plan.steps)
        this.around.log.info({ step: step.do, occurrence: occurrenceOf(step) }, 'step decided');
      const refused = calendar ? await this.write(organisation, calendar, remembered, plan, now) : null;
      done.steps += plan.steps.length;
      done.writes += plan.writes.length;
      if (observed.seen.kind === 'unreadable') return { kind: 'unreadable', because: observed.seen.because };
      if (refused) return again(refused.message, refused.retryAfter ?? 1);
      if (isSettled(plan)) return { kind: 'settled', ...done };
    }
    return again('there is more to do', 5);
  }

  private async decide(organisation: string, remembered: RememberedSeries, now: Minute) {
    const { store, calendars, link } = this.around;
    const { calendar, observed } = await observe(calendars, organisation, remembered, store);
    const facts = { ...remembered.facts, account: { ...remembered.facts.account, ...observed.gone } };
    const busy: Record<Side, Busy> = { manager: remembered.busy.manager.busy, rep: remembered.busy.rep.busy };
    const address = link(facts.series.id);
    const first = plan({ facts, busy, now }, observed.seen, address);
    if (!needsFreeTime(first)) return { calendar, observed, plan: first };
    const fresh = await refreshBusy(this.around, organisation, remembered, now);
    return { calendar, observed, plan: plan({ facts, busy: fresh, now }, observed.seen, address) };
  }

  /** Decisions, their reasons and what was seen of the account, in one transaction, before anything is written. */
  private remember(
    organisation: string,
    remembered: RememberedSeries,
    observed: Observed,
    plan: Plan,
    now: Minute,
  ): Promise<boolean> {
    const { facts, revision, account } = remembered;
    const { steps, after } = plan;
    return this.around.store.transaction(organisation, async (stores) => {
      const { series, accounts, ledger } = stores;
      const unreadable = observed.seen.kind === 'unreadable';
      const next = unreadable ? now + UNREADABLE_MINUTES : nextLook(after, now, quietOn(account));
      if (!(await series.save(revision, facts, after, next))) return false;
      await ledger.append(ledgerEntries(facts, steps, now));
      const reason = observed.seen.kind === 'unreadable' ? observed.seen.because : null;
      if (reason !== null || account.state !== observed.state) {
        await setState(stores, account, observed.state, reason);
      }
      // The poll that finds the calendar readable again wakes its series: a vendor's may be an hour away.
      if (account.state === 'connected' && observed.state === 'paused' && isVendor(account.provider))
        await accounts.postponePoll(
          account.id,
          now + Math.max(PAUSED_MINUTES, (observed.retryAfter ?? 0) / 60),
        );
      if (unreadable) return true;
      await accounts.markVerified(account.id, now);
      if (!isSettled(plan)) return true;
      if (facts.account.released) await series.endRelease(facts.series.id, now);
      await this.around.announce?.(stores, plan, remembered);
      return true;
    });
  }

  /** @returns what stopped the writing before its end, if anything did */
  private async write(
    organisation: string,
    calendar: Calendar,
    remembered: RememberedSeries,
    plan: Plan,
    now: Minute,
  ): Promise<CalendarError | null> {
    if (plan.writes.length === 0) return null;
    const { confirmed, trouble } = await applyWrites(calendar, plan);
    this.around.log.info({ writes: confirmed.map(({ write }) => write) }, 'calendar written');
    const after = nextCopyIfTaken(confirmWrites(plan.after, confirmed), plan, trouble);
    if (after !== plan.after) {
      await this.around.store.transaction(organisation, async (stores) => {
        const next = nextLook(after, now, quietOn(remembered.account));
        if (!(await stores.series.save(remembered.revision + 1, plan.after, after, next))) return;
        await stores.accounts.markWritten(remembered.account.id, now);
      });
    }
    if (trouble) this.around.log.warn({ trouble: trouble.trouble, err: trouble }, 'calendar refused a write');
    return trouble;
  }

  private load(organisation: string, series: string): Promise<RememberedSeries | null> {
    const now = this.around.clock.now();
    return this.around.store.transaction(organisation, (stores) => stores.series.load(series, now));
  }
}

/** Vendors count every call, and their polls tell of each change: there the regular look is for once a day. */
function quietOn({ provider }: CalendarAccount): number | undefined {
  return isVendor(provider) ? QUIET_AT_VENDORS : undefined;
}

function isSettled({ steps, writes }: Plan): boolean {
  return steps.length === 0 && writes.length === 0;
}

function again(because: string, afterSeconds: number): Outcome {
  return { kind: 'again', because, afterSeconds };
}

/** Some servers keep a deleted event's identity in a bin and refuse it: the series comes back as its next copy. */
function nextCopyIfTaken(after: Facts, { version }: Plan, trouble: CalendarError | null): Facts {
  if (trouble?.trouble !== 'Gone' || version !== null || after.placed) return after;
  return { ...after, series: { ...after.series, copy: after.series.copy + 1 } };
}
