import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The series and what each owes. */
export class Series1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SERIES);
    await runner.query(OCCURRENCE);
    await runner.query(FINAL_STATES_STAY);
    await runner.query(NOTHING_IS_REMOVED);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

const SERIES = `
CREATE TABLE series (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  pair_id         uuid NOT NULL,
  account_id      uuid NOT NULL,
  title           text NOT NULL CHECK (title <> ''),
  format          text NOT NULL CHECK (format IN ('weekly_30')),
  zone            text NOT NULL,
  weekday         int4 NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  minute_of_day   int4 NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  every_weeks     int4 NOT NULL CHECK (every_weeks >= 1),
  first_day       int4 NOT NULL,
  generation      int4 NOT NULL CHECK (generation >= 1),
  minutes         int4 NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  copy            int4 NOT NULL,
  ended_at        int4,
  placed          jsonb,
  observed_at     int4,
  asks            text,
  revision        int4 NOT NULL DEFAULT 0,
  next_look       int4,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, pair_id) REFERENCES pair,
  FOREIGN KEY (organisation_id, account_id) REFERENCES calendar_account
);
CREATE INDEX series_due ON series (next_look) WHERE next_look IS NOT NULL;
CREATE INDEX series_of_pair ON series (organisation_id, pair_id);
CREATE INDEX series_on_account ON series (organisation_id, account_id);
`;

const OCCURRENCE = `
CREATE TABLE occurrence (
  organisation_id uuid NOT NULL,
  series_id       uuid NOT NULL,
  generation      int4 NOT NULL,
  original_start  int4 NOT NULL,
  week_start      int4 NOT NULL,
  week_end        int4 NOT NULL CHECK (week_end > week_start),
  slot_start      int4 NOT NULL,
  slot_end        int4 NOT NULL CHECK (slot_end > slot_start),
  state           text NOT NULL CHECK (state IN (
                    'scheduled', 'moved', 'held_verified', 'held_attested', 'held_disputed', 'unconfirmed', 'short',
                    'deferred', 'no_show_manager', 'no_show_rep', 'no_show_both', 'cancelled_manager', 'cancelled_rep',
                    'cancelled_unknown', 'excused', 'recovered', 'not_measurable')),
  excuse          text CHECK (excuse IN ('leave', 'public_holiday', 'sick', 'role_skip', 'pair_ended')),
  placed_start    int4,
  placed_end      int4,
  placed_how      text CHECK (placed_how IN ('in-series', 'separate', 'withdrawn')),
  placed_number   int4,
  answered        text[] NOT NULL DEFAULT '{}',
  refused         int4[] NOT NULL DEFAULT '{}' CHECK (cardinality(refused) % 2 = 0),
  restores        int4[] NOT NULL DEFAULT '{}',
  because         text,
  asks            text,
  PRIMARY KEY (organisation_id, series_id, generation, original_start),
  FOREIGN KEY (organisation_id, series_id) REFERENCES series,
  CHECK (num_nonnulls(placed_start, placed_end, placed_how, placed_number) IN (0, 4)),
  CHECK ((state = 'excused') = (excuse IS NOT NULL))
);
CREATE INDEX occurrence_week ON occurrence (organisation_id, week_start, series_id);
CREATE INDEX occurrence_slot ON occurrence (organisation_id, slot_start);
CREATE INDEX occurrence_open ON occurrence (organisation_id, series_id) WHERE state IN ('scheduled', 'moved');
CREATE INDEX occurrence_restored ON occurrence (organisation_id, series_id) WHERE cardinality(restores) > 0;
`;

/** An approved leave can be withdrawn; every other final state is final. */
const FINAL_STATES_STAY = `
CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN ('scheduled', 'moved') AND NEW.state IN ('scheduled', 'moved')
     AND NOT (OLD.state = 'excused' AND NEW.state = 'scheduled') THEN
    RAISE EXCEPTION 'an occurrence that ended as % stays ended', OLD.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.organisation_id, NEW.series_id, NEW.generation, NEW.original_start)
     IS DISTINCT FROM (OLD.organisation_id, OLD.series_id, OLD.generation, OLD.original_start) THEN
    RAISE EXCEPTION 'an occurrence keeps its key' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER occurrence_final BEFORE UPDATE ON occurrence FOR EACH ROW EXECUTE FUNCTION refuse_reopening();
`;

const NOTHING_IS_REMOVED = ['series', 'occurrence']
  .map(
    (table) => `
CREATE TRIGGER ${table}_stays BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER ${table}_stays_whole BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`,
  )
  .join('\n');
