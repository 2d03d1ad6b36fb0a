import { isDeepStrictEqual } from 'node:util';
import { HttpStatus, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ALLOWED } from '../../src/platform/access/allow.ts';
import type { Audience } from '../../src/platform/access/allow.ts';
import { ROOMS } from '../../src/app.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';

const database = await freshDatabase();
const service = await startService(database, [await queueOn(database), ...ROOMS, DiscoveryModule]);

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly allowed: readonly Audience[] | undefined;
}

function routesOf(controller: object): Route[] {
  const type = controller.constructor;
  const prefix: string = Reflect.getMetadata(PATH_METADATA, type) ?? '';
  return new MetadataScanner().getAllMethodNames(Object.getPrototypeOf(controller)).flatMap((name) => {
    const handler = (controller as Record<string, object>)[name]!;
    const method: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
    const allowed = Reflect.getMetadata(ALLOWED, handler) ?? Reflect.getMetadata(ALLOWED, type);
    return paths.map((own) => ({
      name: `${type.name}.${name}`,
      method: RequestMethod[method],
      path: `/${prefix}/${own}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
      allowed,
    }));
  });
}

const routes = service.app
  .get(DiscoveryService)
  .getControllers()
  .flatMap(({ instance }) => routesOf(instance as object));

/** Routes that need no token: each is here on purpose. */
const OPEN = ['/health', '/health/live', '/health/ready', '/problems/:kind', '/feeds/:file'];

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
