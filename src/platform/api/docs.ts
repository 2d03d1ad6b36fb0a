import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { STYLE, docsPage } from './docs-page.ts';
import { describeApi } from './openapi.ts';

/** The API's description, for machines and for people; made when it is first asked for. */
export function serveDocs(app: NestFastifyApplication): void {
  const instance = app.getHttpAdapter().getInstance();
  let known: ReturnType<typeof describeApi> | undefined;
  const description = () => (known ??= describeApi(app));
  instance.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(description()));
  instance.get('/api/docs', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(description())),
  );
  instance.get('/api/docs.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
}
