import { isDeepStrictEqual } from 'node:util';
import { HttpStatus } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ROOMS } from '../../src/app.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';
import { routesOf } from '../support/routes.ts';

const database = await freshDatabase();
const service = await startService(database, [await queueOn(database), ...ROOMS, DiscoveryModule]);

const routes = routesOf(service);

/** Routes that need no token: each is here on purpose. */
const OPEN = [
  '/health',
  '/health/live',
  '/health/ready',
  '/problems/:kind',
  '/feeds/:file',
  '/oauth/:provider/callback',
  '/webhooks/google',
  '/webhooks/microsoft',
  '/media/:clip',
  '/sign-in/link',
  '/sign-in/zoom',
  '/sign-in/zoom/challenge',
  '/sign-in/zoom/code',
];

test('every route says who may call it', () => {
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.filter(({ allowed }) => !allowed || allowed.length === 0)).toEqual([]);
});

test('only a few routes are open to anybody, and none of them under /api', () => {
  const open = routes.filter(({ allowed }) => allowed?.includes('anybody'));
  expect(open.map(({ path }) => path).toSorted((a, b) => a.localeCompare(b))).toEqual(
    OPEN.toSorted((a, b) => a.localeCompare(b)),
  );
});

test('every other route tells a caller without a token to sign in, before it looks at anything else', async () => {
  const closed = routes.filter(({ allowed }) => !allowed?.includes('anybody'));
  for (const { method, path } of closed) {
    const wrong = method === 'GET' ? {} : { body: { not: 'valid' } };
    const { status, body } = await service.ask(method, path.replace(/:\w+/g, 'x'), wrong);
    expect({ method, path, status, type: body.type }).toEqual({
      method,
      path,
      status: HttpStatus.UNAUTHORIZED,
      type: '/problems/not-signed-in',
    });
  }
});

test('every route under /api is described, with whom it is for and what it answers', async () => {
  const { body } = await service.ask('GET', '/api/openapi.json');
  const missing = routes
    .filter(({ path }) => path.startsWith('/api/'))
    .filter(({ method, path, allowed }) => {
      const operation = body.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      return (
        !operation?.summary ||
        !isDeepStrictEqual(operation['x-may-call'], allowed) ||
        Object.keys(operation.responses).every((status) => !status.startsWith('2'))
      );
    });
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('the description refers to nothing that it does not hold', async () => {
  const { body } = await service.ask('GET', '/api/openapi.json');
  const named = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !Object.hasOwn(body.components.schemas, name!))).toEqual([]);
  for (const [name, schema] of Object.entries<object>(body.components.schemas)) {
    expect([name, Object.keys(schema)]).toEqual([name, expect.arrayContaining(['type'])]);
  }
  expect(JSON.stringify(body)).not.toContain('$defs');
});
