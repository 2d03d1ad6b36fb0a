import type { BlockKind } from '../domain/agenda/format.ts';
import type { BySide, Done } from '../domain/session/session.ts';

/** Who did what, for the small line under the clock: "Mia added 2 min to Coaching, from Deals". */
export function sentenceOf(
  done: Done,
  people: BySide<{ name: string }>,
  nameOf: (kind: BlockKind) => string,
): string {
  const { name } = people[done.by];
  switch (done.what) {
    case 'extended':
      return `${name} added ${duration(done.seconds)} to ${nameOf(done.block)}, from ${nameOf(done.from)}`;
    case 'went on':
    case 'went back':
      return `${name} ${done.what} to ${nameOf(done.block)}`;
    case 'skipped':
      return `${name} skipped ${nameOf(done.block)}`;
    default:
      return `${name} ${PLAIN[done.what]}`;
  }
}

const PLAIN = {
  started: 'started the meeting',
  paused: 'paused the clock',
  resumed: 'let the clock go on',
  ended: 'ended the meeting',
  undid: 'took that back',
  inspected: 'said how last week’s commitment went',
  'wrote the commitment': 'wrote the commitment',
  confirmed: 'confirmed the commitment',
  'played the clip': 'played the clip',
  'held the clip': 'held the clip',
  'brought a clip': 'brought a clip',
} as const;

function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
