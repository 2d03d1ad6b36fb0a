import type { LoggerService, Type, DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveDocs } from './api/docs.ts';
import { Routes } from './api/routes.ts';
import { secureEveryAnswer } from './api/secure-headers.ts';
import { builtPages, servePages } from './pages.ts';

export interface HttpOptions {
  readonly logger: LoggerService | false;
  /** Where the built front end lies. */
  readonly pages?: string;
}

const MEBIBYTE = 1_048_576;

/** The service over HTTP, ready to listen: headers, pages and the API's description are in place. */
export async function createHttpApp(
  makeModule: (routes: Routes) => DynamicModule | Type,
  { logger, pages = builtPages() }: HttpOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: MEBIBYTE });
  const instance = adapter.getInstance();
  secureEveryAnswer(instance);
  const routes = Routes.of(instance);
  const app = await NestFactory.create<NestFastifyApplication>(makeModule(routes), adapter, {
    rawBody: true,
    abortOnError: false,
    logger,
  });
  serveDocs(app);
  servePages(instance, pages);
  return app;
}
