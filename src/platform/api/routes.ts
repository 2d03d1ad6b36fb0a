import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.ts';

/** What may never be deleted, and is asked for all the same. */
const KEPT = /^\/api\/(.*\/)?(series|occurrences)(\/|$)/;

/** The addresses that answer, so that a wrong method is told from a wrong address. */
export class Routes {
  readonly #methods = new Map<string, Set<string>>();

  /** Listens from now on: call it before the first route is registered. */
  static of(instance: FastifyInstance): Routes {
    const routes = new Routes();
    instance.addHook('onRoute', ({ method, url }) => {
      if (!url.includes('*')) for (const each of [method].flat()) routes.#add(each, url);
    });
    return routes;
  }

  /** Why an address that nobody answered under this method was refused; null for one that nobody knows. */
  refusal(method: string, url: string): Problem | null {
    const path = url.split('?')[0]!;
    const allowed = [...this.#methods]
      .filter(([pattern]) => matches(pattern, path))
      .flatMap(([, set]) => [...set]);
    if (allowed.length === 0) return null;
    const headers = { Allow: [...new Set(allowed)].sort().join(', ') };
    const kind = method === 'DELETE' && KEPT.test(path) ? 'no-delete' : 'wrong-method';
    return new Problem(kind, undefined, { headers });
  }

  #add(method: string, url: string): void {
    const known = this.#methods.get(url) ?? new Set();
    this.#methods.set(url, known.add(method));
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i])
  );
}
