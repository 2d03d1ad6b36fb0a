import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { ALLOWED } from './allow.ts';
import type { Audience } from './allow.ts';
import { Authenticator } from './authenticator.ts';
import { rememberCaller } from './caller.ts';
import type { Caller } from './caller.ts';

/** Stands before every route: what does not say who may call it is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed = this.reflector.getAllAndOverride<readonly Audience[] | undefined>(ALLOWED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!allowed) throw new Problem('not-allowed', 'This route does not say who may call it, so nobody may.');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authenticator.identify(request.headers);
    if (caller) rememberCaller(request, caller);
    if (allowed.includes('anybody')) return true;
    if (!caller) throw new Problem('not-signed-in');
    if (caller.session !== undefined) {
      if (allowed.includes('somebody in a session')) return true;
      throw new Problem('not-allowed', 'This token opens one session and nothing else.');
    }
    if (allowed.includes('anyone signed in') || holdsOne(caller, allowed)) return true;
    throw new Problem('not-allowed', `This is for ${inWords(allowed)}.`);
  }
}

function holdsOne({ roles }: Caller, allowed: readonly Audience[]): boolean {
  return roles.some((role) => allowed.includes(role));
}

function inWords(allowed: readonly Audience[]): string {
  return allowed
    .filter((role) => role !== 'somebody in a session')
    .map((role) => (role === 'admin' || role === 'auditor' ? `an ${role}` : `a ${role}`))
    .join(' or ');
}
