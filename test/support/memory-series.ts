import type { AccountLoad, Facts } from '../../src/domain/facts.ts';
import { DAY, HOUR } from '../../src/domain/minute.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Attestation, Occurrence, OccurrenceKey } from '../../src/domain/occurrence.ts';
import type { Recovery } from '../../src/domain/recovery.ts';
import type { Side } from '../../src/domain/person.ts';
import { busyOfSide } from '../../src/store/busy.ts';
import { movesBetween } from '../../src/store/difference.ts';
import { PAST_DAYS, SeriesStore } from '../../src/store/store.ts';
import type { RememberedSeries } from '../../src/store/store.ts';
import { attestationKey, frozen, sealedCopy } from './memory-world.ts';
import type { AccountRecord, Apply, SaidRecord, SeriesRecord, World } from './memory-world.ts';

export class MemorySeries extends SeriesStore {
  private readonly organisation: string;
  private readonly view: World;
  private readonly apply: Apply;

  constructor(organisation: string, view: World, apply: Apply) {
    super();
    this.organisation = organisation;
    this.view = view;
    this.apply = apply;
  }

  async load(series: string, now: Minute): Promise<RememberedSeries | null> {
    const known = this.#known(series);
    if (!known) return null;
    const { facts } = known;
    const since = now - PAST_DAYS * DAY;
    const own = this.view.accounts.get(known.account)!;
    return {
      facts: {
        ...facts,
        occurrences: facts.occurrences
          .filter((o) => o.originalStart >= since || isOpen(o))
          .map((o) => ({ ...o, attestations: this.#attestations(series, keyOf(o), false) })),
        recoveries: facts.recoveries
          .filter((r) => startOfKey(r.second) >= since || r.state === 'due' || r.state === 'booked')
          .map((r) => ({ ...r, attestations: this.#attestations(series, r.second, true) })),
        acts: [...this.view.acts.values()]
          .flatMap((waiting) => (waiting.series === series ? [waiting.act] : []))
          .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
        account: this.#load(own, known, now),
      },
      revision: known.revision,
      account: own.account,
      ...this.#busy(facts, own),
    };
  }

  async save(revision: number, before: Facts, after: Facts, nextLook: Minute): Promise<boolean> {
    if (this.#known(after.series.id)?.revision !== revision) return false;
    const old = sealedCopy(before);
    const next = sealedCopy(after);
    this.apply((world) => saveInto(world, revision, old, next, nextLook));
    return true;
  }

  async endRelease(series: string, at: Minute): Promise<void> {
    this.apply((world) => {
      const known = world.series.get(series);
      if (known?.organisation !== this.organisation) return;
      world.series.set(series, frozen({ ...known, putBackAt: at }));
    });
  }

  async onAccount(account: string): Promise<readonly string[]> {
    return this.#on(account).map((known) => known.facts.series.id);
  }

  async placedOnAccount(account: string): Promise<readonly { series: string; copy: number }[]> {
    return this.#on(account).flatMap(({ facts }) =>
      facts.placed ? [{ series: facts.series.id, copy: facts.placed.copy }] : [],
    );
  }

  #known(series: string): SeriesRecord | null {
    const known = this.view.series.get(series);
    return known?.organisation === this.organisation ? known : null;
  }

  #on(account: string): SeriesRecord[] {
    return [...this.view.series.values()]
      .filter((known) => known.organisation === this.organisation && known.account === account)
      .sort((a, b) => (a.facts.series.id < b.facts.series.id ? -1 : 1));
  }

  #attestations(series: string, on: OccurrenceKey, ofRecovery: boolean): Attestation[] {
    return (['manager', 'rep'] as const).flatMap((by) => {
      const key = attestationKey({ series, on, ofRecovery, attestation: { by, says: 'held', absent: null } });
      const said = this.view.attestations.get(key);
      return said ? [said.attestation] : [];
    });
  }

  #load({ account, releasedUntil }: AccountRecord, { putBackAt }: SeriesRecord, now: Minute): AccountLoad {
    const all = this.#on(account.id);
    return {
      owed: all.flatMap(({ facts }) => facts.occurrences).filter(isOpen).length,
      restoredLately: all.flatMap((known) => restoresSince(known, now - HOUR)).length,
      seriesPlaced: 0,
      seriesGone: 0,
      released: putBackAt === null && releasedUntil !== null && releasedUntil >= now,
    };
  }

  #busy(facts: Facts, own: AccountRecord): Pick<RememberedSeries, 'busy' | 'busyAccounts'> {
    const others = [...this.view.accounts.values()]
      .filter(({ account }) => account.id !== own.account.id && account.state !== 'disconnected')
      .filter(({ account }) => sideOf(facts, account.person) !== null)
      .sort((a, b) => (a.account.id < b.account.id ? -1 : 1));
    const busy = (side: Side) =>
      busyOfSide(
        [...others, ...(own.busy ? [own] : [])]
          .filter(({ account }) => sideOf(facts, account.person) === side)
          .map((known) => known.busy && { minutes: [...known.busy.busy], asOf: known.busy.asOf }),
      );
    return {
      busy: { manager: busy('manager'), rep: busy('rep') },
      busyAccounts: others.map(({ account }) => ({ side: sideOf(facts, account.person)!, account })),
    };
  }
}

/** Without those that a release has answered for. */
function restoresSince({ facts, putBackAt }: SeriesRecord, since: Minute): Minute[] {
  const restores = facts.occurrences.flatMap((o) => o.restores);
  return restores.filter((at) => at > Math.max(since, putBackAt ?? since));
}

function sideOf(facts: Facts, person: string): Side | null {
  if (person === facts.people.manager.id) return 'manager';
  return person === facts.people.rep.id ? 'rep' : null;
}

function startOfKey(key: OccurrenceKey): Minute {
  return Number(key.slice(key.indexOf('@') + 1));
}

/** Row by row, as the database does it: what `after` does not know of stays. */
function saveInto(world: World, revision: number, before: Facts, after: Facts, nextLook: Minute): void {
  const { id } = after.series;
  const known = world.series.get(id)!;
  if (known.revision !== revision) throw new Error('Two transactions saved the same series.');
  const occurrences = merged(known.facts.occurrences, after.occurrences, keyOf, byStart).map(withoutTwins);
  refuseReopening(known.facts.occurrences, occurrences);
  const recoveries = merged(known.facts.recoveries, after.recoveries, (r) => r.second, bySecond);
  const facts: Facts = {
    ...known.facts,
    series: after.series,
    placed: after.placed,
    observedAt: after.observedAt,
    asks: after.asks,
    occurrences,
    recoveries,
  };
  world.series.set(id, frozen({ ...known, facts, nextLook, revision: revision + 1 }));
  world.moves = [...world.moves, ...movesBetween(before, after, nextLook).map((m) => ({ ...m, series: id }))];
  for (const said of saidIn(after, saidIn(before, []))) world.attestations.set(attestationKey(said), said);
  const left = new Set(after.acts.map((act) => act.id));
  for (const act of before.acts) if (!left.has(act.id)) world.acts.delete(act.id);
}

function merged<T>(
  known: readonly T[],
  written: readonly T[],
  key: (item: T) => string,
  order: (a: T, b: T) => number,
): T[] {
  return [...new Map([...known, ...written].map((item) => [key(item), item])).values()].sort(order);
}

function byStart(a: Occurrence, b: Occurrence): number {
  return a.originalStart - b.originalStart || a.generation - b.generation;
}

function bySecond(a: Recovery, b: Recovery): number {
  return startOfKey(a.second) - startOfKey(b.second) || (a.second < b.second ? -1 : 1);
}

/** The same evidence is one cancel act. */
function withoutTwins(o: Occurrence): Occurrence {
  const acts = o.cancelActs.filter(
    (act, i) => o.cancelActs.findIndex((other) => other.evidence === act.evidence) === i,
  );
  return acts.length === o.cancelActs.length ? o : { ...o, cancelActs: acts };
}

function refuseReopening(before: readonly Occurrence[], after: readonly Occurrence[]): void {
  const known = new Map(before.map((o) => [keyOf(o), o]));
  for (const o of after) {
    const old = known.get(keyOf(o));
    if (!old || isOpen(old) || !isOpen(o) || (old.state === 'excused' && o.state === 'scheduled')) continue;
    throw new Error(`an occurrence that ended as ${old.state} stays ended`);
  }
}

/** What both sides say in these facts, without what `known` says already. */
function saidIn({ series, occurrences, recoveries }: Facts, known: readonly SaidRecord[]): SaidRecord[] {
  const old = new Set(known.map((said) => JSON.stringify(said)));
  const all = [
    ...occurrences.flatMap((o) =>
      o.attestations.map((attestation) => ({
        series: series.id,
        on: keyOf(o),
        ofRecovery: false,
        attestation,
      })),
    ),
    ...recoveries.flatMap((r) =>
      r.attestations.map((attestation) => ({
        series: series.id,
        on: r.second,
        ofRecovery: true,
        attestation,
      })),
    ),
  ];
  return all.filter((said) => !old.has(JSON.stringify(said)));
}
