import type { SessionView } from '../../src/live/live.api.ts';

export type Side = SessionView['you'];

/** Whether it is time to write and confirm the commitment, and something of it is still missing. */
export function asksForCommitment(view: SessionView, serverNow: number): boolean {
  const { askForCommitmentAt, commitment } = view;
  if (askForCommitmentAt === null || serverNow < askForCommitmentAt) return false;
  return !(commitment.confirmed.manager && commitment.confirmed.rep);
}

/** Whether both can still write and confirm: during the meeting, and for a while after it. */
export function isOpen({ timer }: SessionView): boolean {
  return timer.is !== 'closed';
}

/** Whether the meeting itself is going on. */
export function isLive({ timer }: SessionView): boolean {
  return timer.is === 'running' || timer.is === 'paused';
}

/** Whether it was ended, by a person or by its time. */
export function isOver({ timer }: SessionView): boolean {
  return timer.is === 'ended' || timer.is === 'closed';
}

export function otherSide(you: Side): Side {
  return you === 'manager' ? 'rep' : 'manager';
}
