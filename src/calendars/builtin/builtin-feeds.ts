import { minuteToIso } from '../../domain/minute.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Stores } from '../../store/stores.ts';
import { Feeds } from '../feeds.ts';
import { parseDocument } from '../icalendar/document.ts';
import type { EventDocument } from '../icalendar/document.ts';
import { seriesOf, whose } from '../icalendar/identity.ts';
import { writeFeed } from './write-feed.ts';

type NeededStores = Pick<Stores, 'people' | 'series' | 'builtin'>;

interface Transactions {
  transaction<T>(organisation: string, work: (stores: NeededStores) => Promise<T>): Promise<T>;
}

/** Feeds of the built-in calendar: every series that the person is in, on whichever side. */
export class BuiltinFeeds extends Feeds {
  constructor(
    private readonly store: Transactions,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    super();
  }

  override of(organisation: string, person: string): Promise<string | null> {
    return this.store.transaction(organisation, async (stores) => {
      const known = await stores.people.load(person);
      if (!known?.active) return null;
      const year = Number(minuteToIso(this.clock.now()).slice(0, 4));
      return writeFeed(await documentsOf(stores, person), { zone: known.zone, year });
    });
  }
}

async function documentsOf({ series, builtin }: NeededStores, person: string): Promise<EventDocument[]> {
  const theirs = await series.list({ person });
  const ids = new Set(theirs.map((one) => one.series.id));
  const documents: EventDocument[] = [];
  for (const account of new Set(theirs.map((one) => one.account))) {
    const resources = await builtin.list(account);
    documents.push(...resources.map(({ ics }) => parseDocument(ics)));
  }
  return documents.filter(({ uid }) => {
    const identity = whose(uid);
    return identity !== null && ids.has(seriesOf(identity));
  });
}
