import { Catch, HttpException, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log } from '../log.ts';
import { Routes } from '../api/routes.ts';
import { Problem } from './problem.ts';

/** Everything thrown becomes one problem. What we did not foresee is logged and keeps its text to itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(Log) private readonly log: Log,
    @Inject(Routes) private readonly routes: Routes,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.#problemOf(error, request);
    if (problem.kind === 'broken') {
      this.log.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'request failed',
      );
    }
    if (reply.sent) return;
    void reply
      .code(problem.status)
      .headers(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  }

  #problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    if (!(error instanceof HttpException)) return new Problem('broken', undefined, { cause: error });
    switch (error.getStatus()) {
      case 400:
        return new Problem('bad-input', 'The body of the request is not the JSON it says it is.');
      case 404:
        return this.routes.refusal(request.method, request.url) ?? new Problem('unknown-page');
      case 413:
        return new Problem('too-large');
      case 415:
        return new Problem('wrong-media-type');
      default:
        return new Problem('broken', undefined, { cause: error });
    }
  }
}
