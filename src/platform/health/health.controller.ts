import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/allow.ts';
import { Caller } from '../access/caller.ts';
import { Answers } from '../api/answers.ts';
import { Health } from './health.ts';
import { healthView, liveView, readyView } from './health.api.ts';
import type { HealthView } from './health.api.ts';

const NOT_READY = 503;

/** For people who look after an installation, and for the containers it runs in. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get()
  @Allow('anybody')
  @Answers(200, 'How the service is; the same with 503 when it is not ready.', healthView)
  async look(
    @Caller() caller: Caller | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HealthView> {
    const view = await this.health.look(caller);
    if (!view.ready) void reply.code(NOT_READY);
    return view;
  }

  @Get('live')
  @Allow('anybody')
  @Answers(200, 'The process runs.', liveView)
  live(): { live: true } {
    return { live: true };
  }

  @Get('ready')
  @Allow('anybody')
  @Answers(200, 'Requests can be served; 503 while they cannot.', readyView)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ ready: boolean }> {
    const ready = await this.health.ready();
    if (!ready) void reply.code(NOT_READY);
    return { ready };
  }
}
