import { Injectable } from '@nestjs/common';
import { dayFromIso } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import { adminAct } from '../platform/admin-act.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Stores } from '../store/stores.ts';
import type { NewLeave } from './people.api.ts';

/** Leave that an admin approved. It excuses weeks, so the person's series are looked at again. */
@Injectable()
export class LeaveDesk {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem unknown-person */
  approve(caller: Caller, person: string, { from, until }: NewLeave): Promise<NewLeave & { id: string }> {
    return this.store.transaction(caller.organisation, async (stores) => {
      if (!(await stores.people.load(person))) throw new Problem('unknown-person');
      const id = await stores.people.addLeave(person, dayFromIso(from), dayFromIso(until));
      await this.#record(stores, caller, person, [
        'approve leave',
        'An admin approved leave.',
        { leave: id },
      ]);
      return { id, from, until };
    });
  }

  /** @throws Problem unknown-leave */
  withdraw(caller: Caller, person: string, leave: string): Promise<void> {
    return this.store.transaction(caller.organisation, async (stores) => {
      if (!(await stores.people.withdrawLeave(person, leave))) throw new Problem('unknown-leave');
      await this.#record(stores, caller, person, ['withdraw leave', 'An admin withdrew leave.', { leave }]);
    });
  }

  async #record(
    { pairs, jobs, ledger }: Stores,
    caller: Caller,
    person: string,
    [kind, because, facts]: [kind: string, because: string, facts: { leave: string }],
  ): Promise<void> {
    for (const seriesId of await pairs.seriesOf(person)) {
      await jobs.enqueue({ name: 'reconcile-series', seriesId });
    }
    await ledger.append([adminAct(caller, this.clock.now(), kind, because, { person, ...facts })]);
  }
}
