import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '../../store/people.ts';

/** Who a route is for. `anybody` needs no token at all; a session's own token opens only routes that name it. */
export type Audience = Role | 'anyone signed in' | 'somebody in a session' | 'anybody';

export const ALLOWED = 'perennial:allowed';

/**
 * Says who may call a route: anybody who holds one of these roles. A route that says nothing is refused to everybody.
 * What a caller may see of it is the route's own business.
 */
export function Allow(first: Audience, ...others: readonly Audience[]): MethodDecorator & ClassDecorator {
  const allowed = [first, ...others];
  return applyDecorators(SetMetadata(ALLOWED, allowed), ApiExtension('x-may-call', allowed));
}
