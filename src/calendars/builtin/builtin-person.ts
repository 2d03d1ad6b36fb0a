import type { Facts } from '../../domain/facts.ts';
import type { Side } from '../../domain/person.ts';
import type { Clock } from '../../platform/clock.ts';
import type { BuiltinResource } from '../../store/builtin-resources.ts';
import type { Stores } from '../../store/stores.ts';
import { CalendarClient } from '../calendar-client.ts';
import type { ClientAct, ClientOutcome } from '../calendar-client.ts';
import { parseDocument, writeDocument } from '../icalendar/document.ts';
import { actAs } from './acts.ts';
import { newEtag } from './builtin-resources.ts';
import { eventOf, instanceIn } from './find-event.ts';
import type { EventOf } from './find-event.ts';

type NeededStores = Pick<Stores, 'series' | 'builtin' | 'jobs'>;

interface Transactions {
  transaction<T>(organisation: string, work: (stores: NeededStores) => Promise<T>): Promise<T>;
}

/** How often an edit starts over because the loop wrote the event in between. */
const TRIES = 5;

/** Edits the built-in calendar like a client would, and wakes the loop in the same transaction. */
export class BuiltinPerson extends CalendarClient {
  constructor(
    private readonly store: Transactions,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    super();
  }

  override async act(organisation: string, person: string, act: ClientAct): Promise<ClientOutcome> {
    for (let tries = 0; tries < TRIES; tries++) {
      const outcome = await this.store.transaction(organisation, (stores) => this.find(stores, person, act));
      if (outcome !== 'changed meanwhile') return outcome;
    }
    return refused('The event is being changed by somebody else. Try again in a moment.');
  }

  private async find(stores: NeededStores, person: string, act: ClientAct) {
    const remembered = await stores.series.load(act.series, this.clock.now());
    const side = remembered && sideOf(remembered.facts, person);
    if (!remembered || !side) return { kind: 'unknown', what: 'series' } as const;
    const { facts, account } = remembered;
    if (account.provider !== 'builtin') return refused(CONNECTED);
    const event = eventOf(facts, act.on);
    if (!event) return { kind: 'unknown', what: 'occurrence' } as const;
    const [held] = await stores.builtin.withUid(account.id, event.uid);
    return held ? this.edit(stores, side, act, facts, { ...event, held, account: account.id }) : NOT_THERE;
  }

  private async edit(
    { builtin, jobs }: NeededStores,
    side: Side,
    act: ClientAct,
    facts: Facts,
    { start, held, account }: EventOf & { readonly held: BuiltinResource; readonly account: string },
  ): Promise<ClientOutcome | 'changed meanwhile'> {
    const document = parseDocument(held.ics);
    const instance = start === null ? null : instanceIn(document, facts, start);
    if (start !== null && !instance) return NOT_THERE;
    const opened = { document, instance, guest: facts.people.rep.email, now: this.clock.now() };
    const edit = actAs(side, act, opened);
    if (typeof edit === 'object') return refused(edit.refused);
    const after = { href: held.href, ics: writeDocument(document), etag: newEtag() };
    const done =
      edit === 'edited'
        ? await builtin.put(account, after, held.etag)
        : await builtin.remove(account, held.href, held.etag);
    if (!done) return 'changed meanwhile';
    await jobs.enqueue({ name: 'reconcile-series', seriesId: act.series });
    return { kind: 'done' };
  }
}

const CONNECTED = 'This series stands in a connected calendar. Do it there: it works the same.';
const NOT_THERE = refused('This meeting does not stand in the calendar any more.');

function sideOf({ people }: Facts, person: string): Side | null {
  if (people.manager.id === person) return 'manager';
  return people.rep.id === person ? 'rep' : null;
}

function refused(because: string): ClientOutcome {
  return { kind: 'refused', because };
}
