import type { DataSource } from 'typeorm';
import type { AnsweredRequest } from './idempotency.ts';
import type { SeenSession, Writing } from './sessions.ts';

/**
 * Saves the next revision in one statement that is its own transaction, if nobody else has and if place and people are
 * still what was seen; every process is told.
 * @param asked the request that asks for it under a key; its answer is kept with it
 * @returns the new revision; null, with nothing written, where that is not so or the key is taken
 */
export async function saveSession(
  dataSource: DataSource,
  { id, organisation, revision, slot, people, ended }: SeenSession,
  { facts, happened, closesAt, words }: Writing,
  asked: AnsweredRequest | null,
): Promise<number | null> {
  const given = Object.entries({
    organisation,
    session_is: id,
    seen: revision,
    seen_place: JSON.stringify({ slot, people, ended }),
    facts_are: JSON.stringify(facts),
    happened_is: JSON.stringify(happened),
    closes: closesAt,
    pair_words: words?.pair,
    manager_words: words?.manager,
    rep_words: words?.rep,
    asker: asked?.person,
    asked_key: asked?.key,
    asked_hash: asked?.requestHash,
    asked_at: asked?.at,
    answer_status: asked?.status,
    answer: asked && JSON.stringify(asked.body),
  });
  const named = given.map(([name], at) => `${name} => $${at + 1}`).join(', ');
  const [saved] = await dataSource.query<[{ revision: number | null }]>(
    `SELECT save_session(${named}) AS revision`,
    given.map(([, value]) => value),
  );
  return saved.revision;
}
