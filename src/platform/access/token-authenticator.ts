import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PostgresStore } from '../../store/postgres-store.ts';
import { Clock } from '../clock.ts';
import { Signer } from '../signer.ts';
import { Authenticator } from './authenticator.ts';
import type { Caller } from './caller.ts';
import { callerInSession } from './session-token.ts';

/** `Authorization: Bearer …`, made by `npm run token`, of which only the SHA-256 is remembered, or a session's. */
@Injectable()
export class TokenAuthenticator extends Authenticator {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
    private readonly signer: Signer,
  ) {
    super();
  }

  override async identify({ authorization }: IncomingHttpHeaders): Promise<Caller | null> {
    const token = /^Bearer +([\w.-]+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return null;
    if (token.includes('.')) return callerInSession(this.signer, token, this.clock.milliseconds());
    return this.store.credentials.bearerOf(hashOfToken(token), this.clock.now());
  }
}

/** 256 random bits: nothing to guess, so a plain hash of it is enough to keep. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
