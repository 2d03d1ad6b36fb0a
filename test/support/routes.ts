import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ALLOWED } from '../../src/platform/access/allow.ts';
import type { Audience } from '../../src/platform/access/allow.ts';
import type { TestService } from './http.ts';

export interface Route {
  /** `PeopleController.list` */
  readonly name: string;
  readonly method: string;
  /** `/api/people/:person` */
  readonly path: string;
  readonly allowed: readonly Audience[] | undefined;
}

/** Every route of a service that was started with Nest's DiscoveryModule. */
export function routesOf({ app }: TestService): Route[] {
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance }) => routesOfController(instance as object));
}

function routesOfController(controller: object): Route[] {
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
