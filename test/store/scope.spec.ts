import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { WEEKLY_30 } from '../../src/domain/agenda/weekly-30.ts';
import { beginSession } from '../../src/domain/session/session.ts';
import { whatHappened } from '../../src/domain/session/what-happened.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import type { Stores } from '../../src/store/stores.ts';
import { freshDatabase } from '../support/database.ts';
import { NOW, entry, occurrence, recovery } from './samples.ts';
import { seedOrganisation } from './seed-organisation.ts';
import type { SeededOrganisation } from './seed-organisation.ts';

const database = await freshDatabase();

/** Stands in every text that belongs to the one organisation. */
const THEIRS = 'only of theirs';
const KEY = `1@${NOW + 7 * 1440}` as const;

describe('a store of one organisation', () => {
  let dataSource: DataSource;
  let store: PostgresStore;
  let theirs: SeededOrganisation;
  let mine: SeededOrganisation;
  let ids: readonly string[];

  beforeAll(async () => {
    dataSource = await createDataSource({ url: database.url, poolSize: 4 }).initialize();
    store = new PostgresStore(dataSource, async () => {});
    theirs = await seedOrganisation(store);
    mine = await seedOrganisation(store);
    ids = await store.transaction(theirs.organisation, fill);
  });

  afterAll(() => dataSource.destroy());

  it('neither sees nor changes what belongs to another, whatever it is asked', async () => {
    const before = await everythingOf(theirs.organisation);
    expect(before).toContain(THEIRS);
    const seen: string[] = [];
    for (const [name, method] of await everyMethod()) {
      for (const values of questions()) {
        const answer = await store
          .transaction(mine.organisation, async (stores) => call(stores, name, method, values))
          .catch(() => null);
        if (JSON.stringify(answer)?.includes(THEIRS)) seen.push(`${name}.${method}`);
      }
    }
    expect([...new Set(seen)]).toEqual([]);
    expect(await everythingOf(theirs.organisation)).toBe(before);
    // Every method is asked every question, each in a transaction of its own.
  }, 120_000);

  /** A row of theirs in every table, with their mark in every text. */
  async function fill(stores: Stores): Promise<string[]> {
    const { series, manager, rep, account } = theirs;
    const { facts, revision } = (await stores.series.load(series, NOW))!;
    await stores.organisation.change({ name: THEIRS });
    await stores.people.change(manager, { name: THEIRS });
    await stores.people.change(rep, { name: THEIRS });
    const leave = await stores.people.addLeave(rep, 20_000, 20_001);
    await stores.series.save(
      revision,
      facts,
      {
        ...facts,
        series: { ...facts.series, title: THEIRS },
        asks: THEIRS,
        placed: { copy: 1, number: 1, rule: facts.series.rule, endsBefore: null },
        occurrences: [
          occurrence(0, { because: THEIRS }),
          occurrence(1, {
            because: THEIRS,
            cancelActs: [{ evidence: THEIRS, at: NOW, by: 'rep' }],
            attestations: [{ by: 'rep', says: 'held', absent: null }],
          }),
        ],
        recoveries: [recovery(0, 1, { because: THEIRS })],
      },
      NOW,
    );
    const saved = (await stores.series.load(series, NOW))!;
    const moved = saved.facts.occurrences.map((o) => ({ ...o, slot: { start: NOW, end: NOW + 30 } }));
    await stores.series.save(saved.revision, saved.facts, { ...saved.facts, occurrences: moved }, NOW);
    const [word, act] = [randomUUID(), randomUUID()];
    await stores.peopleSay.word(series, KEY, { id: word, author: rep, at: NOW, sealed: THEIRS });
    await stores.peopleSay.act(series, {
      id: act,
      at: NOW,
      by: 'rep',
      kind: 'cannot-make-it',
      on: KEY,
      category: THEIRS,
    });
    await stores.peopleSay.askExcuse(series, KEY, { excuse: 'sick', by: rep }, NOW);
    await stores.accounts.setState(account, 'paused', THEIRS);
    await stores.accounts.saveCursor(account, THEIRS, NOW);
    await stores.accounts.saveBusy(account, { start: 0, end: 9 }, Int32Array.of(1, 2), NOW);
    await stores.formerHomes.add(series, theirs.repAccount, { copy: 1, tags: [THEIRS] });
    await stores.builtin.put(account, { href: 'a.ics', ics: THEIRS, etag: THEIRS }, null);
    await stores.access.setFeed(manager, THEIRS, NOW);
    const token = await stores.access.issue(manager, 'a'.repeat(64), NOW, NOW + 9);
    await stores.idempotency.claim(manager, 'key', THEIRS, NOW);
    await stores.idempotency.answer(manager, 'key', 200, { text: THEIRS });
    const mail = await stores.mail.add(
      { to: THEIRS, replyTo: null, subject: THEIRS, text: THEIRS, invitation: null },
      NOW,
    );
    const told = { guests: [THEIRS], copy: 1, rule: facts.series.rule, minutes: 30, endsBefore: null };
    await stores.mail.saveTold(series, { ...told, exceptions: {}, separate: {}, sequence: 1 });
    const channel = randomUUID();
    await stores.watches.ask(account, channel, 'b'.repeat(64), NOW);
    await stores.watches.heard(channel, { channel: THEIRS, resource: THEIRS }, NOW);
    await stores.watches.schedule(account, NOW, THEIRS);
    await stores.calls.add(NOW, [{ account, calls: 1, throttled: 0 }]);
    await stores.vendorIds.keep(account, new Map([[THEIRS, THEIRS]]));
    const signIn = { stateHash: 'c'.repeat(64), browserHash: 'd'.repeat(64), person: manager, account };
    const begun = { vendor: 'google', verifier: THEIRS, returnTo: THEIRS, expiresAt: NOW + 10 } as const;
    await stores.signIns.begin({ ...signIn, ...begun }, NOW);
    const live = await fillSession(stores);
    await stores.ledger.append([entry(series, THEIRS)]);
    return [
      series,
      account,
      theirs.repAccount,
      manager,
      rep,
      theirs.pair,
      leave,
      word,
      act,
      token,
      mail,
      channel,
      ...live,
    ];
  }

  /** A session with a clip, and a person's account at the meeting platform. */
  async function fillSession({ sessions, clips, zoom }: Stores): Promise<string[]> {
    const { series, manager } = theirs;
    const whole = beginSession({ format: WEEKLY_30, number: 0, last: null, at: NOW });
    const { words: _, ...facts } = whole;
    const words = { pair: THEIRS, manager: THEIRS, rep: THEIRS };
    const [session, clip] = [randomUUID(), randomUUID()];
    const happened = whatHappened(whole);
    await sessions.add(session, series, KEY, { facts, happened, closesAt: NOW, words });
    await clips.add({
      id: clip,
      session,
      by: 'rep',
      type: THEIRS,
      bytes: 1,
      duration: 1,
      createdAt: NOW,
      keepUntil: NOW,
    });
    await clips.addPart(clip, 0, Buffer.from(THEIRS));
    await zoom.link(manager, THEIRS, NOW);
    await zoom.bind(session, THEIRS, NOW);
    await zoom.use('a'.repeat(64), NOW, NOW);
    return [session, clip];
  }

  /** Every method of every store, the ones of tomorrow included. */
  function everyMethod(): Promise<[keyof Stores, string][]> {
    return store.transaction(mine.organisation, async (stores) =>
      Object.entries(stores).flatMap(([name, it]) =>
        Object.getOwnPropertyNames(Object.getPrototypeOf(it))
          .filter((method) => method !== 'constructor')
          .map((method): [keyof Stores, string] => [name as keyof Stores, method]),
      ),
    );
  }

  /** Their ids first, then what goes with an id: a key, another id, a change, a time. */
  function questions(): unknown[][] {
    const window = { start: 0, end: 2 ** 31 - 1 };
    const told = { by: 'rep', says: 'not_held', absent: null };
    const seconds = [KEY, ...ids, { name: 'stolen', state: 'sent' }, 'paused', 'key', 'a.ics', NOW, null];
    const only = ids.flatMap((id) => [{ series: id }, { person: id }, { pair: id }, { manager: id }]);
    return [
      [],
      ...only.map((which) => [{ window, ...which }, NOW]),
      [{ window }, 100],
      ...ids.flatMap((id) => seconds.map((second) => [id, second, told, 'agreed', NOW])),
      ...ids.map((id) => [id, KEY, 'agreed', mine.manager, NOW]),
      ...ids.map((id) => [id, 'key', THEIRS, NOW]),
      ...ids.map((id) => [id, { href: 'a.ics', ics: 'stolen', etag: 'x' }, THEIRS]),
      ...ids.map((id) => [{ id, person: id, pair: id, account: id, settings: {} }, NOW]),
    ];
  }

  async function call(stores: Stores, name: keyof Stores, method: string, values: unknown[]) {
    const it = stores[name] as unknown as Record<string, (...values: unknown[]) => unknown>;
    return it[method]!(...values);
  }

  /** All rows of an organisation, in every table there is. */
  async function everythingOf(organisation: string): Promise<string> {
    const tables = await dataSource.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'organisation_id' ORDER BY 1`,
    );
    const rows: unknown[] = [
      await dataSource.query('SELECT * FROM organisation WHERE id = $1', [organisation]),
    ];
    for (const { name } of tables) {
      const held = await dataSource.query<unknown[]>(
        `SELECT to_jsonb(t) AS row FROM ${name} t WHERE organisation_id = $1 ORDER BY 1`,
        [organisation],
      );
      expect([name, held.length]).not.toEqual([name, 0]);
      rows.push({ name, held });
    }
    return JSON.stringify(rows);
  }
});
