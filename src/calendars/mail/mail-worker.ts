import type { OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../config.ts';
import { Queue } from '../../jobs/queue.ts';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/log.ts';
import { PostgresStore } from '../../store/postgres-store.ts';
import { SmtpTransport } from './mail-transport.ts';
import { SendMail } from './send-mail.ts';

/** Takes mail from the queue, where a mail server is set. Without one nothing is queued, and what was waits. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly queue: Queue,
    private readonly store: PostgresStore,
    private readonly clock: Clock,
    @Inject(Log) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { role, smtpUrl, mailFrom } = this.config;
    if (role === 'web' || smtpUrl === null) return;
    const transport = new SmtpTransport(smtpUrl, mailFrom);
    const sendMail = new SendMail(this.store, transport, this.clock, this.log);
    await this.queue.work('send-mail', ({ mailId }) => sendMail.run(mailId));
  }
}
