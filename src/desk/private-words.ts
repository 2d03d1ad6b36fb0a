import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Minute } from '../domain/minute.ts';
import { Seal } from '../platform/seal.ts';
import type { PrivateWord } from '../store/people-say.ts';

/** Somebody's own words, kept so that only the pair's own pages can open them. */
@Injectable()
export class PrivateWords {
  constructor(private readonly lock: Seal) {}

  seal(author: string, words: string, at: Minute): PrivateWord {
    const id = randomUUID();
    return { id, author, at, sealed: this.lock.close(words, contextOf(id)) };
  }

  open({ id, sealed }: PrivateWord): string {
    return this.lock.open(sealed, contextOf(id));
  }
}

/** Part of what is sealed: a word copied under another id does not open. */
function contextOf(id: string): string {
  return `private_word/${id}`;
}
