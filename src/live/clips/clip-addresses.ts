import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { Signer } from '../../platform/signer.ts';
import { id } from '../../platform/values.api.ts';

/** Which clip of which session. */
export interface ClipOf {
  readonly organisation: string;
  readonly session: string;
  readonly clip: string;
}

const PURPOSE = 'clip';
const clipPass = z.object({ organisation: id, session: id, clip: id, until: z.int() });

/** An address is good for 5 to 10 minutes, and the same for everybody who asks within five. */
const STEP_MS = 5 * 60_000;

/** Signed addresses of clips: media elements send no token, so the address is the permission. */
@Injectable()
export class ClipAddresses {
  constructor(private readonly signer: Signer) {}

  of({ organisation, session, clip }: ClipOf, now: number): { url: string; urlUntil: number } {
    const until = (Math.floor(now / STEP_MS) + 2) * STEP_MS;
    const pass = this.signer.sign(PURPOSE, { organisation, session, clip, until });
    return { url: `/media/${clip}?pass=${pass}`, urlUntil: until };
  }

  /** @returns null for a pass that was altered, is for another clip, or has run out */
  read(clip: string, pass: string, now: number): ClipOf | null {
    const of = this.signer.read(PURPOSE, clipPass, pass, now);
    return of?.clip === clip ? of : null;
  }
}
