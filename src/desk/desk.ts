import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Act } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import { minuteFromIso } from '../domain/minute.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { Side } from '../domain/person.ts';
import { Look } from '../jobs/look.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { WholeOccurrence } from '../store/occurrence-pages.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { LedgerEntry } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import { viewOccurrence } from './occurrence-view.ts';
import type { Setting } from './setting.ts';
import type { ActAnswer } from './occurrences.api.ts';
import { actsAs, maySee } from './viewer.ts';

/** How long an answer waits for the calendar, and how it asks again while another worker is at it. */
const PATIENCE_MS = 4000;
const PAUSE_MS = 150;
const TRIES = 20;
/** Minutes around 1970 that a key may name: nine digits reach the year 3871 and fit the database's integers. */
const FURTHEST = 999_999_999;

/** A person in front of one occurrence, inside a transaction. */
export interface AtOccurrence extends Setting {
  readonly stores: Stores;
  readonly whole: WholeOccurrence;
  readonly as: Side | 'admin';
}

type Bare<A> = A extends Act ? Omit<A, 'id' | 'at' | 'by'> : never;

/** What came of it: an act for the loop (null: it only has to look again) and what the ledger keeps. */
export interface Said {
  readonly act: Bare<Act> | null;
  readonly entry: Pick<LedgerEntry, 'kind' | 'facts' | 'because'>;
  /** Told to the person, where the occurrence itself does not say it. */
  readonly sentence?: string;
}

/** Lets people act: their word, its ledger row and the loop's job are kept together, then the loop looks at once. */
@Injectable()
export class Desk {
  constructor(
    private readonly store: PostgresStore,
    private readonly look: Look,
    private readonly clock: Clock,
    @Inject(Log) private readonly log: Log,
  ) {}

  /**
   * @param named the occurrence's key, or its original start in ISO form
   * @throws Problem where the caller may not see or do this
   */
  async say(
    caller: Caller,
    series: string,
    named: string,
    action: (at: AtOccurrence) => Promise<Said>,
  ): Promise<ActAnswer> {
    const { said, key } = await this.store.transaction(caller.organisation, async (stores) => {
      const at = await this.#arrive(stores, caller, series, named);
      const said = await action(at);
      const { generation, originalStart } = at.whole.occurrence;
      const key: OccurrenceKey = `${generation}@${originalStart}`;
      await this.keep(stores, { caller, series, key, as: at.as }, said);
      return { said, key };
    });
    const settled = await this.follow(caller.organisation, series);
    return this.#answer(caller, series, key, settled, said);
  }

  /** Appends what was said to the loop's inbox and to the ledger, and wakes the loop. */
  async keep(
    stores: Stores,
    by: { caller: Caller; series: string; key: OccurrenceKey | null; as: Side | 'admin' },
    { act, entry }: Said,
  ): Promise<void> {
    const now = this.clock.now();
    const { series } = by;
    if (act) await stores.peopleSay.act(series, { ...act, id: randomUUID(), at: now, by: by.as });
    await stores.ledger.append([{ ...entry, at: now, series, occurrence: by.key, actor: by.caller.person }]);
    // The look before the answer comes first; the queue's turn is for when that does not get through.
    await stores.jobs.enqueue({ name: 'reconcile-series', seriesId: series }, { after: now + 1 });
  }

  /** Looks at the series now. @returns whether its calendar shows everything already; else the queue goes on */
  async follow(organisation: string, series: string): Promise<boolean> {
    const settled = await Promise.race([this.#settle(series), delay(PATIENCE_MS, false, { ref: false })]);
    if (!settled) {
      await this.store.transaction(organisation, ({ jobs }) =>
        jobs.enqueue({ name: 'reconcile-series', seriesId: series }),
      );
    }
    return settled;
  }

  /** @throws Problem for a series or an occurrence that is unknown to the caller */
  async find(
    stores: Stores,
    caller: Caller,
    series: string,
    named: string,
  ): Promise<Setting & { whole: WholeOccurrence }> {
    const listed = await findSeries(stores, caller, series);
    const key = await keyNamed(stores, series, named);
    const whole = key && (await stores.occurrencePages.one(series, key));
    if (!whole) throw new Problem('unknown-occurrence');
    return { whole, listed, caller, now: this.clock.now(), week: await stores.organisation.read() };
  }

  async #arrive(stores: Stores, caller: Caller, series: string, named: string): Promise<AtOccurrence> {
    const found = await this.find(stores, caller, series, named);
    return { ...found, stores, as: actingOn(caller, found.listed) };
  }

  /** How things stand after the look. Where the brakes hold the whole series, the act waits for their answer. */
  #answer(caller: Caller, series: string, key: OccurrenceKey, settled: boolean, { sentence }: Said) {
    return this.store.transaction(caller.organisation, async (stores): Promise<ActAnswer> => {
      const { whole, ...setting } = await this.find(stores, caller, series, key);
      const occurrence = viewOccurrence(whole, setting);
      const { asks } = setting.listed;
      if (asks !== null) {
        return { occurrence, calendar: 'follows', sentence: `Saved; it waits for an answer. ${asks}` };
      }
      return { occurrence, ...answer(settled, sentence ?? occurrence.asks ?? occurrence.because) };
    });
  }

  async #settle(series: string): Promise<boolean> {
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        const looked = await this.look.at(series);
        if (looked !== 'taken') return looked === 'settled';
        await delay(PAUSE_MS, undefined, { ref: false });
      }
    } catch (error) {
      this.log.warn({ err: error, seriesId: series }, 'the look for an answer failed');
    }
    return false;
  }
}

export function answer(settled: boolean, because: string | null): Pick<ActAnswer, 'calendar' | 'sentence'> {
  if (settled) return { calendar: 'done', sentence: because ?? 'Saved.' };
  return { calendar: 'follows', sentence: 'Saved; the calendar will follow.' };
}

export async function findSeries(stores: Stores, caller: Caller, series: string): Promise<ListedSeries> {
  const listed = await stores.series.find(series);
  if (!listed || !maySee(caller, listed)) throw new Problem('unknown-series');
  return listed;
}

/** @throws Problem for an auditor, who only looks */
export function actingOn(caller: Caller, listed: ListedSeries): Side | 'admin' {
  const as = actsAs(caller, listed);
  if (as === null) throw new Problem('not-allowed', 'This is for the pair itself or an admin.');
  return as;
}

/** An occurrence is named by its key, or by the time at which it was first owed. */
async function keyNamed(stores: Stores, series: string, named: string): Promise<OccurrenceKey | null> {
  if (/^\d{1,9}@-?\d{1,9}$/.test(named)) return named as OccurrenceKey;
  const start = minuteNamed(named);
  return start === null ? null : stores.occurrencePages.keyAt(series, start);
}

function minuteNamed(text: string): Minute | null {
  try {
    const minute = minuteFromIso(text);
    return Math.abs(minute) <= FURTHEST ? minute : null;
  } catch {
    return null;
  }
}
