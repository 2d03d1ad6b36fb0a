import { Body, Controller, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { Allow } from '../../platform/access/allow.ts';
import { Log } from '../../platform/log.ts';
import { HeardMessages } from './heard.ts';
import type { Message } from './heard.ts';

/** As much of a change or lifecycle notification as we need. The rest is nobody's business here. */
const notifications = z.object({
  value: z
    .array(
      z.object({
        subscriptionId: z.string().max(200).nullish(),
        clientState: z.string().max(128).nullish(),
        lifecycleEvent: z.string().nullish(),
      }),
    )
    .max(1000),
});

const ABOUT: Readonly<Record<string, Message['about']>> = {
  reauthorizationRequired: 'renew',
  subscriptionRemoved: 'removed',
  missed: 'missed',
};

/** Messages of Graph's subscriptions, those about the subscriptions' own life included. */
@ApiExcludeController()
@Controller('webhooks/microsoft')
export class MicrosoftWebhookController {
  constructor(
    private readonly messages: HeardMessages,
    private readonly log: Log,
  ) {}

  /** Anything but a quick 202 makes Graph slow down, and then drop messages. */
  @Post()
  @Allow('anybody')
  async take(
    @Query('validationToken') validation: unknown,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (typeof validation === 'string') {
      // The token comes back decoded, as text that no browser takes for a page.
      void reply.code(200).type('text/plain; charset=utf-8').send(validation.slice(0, 4096));
      return;
    }
    const read = notifications.safeParse(body);
    for (const message of read.success ? messagesIn(read.data) : []) {
      const heard = await this.messages.take(message);
      if (heard === 'forged')
        this.log.warn({ vendor: message.vendor }, 'a message with a forged secret was dropped');
    }
    void reply.code(202).send();
  }
}

/** One message for each watch and kind: fifty changes of one calendar are one reason to look. */
function messagesIn({ value }: z.output<typeof notifications>): Message[] {
  const messages = value.map(({ subscriptionId, clientState, lifecycleEvent }): Message => {
    const about = lifecycleEvent == null ? 'change' : (ABOUT[lifecycleEvent] ?? 'change');
    const named = { channel: subscriptionId ?? null, resource: null };
    return { vendor: 'microsoft', secret: clientState ?? '', named, about };
  });
  return [...new Map(messages.map((message) => [`${message.about} ${message.secret}`, message])).values()];
}
