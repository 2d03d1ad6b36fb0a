import type { Caller } from '../platform/access/caller.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';

export function isAdmin({ roles }: Caller): boolean {
  return roles.includes('admin');
}

/** @throws Problem unknown-account, also for somebody else's */
export async function found({ accounts }: Stores, caller: Caller, id: string): Promise<CalendarAccount> {
  const account = await accounts.load(id);
  if (!account || !(isAdmin(caller) || account.person === caller.person))
    throw new Problem('unknown-account');
  return account;
}
