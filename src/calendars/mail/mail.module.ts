import { Module } from '@nestjs/common';
import { MailWorker } from './mail-worker.ts';

/** Outgoing mail. */
@Module({ providers: [MailWorker] })
export class MailModule {}
