import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Feeds } from '../calendars/feeds.ts';
import { Allow } from '../platform/access/allow.ts';
import { hashOfToken } from '../platform/access/token-authenticator.ts';
import { Problem } from '../platform/problems/problem.ts';
import { PostgresStore } from '../store/postgres-store.ts';

/** 32 bytes in base64url. */
const FILE = /^([\w-]{43})\.ics$/;

/** What calendar applications subscribe to. They send no header of ours: the address itself is the secret. */
@ApiExcludeController()
@Controller('feeds')
export class FeedController {
  constructor(
    private readonly store: PostgresStore,
    private readonly feeds: Feeds,
  ) {}

  @Get(':file')
  @Allow('anybody')
  async read(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ics = await this.feedAt(file);
    if (ics === null)
      throw new Problem('unknown-page', 'There is no calendar feed at this address (any more).');
    const etag = `"${createHash('sha256').update(ics).digest('base64url')}"`;
    void reply.headers({ ETag: etag, 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex' });
    if (matches(known, etag)) {
      void reply.code(304).send();
      return;
    }
    void reply
      .header('Content-Disposition', 'inline; filename="perennial.ics"')
      .type('text/calendar; charset=utf-8')
      .send(ics);
  }

  private async feedAt(file: string): Promise<string | null> {
    const token = FILE.exec(file)?.[1];
    const owner = token === undefined ? null : await this.store.credentials.feedOf(hashOfToken(token));
    return owner && this.feeds.of(owner.organisation, owner.person);
  }
}

/** If-None-Match compares weakly (RFC 9110 section 13.1.2): proxies that compress mark an ETag as weak. */
function matches(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false;
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
