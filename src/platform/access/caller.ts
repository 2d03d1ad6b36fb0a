import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Role } from '../../store/people.ts';

/** Who is asking: every store is opened for their organisation. */
export interface Caller {
  readonly organisation: string;
  readonly person: string;
  readonly roles: readonly Role[];
  /** The one session that the token opens; absent for whoever is signed in as a whole. */
  readonly session?: string;
  /** Until when that token is good; milliseconds. */
  readonly until?: number;
}

const callers = new WeakMap<object, Caller>();

/** The guard's note on a request that it let through. */
export function rememberCaller(request: object, caller: Caller): void {
  callers.set(request, caller);
}

/** Null for a route that is open to anybody, called without a token. */
export function callerOf(request: object): Caller | null {
  return callers.get(request) ?? null;
}

/** `@Caller() caller: Caller`; on routes for `anybody` it may be null. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<object>()),
);
