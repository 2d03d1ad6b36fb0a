import { Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../../platform/access/allow.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { HeardMessages } from './heard.ts';

/** Messages of Google's watch channels: headers only, no body, no signature but the channel's own secret. */
@ApiExcludeController()
@Controller('webhooks/google')
export class GoogleWebhookController {
  constructor(private readonly messages: HeardMessages) {}

  /** Unknown channels get the same answer as ours: Google has no list of them, and repeats what is refused. */
  @Post()
  @Allow('anybody')
  @HttpCode(204)
  async take(
    @Headers('x-goog-channel-token') secret: string | undefined,
    @Headers('x-goog-channel-id') channel: string | undefined,
    @Headers('x-goog-resource-id') resource: string | undefined,
  ): Promise<void> {
    const heard = await this.messages.take({
      vendor: 'google',
      secret: secret ?? '',
      named: { channel: channel ?? null, resource: resource ?? null },
      about: 'change',
    });
    if (heard === 'forged')
      throw new Problem('not-allowed', 'This message does not prove whom it comes from.');
  }
}
