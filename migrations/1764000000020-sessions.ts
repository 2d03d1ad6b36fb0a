import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The live run of an occurrence, its people's words apart and sealed, its clip, and who is who in Zoom. */
export class Sessions1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SESSION);
    await runner.query(PLACE);
    await runner.query(CLIP);
    await runner.query(ZOOM);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

/** Times are milliseconds here: the clock of a meeting is finer than a minute. */
const SESSION = `
CREATE TABLE session (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL UNIQUE,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  revision        int4 NOT NULL DEFAULT 1,
  facts           jsonb NOT NULL,
  happened        jsonb NOT NULL,
  closes_at       int8,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, series_id, generation, original_start),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence
);
CREATE INDEX session_closing ON session (closes_at) WHERE closes_at IS NOT NULL;
CREATE TRIGGER session_stays BEFORE DELETE ON session FOR EACH ROW EXECUTE FUNCTION refuse_removal();

CREATE TABLE session_words (
  organisation_id uuid NOT NULL,
  session_id      uuid NOT NULL,
  pair            text NOT NULL,
  manager         text NOT NULL,
  rep             text NOT NULL,
  PRIMARY KEY (organisation_id, session_id),
  FOREIGN KEY (organisation_id, session_id) REFERENCES session
);
`;

/** Where a session's occurrence stands now and whose it is. A function keeps its plan; a join is planned each time. */
const PLACE = `
CREATE FUNCTION session_place(organisation uuid, series uuid, generation_is int4, start_is int4)
RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT json_build_object(
      'slot', json_build_object('start', o.slot_start, 'end', o.slot_end),
      'people', json_build_object(
        'manager', json_build_object('id', m.id, 'name', m.name, 'active', m.active),
        'rep', json_build_object('id', r.id, 'name', r.name, 'active', r.active)),
      'ended', p.ended_at IS NOT NULL)
    FROM occurrence o
    JOIN series s ON s.organisation_id = o.organisation_id AND s.id = o.series_id
    JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
    JOIN person m ON m.organisation_id = p.organisation_id AND m.id = p.manager_id
    JOIN person r ON r.organisation_id = p.organisation_id AND r.id = p.rep_id
    WHERE o.organisation_id = organisation AND o.series_id = series
      AND o.generation = generation_is AND o.original_start = start_is);
END $$;
`;

/** Parts are sealed one by one, so that a range of a clip is read without the rest of it. */
const CLIP = `
CREATE TABLE clip (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL UNIQUE,
  session_id      uuid NOT NULL,
  by              text NOT NULL CHECK (by IN ('manager', 'rep')),
  type            text NOT NULL,
  bytes           int4 NOT NULL,
  duration        int4 NOT NULL,
  created_at      int4 NOT NULL,
  keep_until      int4 NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, session_id) REFERENCES session
);
CREATE INDEX clip_of ON clip (organisation_id, session_id);
CREATE INDEX clip_kept ON clip (keep_until);

CREATE TABLE clip_part (
  organisation_id uuid NOT NULL,
  clip_id         uuid NOT NULL,
  number          int4 NOT NULL,
  sealed          bytea NOT NULL,
  PRIMARY KEY (organisation_id, clip_id, number),
  FOREIGN KEY (organisation_id, clip_id) REFERENCES clip ON DELETE CASCADE
);
ALTER TABLE clip_part ALTER COLUMN sealed SET STORAGE EXTERNAL;
`;

const ZOOM = `
CREATE TABLE zoom_account (
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  uid             text NOT NULL UNIQUE,
  linked_at       int4 NOT NULL,
  PRIMARY KEY (organisation_id, person_id),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person
);

CREATE TABLE zoom_meeting (
  organisation_id uuid NOT NULL,
  session_id      uuid NOT NULL,
  meeting         text NOT NULL,
  bound_at        int4 NOT NULL,
  PRIMARY KEY (organisation_id, session_id, meeting),
  FOREIGN KEY (organisation_id, session_id) REFERENCES session
);

CREATE INDEX zoom_meeting_is ON zoom_meeting (organisation_id, meeting);

CREATE TABLE zoom_context (
  organisation_id uuid NOT NULL REFERENCES organisation,
  hash            char(64) NOT NULL,
  first_at        int8 NOT NULL,
  expires_at      int8 NOT NULL,
  PRIMARY KEY (organisation_id, hash)
);
`;
