import type { Side } from '../person.ts';
import { notNow, notPossible } from './happened.ts';
import type { Clocked, Taken } from './happened.ts';
import type { Clockwork, Done, Millisecond, RunningBlock, Session, SkipReason } from './session.ts';
import { whenOver } from './closing.ts';

/** How long an act on the clock can be taken back. */
const UNDO_MS = 5000;

/** A block that gives time to an earlier one keeps at least this much. */
const KEEPS_SECONDS = 60;

interface By {
  readonly by: Side;
  readonly at: Millisecond;
}

/** The clock nudges and never cuts: no block ends by itself (F046). */
export function takeClocked(session: Session, did: By & Clocked): Taken {
  switch (did.kind) {
    case 'SessionStarted':
      return start(session, did);
    case 'BlockPaused':
      return pause(session, did);
    case 'BlockResumed':
      return resume(session, did);
    case 'BlockEnded':
      return goOn(session, did);
    case 'BlockReopened':
      return goBack(session, did);
    case 'BlockExtended':
      return extend(session, did, did.seconds);
    case 'BlockSkipped':
      return skip(session, did, did.because);
    case 'ActUndone':
      return undo(session, did);
    case 'MeetingEnded':
      return end(session, did);
    default:
      return did satisfies never;
  }
}

function start(session: Session, { by, at }: By): Taken {
  if (session.timer.is !== 'waiting') return notNow('It has started already.');
  const blocks = change(session.blocks, 0, { startedAt: at });
  const done: Done = { by, at, what: 'started' };
  return { ...session, blocks, timer: { is: 'running', since: at }, startedAt: at, undo: null, done };
}

function pause(session: Session, { by, at }: By): Taken {
  if (session.timer.is !== 'running') return notNow('The clock is not running.');
  return {
    ...session,
    ...settled(session, at),
    timer: { is: 'paused', since: at },
    undo: null,
    done: { by, at, what: 'paused' },
  };
}

function resume(session: Session, { by, at }: By): Taken {
  if (session.timer.is !== 'paused') return notNow('The clock is not paused.');
  return { ...session, timer: { is: 'running', since: at }, undo: null, done: { by, at, what: 'resumed' } };
}

/** F012: the inspection waits for the positive; only a named reason leads past it. */
function goOn(session: Session, did: By): Taken {
  const locked = nextLocked(session);
  if (locked !== null) return notNow(locked);
  return goTo(session, did, session.current + 1, 'went on');
}

/** Why the meeting cannot go on to the next block yet, for both of them alike; null where it can. */
export function nextLocked({ blocks, current, words }: Session): string | null {
  if (blocks[current]!.kind !== 'open' || words.manager.positive !== '') return null;
  return 'The meeting goes on when the manager has written one thing that went well.';
}

function goBack(session: Session, did: By): Taken {
  if (session.current === 0) return notPossible('This is the first block.');
  return goTo(session, did, session.current - 1, 'went back');
}

/** F039: what is skipped is skipped for a reason, and counted. */
function skip(session: Session, did: By, because: SkipReason): Taken {
  const marked = { ...session, blocks: change(session.blocks, session.current, { skipped: because }) };
  const taken = goTo(marked, did, session.current + 1, 'skipped');
  return 'undo' in taken && taken.undo
    ? { ...taken, undo: { ...taken.undo, before: clockworkOf(session) } }
    : taken;
}

function goTo(
  session: Session,
  { by, at }: By,
  to: number,
  what: 'went on' | 'went back' | 'skipped',
): Taken {
  if (!isUnderWay(session)) return notNow(NOT_UNDER_WAY);
  const block = session.blocks[to];
  if (!block) return notPossible('This is the last block: confirm the commitment and end the meeting.');
  const left = settled(session, at);
  const come = { startedAt: block.startedAt ?? at, skipped: null };
  const seen = session.blocks[session.current]!.kind;
  const done: Done = { by, at, what, block: what === 'skipped' ? seen : block.kind };
  return {
    ...session,
    ...left,
    current: to,
    blocks: change(left.blocks, to, come),
    done,
    undo: { until: at + UNDO_MS, before: clockworkOf(session), of: done },
  };
}

