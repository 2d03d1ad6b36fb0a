import type { Minute } from '../../domain/minute.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { OutgoingMail } from '../../store/mail.ts';
import type { PostgresStore } from '../../store/postgres-store.ts';
import { MailRefused } from './mail-transport.ts';
import type { MailTransport } from './mail-transport.ts';

/** Minutes to wait after each try that failed; after the last one nobody tries again. Two days in all. */
export const WAITS: readonly Minute[] = [1, 5, 15, 60, 240, 720, 1440];

type MailStores = Pick<PostgresStore, 'organisationOfMail' | 'asOnlyWriter' | 'transaction'>;

/** The `send-mail` job: hands one waiting mail to the server and writes down what became of it. */
export class SendMail {
  constructor(
    private readonly store: MailStores,
    private readonly transport: MailTransport,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly log: Log,
  ) {}

  /** Safe to repeat: a mail that was confirmed as sent, or given up, is left alone. */
  async run(mailId: string): Promise<void> {
    const organisation = await this.store.organisationOfMail(mailId);
    if (organisation === null) return;
    // Two workers may hold the same job for a moment, after one of them fell silent.
    await this.store.asOnlyWriter(mailId, () => this.send(organisation, mailId));
  }

  private async send(organisation: string, mailId: string): Promise<void> {
    const mail = await this.store.transaction(organisation, (stores) => stores.mail.load(mailId));
    if (mail?.state !== 'waiting') return;
    try {
      await this.transport.send(mail);
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      await this.postpone(organisation, mail, error);
      return;
    }
    await this.store.transaction(organisation, (stores) => stores.mail.markSent(mailId));
    this.log.info({ mailId, tries: mail.tries + 1 }, 'mail sent');
  }

  private async postpone(
    organisation: string,
    { id, tries }: OutgoingMail,
    refused: MailRefused,
  ): Promise<void> {
    const wait = refused.final ? undefined : WAITS[tries];
    await this.store.transaction(organisation, async ({ mail, jobs }) => {
      await mail.markFailed(id, refused.message, wait === undefined);
      if (wait === undefined) return;
      await jobs.enqueue({ name: 'send-mail', mailId: id }, { after: this.clock.now() + wait });
    });
    const outcome = wait === undefined ? 'mail given up' : 'mail postponed';
    this.log.warn({ mailId: id, tries: tries + 1, because: refused.message }, outcome);
  }
}
