import { Injectable } from '@nestjs/common';
import type { Minute } from '../domain/minute.ts';
import { officeHours } from '../domain/person.ts';
import { cityOf } from '../domain/words.ts';
import type { Caller } from '../platform/access/caller.ts';
import { adminAct } from '../platform/admin-act.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { RememberedPerson } from '../store/people.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Stores } from '../store/stores.ts';
import { mustLieWithin, readHours } from './hours.ts';
import type { Me, NewPerson, PersonPatch, PersonView } from './people.api.ts';
import { mayChange } from './may-change.ts';
import { showPerson, visible } from './person-view.ts';

/** What everybody starts with, so that everything works with nothing connected. */
const BUILT_IN = { provider: 'builtin', settings: {}, secret: null, nextPoll: null } as const;

/** The people of an organisation, as far as the caller may see them. */
@Injectable()
export class People {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  me(caller: Caller): Promise<Me> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const { id, name, zone } = await stores.organisation.read();
      return { person: await this.#view(stores, caller, caller.person), organisation: { id, name, zone } };
    });
  }

  list(caller: Caller): Promise<PersonView[]> {
    return this.store.transaction(caller.organisation, async ({ people, pairs }) => {
      const own = await pairs.list(caller.person);
      return visible(caller, await people.list(), own).map((person) => showPerson(caller, person, own));
    });
  }

  /** @throws Problem unknown-person, also for somebody the caller may not see */
  one(caller: Caller, person: string): Promise<PersonView> {
    return this.store.transaction(caller.organisation, (stores) => this.#view(stores, caller, person));
  }

  /** @throws Problem email-taken */
  add(caller: Caller, given: NewPerson): Promise<PersonView> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const { zone, workingDays } = await stores.organisation.read();
      const hours = given.hours ? readHours(given.hours, 'hours') : officeHours(workingDays);
      const preferredHours = given.preferredHours && readHours(given.preferredHours, 'preferredHours');
      if (preferredHours) mustLieWithin(preferredHours, hours);
      const id = await stores.people.add({ ...given, zone: given.zone ?? zone, hours, preferredHours });
      if (id === 'known') throw new Problem('email-taken');
      await stores.accounts.connect({ person: id, ...BUILT_IN });
      await stores.ledger.append([
        adminAct(caller, this.clock.now(), 'add person', 'An admin added a person.', { person: id }),
      ]);
      return this.#view(stores, caller, id);
    });
  }

  /**
   * Series of this person are looked at again: their hours, their zone or their address may matter to them. Somebody
   * who leaves loses their tokens and their feed.
   */
  change(caller: Caller, person: string, patch: PersonPatch): Promise<PersonView> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const before = await stores.people.load(person);
      if (!before) throw new Problem('unknown-person');
      await mayChange(stores, before, patch);
      await stores.people.change(person, readPatch(before, patch));
      // Also on the way back: whoever returns is given new ones.
      if ((patch.active ?? before.active) !== before.active) await stores.access.revokeAll(person);
      const now = this.clock.now();
      for (const seriesId of await stores.pairs.seriesOf(person)) {
        await stores.jobs.enqueue({ name: 'reconcile-series', seriesId });
        if (patch.zone && patch.zone !== before.zone)
          await zoneLeft(stores, caller, seriesId, patch.zone, now);
      }
      const facts = { person, fields: Object.keys(patch).join(',') };
      await stores.ledger.append([
        adminAct(caller, now, 'change person', 'An admin changed a person.', facts),
      ]);
      return this.#view(stores, caller, person);
    });
  }

  async #view({ people, pairs }: Stores, caller: Caller, id: string): Promise<PersonView> {
    const own = await pairs.list(caller.person);
    const person = await people.load(id);
    const [seen] = person ? visible(caller, [person], own) : [];
    if (!seen) throw new Problem('unknown-person');
    return showPerson(caller, seen, own);
  }
}

/** A series keeps its clock when somebody moves abroad. Its ledger says so once; the manager may change the anchor. */
async function zoneLeft(
  { series, ledger }: Stores,
  { person: actor }: Caller,
  id: string,
  zone: string,
  at: Minute,
): Promise<void> {
  const listed = await series.find(id);
  const stays = listed?.series.rule.zone;
  if (stays === undefined || stays === zone) return;
  const because = `Somebody of the pair lives in another zone now. The series stays on ${cityOf(stays)} time; change its anchor to follow.`;
  await ledger.append([
    { at, kind: 'zone stays', series: id, occurrence: null, actor, facts: { zone: stays }, because },
  ]);
}

function readPatch(before: RememberedPerson, { hours, preferredHours, ...rest }: PersonPatch) {
  const open = hours ? readHours(hours, 'hours') : before.hours;
  const preferred =
    preferredHours === undefined
      ? before.preferredHours
      : preferredHours && readHours(preferredHours, 'preferredHours');
  if (preferred) mustLieWithin(preferred, open);
  const own = rest as Partial<Pick<RememberedPerson, keyof typeof rest>>;
  return { ...own, hours: open, preferredHours: preferred };
}
