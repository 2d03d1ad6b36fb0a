import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session's next revision in one call: most acts of a meeting are saved by nothing else. */
export class SaveSession1764000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SAVE);
    // Answers are sealed: to compress them is work for nothing.
    await runner.query('ALTER TABLE idempotency ALTER COLUMN body SET STORAGE EXTERNAL');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

/**
 * The key comes first, as it does in every other transaction: two that take key and session in opposite order would
 * wait for each other. NULL, with nothing written, where the key is taken or the session is not what was seen.
 */
const SAVE = `
CREATE FUNCTION save_session(
  organisation uuid, session_is uuid, seen int4, seen_place jsonb,
  facts_are jsonb, happened_is jsonb, closes int8, pair_words text, manager_words text, rep_words text,
  asker uuid, asked_key text, asked_hash text, asked_at int4, answer_status int4, answer jsonb)
RETURNS int4 LANGUAGE plpgsql SET lock_timeout = '10s' AS $$
DECLARE
  saved int4;
BEGIN
  IF asked_key IS NOT NULL THEN
    INSERT INTO idempotency (organisation_id, person_id, key, request_hash, created_at, status, body)
    VALUES (organisation, asker, asked_key, asked_hash, asked_at, answer_status, answer) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  UPDATE session SET revision = revision + 1, facts = facts_are, happened = happened_is, closes_at = closes
  WHERE organisation_id = organisation AND id = session_is AND revision = seen
    AND session_place(organisation_id, series_id, generation, original_start)::jsonb = seen_place
  RETURNING revision INTO saved;
  IF saved IS NULL THEN
    DELETE FROM idempotency
    WHERE asked_key IS NOT NULL AND organisation_id = organisation AND person_id = asker AND key = asked_key;
    RETURN NULL;
  END IF;
  IF pair_words IS NOT NULL THEN
    UPDATE session_words SET pair = pair_words, manager = manager_words, rep = rep_words
    WHERE organisation_id = organisation AND session_id = session_is;
  END IF;
  PERFORM pg_notify('perennial_session', organisation || ' ' || session_is || ' ' || saved);
  RETURN saved;
END $$;
`;
