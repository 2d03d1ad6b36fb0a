import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './caller.ts';

/** Tells who sent a request. Tokens today; sessions and an identity provider are further ways to answer. */
export abstract class Authenticator {
  /** @returns null where nothing in the request tells, or what tells is no longer good */
  abstract identify(headers: IncomingHttpHeaders): Promise<Caller | null>;
}
