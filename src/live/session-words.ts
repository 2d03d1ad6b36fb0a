import { Injectable } from '@nestjs/common';
import type { Session, Words } from '../domain/session/session.ts';
import { Seal } from '../platform/seal.ts';
import type { RememberedSession, SealedWords } from '../store/sessions.ts';

const WHOSE = ['pair', 'manager', 'rep'] as const;

/** What sessions lack that began when there was one format only. */
const BEFORE_FORMATS = { format: 'weekly_30' } as const;
const NEVER_ASKED = { resilience: '' };

/** Everybody's words in a session, sealed apart by whom they are for. */
@Injectable()
export class SessionWords {
  constructor(private readonly seal: Seal) {}

  close(session: string, words: Words): SealedWords {
    const closed = WHOSE.map((whose) => [
      whose,
      this.seal.close(JSON.stringify(words[whose]), contextOf(session, whose)),
    ]);
    return Object.fromEntries(closed) as SealedWords;
  }

  /** The whole session. @throws CannotOpen for words that were sealed with a key that is gone */
  open({ id, facts, words }: RememberedSession): Session {
    const opened = WHOSE.map((whose) => [
      whose,
      JSON.parse(this.seal.open(words[whose], contextOf(id, whose))) as unknown,
    ]);
    const { pair, ...others } = Object.fromEntries(opened) as Words;
    return { ...BEFORE_FORMATS, ...facts, words: { ...others, pair: { ...NEVER_ASKED, ...pair } } };
  }
}

/** Part of the seal: words that are copied to another session, or to the other side, do not open. */
function contextOf(session: string, whose: keyof Words): string {
  return `session_words/${session}/${whose}`;
}
