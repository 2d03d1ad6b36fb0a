import type { AccountState, CalendarAccount, LoopStores } from '../store/store.ts';

/** How an account is from now on. Its owner hears of it where only they can mend it, once. */
export async function setState(
  { accounts, jobs }: Pick<LoopStores, 'accounts' | 'jobs'>,
  account: Pick<CalendarAccount, 'id' | 'state'>,
  state: AccountState,
  because: string | null,
): Promise<void> {
  await accounts.setState(account.id, state, because);
  if (state === 'disconnected' && account.state !== 'disconnected')
    await jobs.enqueue({ name: 'tell-owner', accountId: account.id });
}
