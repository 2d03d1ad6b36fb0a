import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { Allow } from '../../platform/access/allow.ts';
import { Clock } from '../../platform/clock.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { mediaQuery } from '../live.api.ts';
import { byteRange } from './byte-range.ts';
import { ClipAddresses } from './clip-addresses.ts';
import { Clips } from './clips.ts';

/** The bytes of a clip, at a signed address: players ask for them in pieces and send no token. */
@Controller('media')
@Allow('anybody')
export class MediaController {
  constructor(
    private readonly clips: Clips,
    private readonly addresses: ClipAddresses,
    private readonly clock: Clock,
  ) {}

  /** Answers HEAD as well, without the bytes. */
  @Get(':clip')
  async give(
    @Param('clip') id: string,
    @Query({ schema: mediaQuery }) { pass }: z.output<typeof mediaQuery>,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = this.addresses.read(id, pass, this.clock.milliseconds());
    const clip = of && (await this.clips.find(of));
    if (!clip) throw new Problem('unknown-clip');
    const etag = `"${clip.id}"`;
    void reply.headers({
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'private, max-age=600',
      'Content-Type': clip.type,
      ETag: etag,
    });
    if (headers['if-none-match'] === etag) return void reply.code(304).send();
    const unchanged = headers['if-range'] === undefined || headers['if-range'] === etag;
    const range = byteRange(unchanged ? headers.range : undefined, clip.bytes);
    if (range === 'none')
      return void reply.code(416).header('Content-Range', `bytes */${clip.bytes}`).send('');
    const { first, last } = range === 'all' ? { first: 0, last: clip.bytes - 1 } : range;
    if (range !== 'all') void reply.code(206).header('Content-Range', `bytes ${first}-${last}/${clip.bytes}`);
    void reply.send(await this.clips.bytes(of, first, last));
  }
}
