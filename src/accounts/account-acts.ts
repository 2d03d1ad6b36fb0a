import type { Minute } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import { adminAct } from '../platform/admin-act.ts';
import type { Stores } from '../store/stores.ts';

const BECAUSE = {
  'connect account': 'A calendar was connected by its owner.',
  'connect account for its domain': 'An admin connected a calendar of the domain for its owner.',
  'reconnect account': 'A calendar was connected again by its owner.',
  'choose account': 'Its owner chose this calendar for new series.',
  'choose calendar': 'Its owner chose another calendar of the same account.',
  'release account': 'Somebody looked at the calendar and said that everything should be put back.',
} as const;

/** What people do to calendar accounts, as the ledger has it. */
export type AccountAct = keyof typeof BECAUSE;

export async function record(
  { ledger }: Pick<Stores, 'ledger'>,
  caller: Pick<Caller, 'person'>,
  account: string,
  act: AccountAct,
  now: Minute,
): Promise<void> {
  await ledger.append([adminAct(caller, now, act, BECAUSE[act], { account })]);
}

/** Reads the calendar, looks at every series in it and sees to its watch, as soon as this transaction stands. */
export async function wake({ jobs, series, watches }: Stores, account: string): Promise<void> {
  await jobs.enqueue({ name: 'poll-account', accountId: account });
  for (const seriesId of await series.onAccount(account)) {
    await jobs.enqueue({ name: 'reconcile-series', seriesId });
  }
  await watches.wake(account);
}
