import { Injectable } from '@nestjs/common';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import { keyOf } from '../domain/occurrence.ts';
import { minuteToIso } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Recovery } from '../domain/recovery.ts';
import { slotsInWeek } from '../domain/situation.ts';
import { when } from '../domain/words.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import type { WholeOccurrence } from '../store/occurrence-pages.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { Stores } from '../store/stores.ts';
import { Desk, findSeries } from './desk.ts';
import type { LedgerPage } from './ledger.api.ts';
import { viewOccurrence } from './occurrence-view.ts';
import type {
  OccurrenceDetail,
  OccurrencePage,
  OccurrenceQuery,
  SlotSuggestions,
} from './occurrences.api.ts';
import { nextOf, placeOf, windowOf } from './pages.ts';
import { PrivateWords } from './private-words.ts';
import type { RecoveryList } from './recoveries.api.ts';
import { viewRecovery } from './recovery-view.ts';
import type { SeriesList, SeriesView } from './series.api.ts';
import { viewSeries } from './series-view.ts';
import type { Named } from './series-view.ts';
import type { Setting } from './setting.ts';
import { viewSlot } from './setting.ts';
import { seesAll, sideOf } from './viewer.ts';

/** What managers, reps and those who watch over them read; everybody sees what is theirs to see. */
@Injectable()
export class Reads {
  constructor(
    private readonly store: PostgresStore,
    private readonly desk: Desk,
    private readonly clock: Clock,
    private readonly privateWords: PrivateWords,
  ) {}

  seriesList(caller: Caller, pair: string | undefined): Promise<SeriesList> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const listed = await stores.series.list({ ...own(caller), ...(pair && { pair }) });
      const personOf = await everybody(stores);
      return { items: listed.map((each) => viewSeries(each, personOf)) };
    });
  }

  series(caller: Caller, series: string): Promise<SeriesView> {
    return this.store.transaction(caller.organisation, async (stores) =>
      viewSeries(await findSeries(stores, caller, series), await everybody(stores)),
    );
  }

  occurrences(caller: Caller, query: OccurrenceQuery): Promise<OccurrencePage> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const organisation = await stores.organisation.read();
      const found = await stores.occurrencePages.page({
        window: windowOf(query, organisation.zone),
        series: query.series ?? null,
        pair: query.pair ?? null,
        person: own(caller).person ?? null,
        state: query.state ?? null,
        after: placeOf(query.cursor),
        limit: query.limit + 1,
      });
      const settingOf = await this.#settings(stores, caller);
      const page = found.slice(0, query.limit);
      return {
        items: page.map((whole) => viewOccurrence(whole, settingOf(whole.series))),
        next: found.length > page.length ? nextOf(page.at(-1)!) : null,
      };
    });
  }

  /** With the pair's own words for the pair itself. */
  occurrence(caller: Caller, series: string, named: string): Promise<OccurrenceDetail> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const { whole, ...setting } = await this.desk.find(stores, caller, series, named);
      const ofPair = sideOf(caller, setting.listed) !== null;
      const words = ofPair ? await this.#words(stores, series, keyOf(whole.occurrence)) : null;
      return { ...viewOccurrence(whole, setting), words };
    });
  }

  /** From what is stored of both calendars; nothing is asked of a vendor. */
  slots(caller: Caller, series: string, named: string, limit: number): Promise<SlotSuggestions> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const { whole, now } = await this.desk.find(stores, caller, series, named);
      const { facts, busy } = (await stores.series.load(series, now))!;
      const situation = { facts, busy: { manager: busy.manager.busy, rep: busy.rep.busy }, now };
      const local = (side: 'manager' | 'rep', at: Minute) => {
        const { zone } = facts.people[side];
        return { zone, time: when(zone, at) };
      };
      return {
        slots: slotsInWeek(situation, whole.occurrence, limit).map((slot) => ({
          ...viewSlot(slot),
          manager: local('manager', slot.start),
          rep: local('rep', slot.start),
        })),
        busyAsOf: { manager: isoOrNull(busy.manager.asOf), rep: isoOrNull(busy.rep.asOf) },
      };
    });
  }

  recoveries(caller: Caller, state: Recovery['state'] | undefined): Promise<RecoveryList> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const found = await stores.occurrences.recoveries({
        ...own(caller),
        ...(state && { states: [state] }),
      });
      const keys = found.map(({ series, recovery }) => ({ series, key: recovery.second }));
      const wholes = await stores.occurrencePages.among(keys);
      const settingOf = await this.#settings(stores, caller);
      const withRecovery = wholes.filter((whole): whole is Due => whole.recovery !== null);
      return {
        items: withRecovery.map(({ series, recovery, occurrence }) =>
          viewRecovery(recovery, occurrence, settingOf(series)),
        ),
      };
    });
  }

  ledger(caller: Caller, series: string, limit: number, cursor: string | undefined): Promise<LedgerPage> {
    return this.store.transaction(caller.organisation, async (stores) => {
      await findSeries(stores, caller, series);
      const after = /^\d{1,15}$/.test(cursor ?? '') ? Number(cursor) : 0;
      const rows = await stores.ledger.ofSeries(series, limit + 1, after);
      const page = rows.slice(0, limit);
      return {
        items: page.map(({ organisation: _, series: __, at, ...row }) => ({
          ...row,
          facts: { ...row.facts },
          at: minuteToIso(at),
        })),
        next: rows.length > page.length ? String(page.at(-1)!.seq) : null,
      };
    });
  }

  async #words(stores: Stores, series: string, key: OccurrenceKey) {
    const words = await stores.peopleSay.words(series, key);
    return words.map((word) => ({
      by: word.author,
      at: minuteToIso(word.at),
      words: this.privateWords.open({ series, key }, word),
    }));
  }

  /** Everything a page's views depend on, read once. */
  async #settings(stores: Stores, caller: Caller): Promise<(series: string) => Setting> {
    const week = await stores.organisation.read();
    const listed = new Map<string, ListedSeries>(
      (await stores.series.list(own(caller))).map((each) => [each.series.id, each]),
    );
    const now = this.clock.now();
    return (series) => ({ listed: listed.get(series)!, week, caller, now });
  }
}

type Due = WholeOccurrence & { readonly recovery: Recovery };

/** Those who see all are not narrowed; the others see the pairs they are in. */
function own(caller: Caller): { person?: string } {
  return seesAll(caller) ? {} : { person: caller.person };
}

async function everybody({ people }: Stores): Promise<(id: string) => Named> {
  const known = new Map((await people.list()).map((person) => [person.id, person]));
  return (id) => known.get(id)!;
}

function isoOrNull(minute: Minute | null): string | null {
  return minute === null ? null : minuteToIso(minute);
}
