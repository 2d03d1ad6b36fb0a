import { Injectable } from '@nestjs/common';
import { minuteToIso } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import { adminAct } from '../platform/admin-act.ts';
import { Clock } from '../platform/clock.ts';
import { badInput, Problem } from '../platform/problems/problem.ts';
import type { Pair } from '../store/pairs.ts';
import type { RememberedPerson } from '../store/people.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Stores } from '../store/stores.ts';
import type { NewPair, PairEnd, PairView } from './pairs.api.ts';

/** Who meets whom. */
@Injectable()
export class Pairs {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  /** Every pair for admins and auditors; their own for the others. */
  list(caller: Caller): Promise<PairView[]> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const pairs = await stores.pairs.list(seesAll(caller) ? null : caller.person);
      const [people, series] = [await stores.people.list(), await stores.series.list()];
      const names = new Map(people.map(({ id, name }) => [id, name]));
      const of = Map.groupBy(series, (each) => each.pair);
      return pairs.map((pair) => show(pair, names, of.get(pair.id)?.map((each) => each.series.id) ?? []));
    });
  }

  /** @throws Problem unknown-pair, also for one the caller has no part in */
  one(caller: Caller, pair: string): Promise<PairView> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const found = await stores.pairs.load(pair);
      const isOwn = found !== null && [found.manager, found.rep].includes(caller.person);
      if (!found || !(isOwn || seesAll(caller))) throw new Problem('unknown-pair');
      return this.#view(stores, found);
    });
  }

  /** @throws Problem bad-input where one of the two cannot take that side, pair-exists */
  add(caller: Caller, { manager, rep }: NewPair): Promise<PairView> {
    return this.store.transaction(caller.organisation, async (stores) => {
      if (manager === rep) throw badInput('rep', 'must be somebody else than the manager');
      mustBe('manager', await stores.people.load(manager));
      mustBe('rep', await stores.people.load(rep));
      const id = await stores.pairs.add(manager, rep);
      if (id === 'known') throw new Problem('pair-exists');
      const because = 'An admin brought two people together.';
      await stores.ledger.append([
        adminAct(caller, this.clock.now(), 'make pair', because, { pair: id, manager, rep }),
      ]);
      return this.#view(stores, (await stores.pairs.load(id))!);
    });
  }

  /** Nothing that starts later is owed; history stays. @throws Problem unknown-pair, pair-ended */
  end(caller: Caller, pair: string, reason: PairEnd): Promise<PairView> {
    const now = this.clock.now();
    return this.store.transaction(caller.organisation, async (stores) => {
      if (!(await stores.pairs.load(pair))) throw new Problem('unknown-pair');
      const series = await stores.pairs.end(pair, now, reason);
      if (!series) throw new Problem('pair-ended');
      for (const seriesId of series) await stores.jobs.enqueue({ name: 'reconcile-series', seriesId });
      const entry = adminAct(caller, now, 'end pair', BECAUSE[reason], { pair, reason });
      await stores.ledger.append([entry, ...series.map((id) => ({ ...entry, series: id }))]);
      return this.#view(stores, (await stores.pairs.load(pair))!);
    });
  }

  async #view({ people, series }: Stores, pair: Pair): Promise<PairView> {
    const both = [await people.load(pair.manager), await people.load(pair.rep)];
    const names = new Map(both.map((person) => [person!.id, person!.name]));
    const own = await series.list({ pair: pair.id });
    return show(
      pair,
      names,
      own.map((each) => each.series.id),
    );
  }
}

const BECAUSE: Readonly<Record<PairEnd, string>> = {
  both_agreed: 'The pair ended: both agreed.',
  manager_left: 'The pair ended: the manager left.',
  rep_left: 'The pair ended: the rep left.',
  role_changed: 'The pair ended: a role changed.',
};

function seesAll({ roles }: Caller): boolean {
  return roles.includes('admin') || roles.includes('auditor');
}

function mustBe(side: 'manager' | 'rep', person: RememberedPerson | null): void {
  if (!person) throw badInput(side, 'is nobody of this organisation');
  if (!person.active) throw badInput(side, 'has left');
  if (!person.roles.includes(side)) throw badInput(side, `must hold the role ${side}`);
}

function show(pair: Pair, names: ReadonlyMap<string, string>, series: readonly string[]): PairView {
  return {
    id: pair.id,
    manager: { id: pair.manager, name: names.get(pair.manager)! },
    rep: { id: pair.rep, name: names.get(pair.rep)! },
    series: [...series],
    endedAt: pair.endedAt === null ? null : minuteToIso(pair.endedAt),
    endedBecause: pair.endedBecause as PairEnd | null,
  };
}