/** Time comes from a later block, the one that has most of it, and the line says which. */
function extend(session: Session, { by, at }: By, seconds: number): Taken {
  if (!isUnderWay(session)) return notNow(NOT_UNDER_WAY);
  const giver = giverOf(session, seconds);
  if (giver === null) return notPossible('No later block can give that much; the clock simply counts on.');
  const from = session.blocks[giver]!;
  const to = session.blocks[session.current]!;
  const given = change(session.blocks, giver, { seconds: from.seconds - seconds });
  const blocks = change(given, session.current, { seconds: to.seconds + seconds });
  const done: Done = { by, at, what: 'extended', seconds, block: to.kind, from: from.kind };
  return { ...session, blocks, done, undo: { until: at + UNDO_MS, before: clockworkOf(session), of: done } };
}

function giverOf({ blocks, current }: Clockwork, seconds: number): number | null {
  const able = blocks
    .map((block, index) => ({ index, left: block.seconds - Math.ceil(block.spent / 1000) }))
    .filter(({ index, left }) => index > current && left - seconds >= KEEPS_SECONDS)
    .toSorted((a, b) => b.left - a.left || a.index - b.index);
  return able[0]?.index ?? null;
}

/** The clock as it was, with the time that passed since counted where it would have been. */
function undo(session: Session, { by, at }: By): Taken {
  if (!session.undo || at > session.undo.until) return notNow('It is too late to take that back.');
  const { before } = session.undo;
  const endedAt = before.timer.is === 'ended' ? session.endedAt : null;
  return { ...session, ...before, endedAt, undo: null, done: { by, at, what: 'undid' } };
}

function end(session: Session, { by, at }: By): Taken {
  if (!isUnderWay(session)) return notNow(NOT_UNDER_WAY);
  const done: Done = { by, at, what: 'ended' };
  const ended: Session = {
    ...session,
    ...settled(session, at),
    timer: { is: 'ended', at },
    endedAt: at,
    done,
    undo: { until: at + UNDO_MS, before: clockworkOf(session), of: done },
  };
  return whenOver(ended, at);
}

/** The running stretch added to its block, and a new one begun. */
function settled(session: Clockwork, at: Millisecond): Pick<Clockwork, 'blocks' | 'timer'> {
  const { timer, blocks, current } = session;
  if (timer.is !== 'running') return { blocks, timer };
  const spent = blocks[current]!.spent + Math.max(0, at - timer.since);
  return { blocks: change(blocks, current, { spent }), timer: { is: 'running', since: at } };
}

/** How long the current block has lasted. */
export function spentNow({ timer, blocks, current }: Clockwork, now: Millisecond): number {
  const running = timer.is === 'running' ? Math.max(0, now - timer.since) : 0;
  return blocks[current]!.spent + running;
}

/** Milliseconds over plan in all blocks, measured and never punished. */
export function overrun(session: Clockwork, now: Millisecond): number {
  return session.blocks
    .map(({ seconds, spent }, i) => (i === session.current ? spentNow(session, now) : spent) - seconds * 1000)
    .reduce((sum, over) => sum + Math.max(0, over), 0);
}

function isUnderWay({ timer }: Clockwork): boolean {
  return timer.is === 'running' || timer.is === 'paused';
}

const NOT_UNDER_WAY = 'The meeting is not under way.';

function clockworkOf({ timer, current, blocks }: Clockwork): Clockwork {
  return { timer, current, blocks };
}

function change(
  blocks: readonly RunningBlock[],
  index: number,
  patch: Partial<RunningBlock>,
): RunningBlock[] {
  return blocks.map((block, i) => (i === index ? { ...block, ...patch } : block));
}
