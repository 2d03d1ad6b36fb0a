import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to an occurrence: cancel acts, moves, both sides' word, and the recovery it made due. */
export class Happenings1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HAPPENINGS);
    await runner.query(ASKED);
    await runner.query(RECOVERY);
    await runner.query(NOTHING_IS_REMOVED);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

const HAPPENINGS = `
CREATE TABLE cancel_act (
  organisation_id uuid NOT NULL,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  evidence        text NOT NULL,
  at              int4 NOT NULL,
  by              text NOT NULL CHECK (by IN ('manager', 'rep', 'unknown')),
  written         int8 GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (organisation_id, series_id, generation, original_start, evidence),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence
);
CREATE TRIGGER cancel_act_stays BEFORE UPDATE OR DELETE ON cancel_act
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE occurrence_move (
  organisation_id uuid NOT NULL,
  id              int8 GENERATED ALWAYS AS IDENTITY,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  from_start      int4 NOT NULL,
  from_end        int4 NOT NULL,
  to_start        int4 NOT NULL,
  to_end          int4 NOT NULL,
  at              int4 NOT NULL,
  by              text,
  because         text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence
);
CREATE INDEX occurrence_move_of ON occurrence_move (organisation_id, series_id, generation, original_start);
CREATE TRIGGER occurrence_move_stays BEFORE UPDATE OR DELETE ON occurrence_move
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE attestation (
  organisation_id uuid NOT NULL,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  of_recovery     boolean NOT NULL,
  by              text NOT NULL CHECK (by IN ('manager', 'rep')),
  says            text NOT NULL CHECK (says IN ('held', 'not_held')),
  absent          text CHECK (absent IN ('manager', 'rep', 'both')),
  PRIMARY KEY (organisation_id, series_id, generation, original_start, of_recovery, by),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence
);
`;

/** What people asked for: excuses that need a second person, and acts the loop has yet to answer. Words stay apart. */
const ASKED = `
CREATE TABLE excuse_request (
  organisation_id uuid NOT NULL,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  excuse          text NOT NULL CHECK (excuse IN ('leave', 'public_holiday', 'sick', 'role_skip')),
  by              uuid NOT NULL,
  at              int4 NOT NULL,
  answer          text CHECK (answer IN ('agreed', 'refused')),
  answered_by     uuid,
  answered_at     int4,
  PRIMARY KEY (organisation_id, series_id, generation, original_start),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence,
  FOREIGN KEY (organisation_id, by) REFERENCES person,
  FOREIGN KEY (organisation_id, answered_by) REFERENCES person,
  CHECK (num_nonnulls(answer, answered_by, answered_at) IN (0, 3)),
  CHECK (answered_by <> by)
);

CREATE TABLE act (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  series_id       uuid NOT NULL,
  at              int4 NOT NULL,
  by              text NOT NULL CHECK (by IN ('manager', 'rep', 'admin')),
  kind            text NOT NULL,
  body            jsonb NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, series_id) REFERENCES series
);
CREATE INDEX act_of ON act (organisation_id, series_id, at);

CREATE TABLE private_word (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  author_id       uuid NOT NULL,
  at              int4 NOT NULL,
  sealed          text NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence,
  FOREIGN KEY (organisation_id, author_id) REFERENCES person
);
CREATE INDEX private_word_of ON private_word (organisation_id, series_id, generation, original_start);
`;

const RECOVERY = `
CREATE TABLE recovery (
  organisation_id  uuid NOT NULL,
  series_id        uuid NOT NULL,
  generation       int4 NOT NULL,
  original_start   int4 NOT NULL,
  first_generation int4 NOT NULL,
  first_start      int4 NOT NULL,
  due_by           int4 NOT NULL,
  due_window       text NOT NULL CHECK (due_window IN ('this week', 'late window')),
  state            text NOT NULL CHECK (state IN ('due', 'booked', 'met', 'late', 'failed')),
  kind             text CHECK (kind IN ('occurrence', 'separate')),
  slot_start       int4,
  slot_end         int4,
  placed_start     int4,
  placed_end       int4,
  placed_how       text CHECK (placed_how IN ('in-series', 'separate', 'withdrawn')),
  placed_number    int4,
  refused          int4[] NOT NULL DEFAULT '{}' CHECK (cardinality(refused) % 2 = 0),
  answered         text[] NOT NULL DEFAULT '{}',
  because          text,
  PRIMARY KEY (organisation_id, series_id, generation, original_start),
  FOREIGN KEY (organisation_id, series_id, generation, original_start) REFERENCES occurrence,
  FOREIGN KEY (organisation_id, series_id, first_generation, first_start) REFERENCES occurrence,
  CHECK (num_nonnulls(slot_start, slot_end) = CASE kind WHEN 'separate' THEN 2 ELSE 0 END),
  CHECK (num_nonnulls(placed_start, placed_end, placed_how, placed_number) IN (0, 4))
);
CREATE INDEX recovery_due ON recovery (organisation_id, due_by);
`;

const NOTHING_IS_REMOVED = ['attestation', 'recovery']
  .map(
    (table) => `
CREATE TRIGGER ${table}_stays BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER ${table}_stays_whole BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`,
  )
  .join('\n');
