import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { ClipAddresses } from './clips/clip-addresses.ts';
import type { SessionView } from './live.api.ts';
import type { InSession } from './live-session.ts';
import { viewSession } from './session-view.ts';

/** A session as one of its pair sees it at this moment. */
@Injectable()
export class SessionViews {
  constructor(
    private readonly clips: ClipAddresses,
    private readonly clock: Clock,
  ) {}

  of({ live, side }: InSession): SessionView {
    return viewSession(live, side, this.clock.milliseconds(), this.clips);
  }
}
