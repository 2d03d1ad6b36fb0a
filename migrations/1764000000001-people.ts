import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tenant, the people in it, their leave and who meets whom. */
export class People1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REFUSALS);
    await runner.query(ORGANISATION);
    await runner.query(PERSON);
    await runner.query(PAIR);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one.');
  }
}

/** Row and statement triggers that answer with a sentence instead of losing history. */
const REFUSALS = `
CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was promised is never removed', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it is only ever added to', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
`;

const ORGANISATION = `
CREATE TABLE organisation (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name         text NOT NULL CHECK (name <> ''),
  zone         text NOT NULL,
  working_days int4[] NOT NULL DEFAULT '{1,2,3,4,5}'
               CHECK (working_days <@ '{1,2,3,4,5,6,7}'::int4[] AND cardinality(working_days) BETWEEN 1 AND 7),
  holidays     int4[] NOT NULL DEFAULT '{}',
  two_of_four  boolean NOT NULL DEFAULT true
);
`;

const PERSON = `
CREATE TABLE person (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id              uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  name            text NOT NULL CHECK (name <> ''),
  email           text NOT NULL CHECK (email <> ''),
  roles           text[] NOT NULL CHECK (roles <@ '{admin,manager,rep,auditor}'::text[] AND cardinality(roles) > 0),
  zone            text NOT NULL,
  hours           jsonb NOT NULL,
  preferred_hours jsonb,
  active          boolean NOT NULL DEFAULT true,
  PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX person_email ON person (organisation_id, lower(email));

CREATE TABLE person_leave (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id       uuid NOT NULL,
  from_day        int4 NOT NULL,
  until_day       int4 NOT NULL CHECK (until_day >= from_day),
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person
);
CREATE INDEX person_leave_of ON person_leave (organisation_id, person_id, from_day);
`;

const PAIR = `
CREATE TABLE pair (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  manager_id      uuid NOT NULL,
  rep_id          uuid NOT NULL,
  ended_at        int4,
  ended_because   text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, manager_id) REFERENCES person,
  FOREIGN KEY (organisation_id, rep_id) REFERENCES person,
  CHECK (manager_id <> rep_id),
  CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE UNIQUE INDEX pair_active ON pair (organisation_id, manager_id, rep_id) WHERE ended_at IS NULL;
CREATE INDEX pair_of_rep ON pair (organisation_id, rep_id);
CREATE TRIGGER pair_stays BEFORE DELETE ON pair FOR EACH ROW EXECUTE FUNCTION refuse_removal();
`;
