import type { Clock } from '../platform/clock.ts';
import type { PostgresStore } from '../store/postgres-store.ts';

interface TellingAround {
  readonly store: Pick<PostgresStore, 'transaction'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Where calendars are connected again; null where no mail leaves this installation. */
  readonly page: string | null;
}

/** Tells the owner of a disconnected calendar by mail: they may not look at our pages for weeks. */
export class TellOwner {
  constructor(private readonly around: TellingAround) {}

  /** Nothing where the calendar is connected again already. */
  async run(organisation: string, id: string): Promise<void> {
    const { store, clock, page } = this.around;
    if (page === null) return;
    await store.transaction(organisation, async ({ accounts, people, mail, jobs }) => {
      const account = await accounts.load(id);
      const owner = account && (await people.load(account.person));
      if (account?.state !== 'disconnected' || !owner?.active) return;
      const text = [
        'Perennial can no longer open the calendar that you connected.',
        ...(account.because === null ? [] : [account.because]),
        'Your 1-on-1s stay where they are. Until it is connected again, nothing is counted and nothing is moved.',
        `Connect it again here: ${page}`,
        '',
      ].join('\n\n');
      const subject = 'Please connect your calendar again';
      const mailId = await mail.add({ to: owner.email, subject, text, invitation: null }, clock.now());
      await jobs.enqueue({ name: 'send-mail', mailId });
    });
  }
}
