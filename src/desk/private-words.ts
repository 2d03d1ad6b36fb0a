import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Minute } from '../domain/minute.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import { CannotOpen, Seal } from '../platform/seal.ts';
import type { PrivateWord } from '../store/people-say.ts';

/** The occurrence that somebody says something about. */
export interface About {
  readonly series: string;
  readonly key: OccurrenceKey;
}

/** Somebody's own words, kept so that only the pair's own pages can open them. */
@Injectable()
export class PrivateWords {
  constructor(private readonly lock: Seal) {}

  seal(about: About, author: string, words: string, at: Minute): PrivateWord {
    const id = randomUUID();
    return { id, author, at, sealed: this.lock.close(words, contextOf(about, id, author)) };
  }

  /** @returns null for what was sealed with a key that is gone */
  open(about: About, { id, author, sealed }: PrivateWord): string | null {
    try {
      return this.lock.open(sealed, contextOf(about, id, author));
    } catch (error) {
      if (error instanceof CannotOpen) return null;
      throw error;
    }
  }
}

/** Part of what is sealed: a word that is copied to another meeting or put into another's mouth does not open. */
function contextOf({ series, key }: About, id: string, author: string): string {
  return `private_word/${series}/${key}/${author}/${id}`;
}
