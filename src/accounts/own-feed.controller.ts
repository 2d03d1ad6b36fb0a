import { Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Config } from '../config.ts';
import { minuteToIso } from '../domain/minute.ts';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { hashOfToken, newToken } from '../platform/access/token-authenticator.ts';
import { Answers } from '../platform/api/answers.ts';
import { Clock } from '../platform/clock.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import { feedMade, feedView } from './feed.api.ts';
import type { FeedMade, FeedView } from './feed.api.ts';

/** The address of one's own calendar feed. */
@ApiTags('calendars')
@Controller('api/feed')
@Allow('anyone signed in')
export class OwnFeedController {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  @Answers(200, 'Tells whether the caller has a calendar feed.', feedView)
  async tell(@Caller() { organisation, person }: Caller): Promise<FeedView> {
    const since = await this.store.transaction(organisation, ({ access }) => access.feedSince(person));
    return { since: since === null ? null : minuteToIso(since) };
  }

  // A PUT, because the answer to a POST with an idempotency key is kept, and this one holds a secret.
  @Put()
  @Answers(200, 'Gives the feed a new address; the old one stops working.', feedMade)
  async renew(@Caller() { organisation, person }: Caller): Promise<FeedMade> {
    const token = newToken();
    const now = this.clock.now();
    await this.store.transaction(organisation, ({ access }) =>
      access.setFeed(person, hashOfToken(token), now),
    );
    return { url: `${this.config.baseUrl}/feeds/${token}.ics`, since: minuteToIso(now) };
  }

  @Delete()
  @Answers(204, 'Takes the feed down; its address stops working.', null)
  async takeDown(@Caller() { organisation, person }: Caller): Promise<void> {
    await this.store.transaction(organisation, ({ access }) => access.dropFeed(person));
  }
}
