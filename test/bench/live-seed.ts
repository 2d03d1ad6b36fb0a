import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { WEEKLY_30 } from '../../src/domain/agenda/weekly-30.ts';
import { beginSession } from '../../src/domain/session/session.ts';
import { whatHappened } from '../../src/domain/session/what-happened.ts';
import { sessionToken } from '../../src/platform/access/session-token.ts';
import { Seal } from '../../src/platform/seal.ts';
import { Signer } from '../../src/platform/signer.ts';

/** A session with a token for each side. */
export interface SeededSession {
  readonly id: string;
  readonly tokens: readonly [manager: string, rep: string];
  /** The part of the manager's personal link after `#link=`. */
  readonly link: string;
}

const PEOPLE = `
  INSERT INTO person (organisation_id, id, name, email, roles, zone, hours)
  SELECT $1, r.id, 'Ana', r.id || '@example.com', '{manager,rep}', 'UTC', '{}'
  FROM jsonb_to_recordset($2) AS t(manager uuid, rep uuid), unnest(ARRAY[t.manager, t.rep]) AS r(id)`;

const PAIRS = `
  INSERT INTO pair (organisation_id, id, manager_id, rep_id)
  SELECT $1, t.pair, t.manager, t.rep FROM jsonb_to_recordset($2) AS t(pair uuid, manager uuid, rep uuid)`;

const ACCOUNTS = `
  INSERT INTO calendar_account (organisation_id, id, person_id, provider)
  SELECT $1, t.account, t.manager, 'builtin' FROM jsonb_to_recordset($2) AS t(account uuid, manager uuid)`;

const SERIES = `
  INSERT INTO series (organisation_id, id, pair_id, account_id, title, format, zone, weekday, minute_of_day,
                      every_weeks, first_day, generation, minutes, copy)
  SELECT $1, t.series, t.pair, t.account, '1-on-1', 'weekly_30', 'UTC', 2, 600, 1, 0, 1, 30, 1
  FROM jsonb_to_recordset($2) AS t(series uuid, pair uuid, account uuid)`;

const OCCURRENCES = `
  INSERT INTO occurrence (organisation_id, series_id, generation, original_start, week_start, week_end,
                          slot_start, slot_end, state)
  SELECT $1, t.series, 1, t.start, t.start - 600, t.start + 6000, t.start, t.start + 30, 'scheduled'
  FROM jsonb_to_recordset($2) AS t(series uuid, start int4)`;

const SESSIONS = `
  INSERT INTO session (organisation_id, id, series_id, generation, original_start, facts, happened)
  SELECT $1, t.session, t.series, 1, t.start, t.facts, t.happened
  FROM jsonb_to_recordset($2) AS t(session uuid, series uuid, start int4, facts jsonb, happened jsonb)`;

const WORDS = `
  INSERT INTO session_words (organisation_id, session_id, pair, manager, rep)
  SELECT $1, t.session, t.pair_words, t.manager_words, t.rep_words
  FROM jsonb_to_recordset($2) AS t(session uuid, pair_words text, manager_words text, rep_words text)`;

/** So many running sessions of as many pairs, written straight into the tables. */
export async function seedSessions(url: string, key: Buffer, count: number): Promise<SeededSession[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO organisation (name, zone) VALUES ('Bench', 'UTC') RETURNING id`,
  );
  const organisation = rows[0]!.id;
  const now = Temporal.Now.instant().epochMilliseconds;
  const seal = new Seal(key);
  const seeds = Array.from({ length: count }, () => seed(seal, now));
  const body = JSON.stringify(seeds);
  for (const sql of [PEOPLE, PAIRS, ACCOUNTS, SERIES, OCCURRENCES, SESSIONS, WORDS])
    await client.query(sql, [organisation, body]);
  await client.query('ANALYZE');
  await client.end();
  const signer = new Signer(key);
  const until = now + 3_600_000;
  return seeds.map(({ session, manager, rep }) => {
    const pass = (person: string) => ({ organisation, person, session, until });
    return {
      id: session,
      tokens: [sessionToken(signer, pass(manager)), sessionToken(signer, pass(rep))],
      link: signer.sign('session link', pass(manager)),
    };
  });
}

function seed(seal: Seal, now: number) {
  const session = randomUUID();
  const whole = beginSession({ format: WEEKLY_30, number: 0, last: null, at: now });
  const arrived = { manager: now, rep: now };
  const { words, ...facts } = {
    ...whole,
    arrived,
    startedAt: now,
    timer: { is: 'running', since: now } as const,
  };
  const close = (whose: keyof typeof words) =>
    seal.close(JSON.stringify(words[whose]), `session_words/${session}/${whose}`);
  return {
    session,
    manager: randomUUID(),
    rep: randomUUID(),
    pair: randomUUID(),
    account: randomUUID(),
    series: randomUUID(),
    start: Math.floor(now / 60_000),
    facts,
    happened: whatHappened(whole),
    pair_words: close('pair'),
    manager_words: close('manager'),
    rep_words: close('rep'),
  };
}
