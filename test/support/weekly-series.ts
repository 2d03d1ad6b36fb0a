import { randomUUID } from 'node:crypto';
import { dayFromIso } from '../../src/domain/minute.ts';
import type { PostgresStore } from '../../src/store/postgres-store.ts';
import { MONDAY } from './http.ts';

/** A series on Tuesdays at ten in Berlin, on a built-in calendar account of the manager's own. */
export function weeklySeries(
  store: PostgresStore,
  organisation: string,
  { pair, manager }: { readonly pair: string; readonly manager: string },
): Promise<string> {
  return store.transaction(organisation, async ({ accounts, series }) => {
    const account = await accounts.connect({
      id: randomUUID(),
      person: manager,
      provider: 'builtin',
      settings: {},
      secret: null,
      nextPoll: null,
    });
    const firstDay = dayFromIso('2026-11-24');
    const rule = { zone: 'Europe/Berlin', weekday: 2, minuteOfDay: 600, everyWeeks: 1, firstDay } as const;
    return series.add({ pair, account, title: '1-on-1', format: 'weekly_30', rule, minutes: 30 }, MONDAY);
  });
}
