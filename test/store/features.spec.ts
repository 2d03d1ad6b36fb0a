import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import type { Stores } from '../../src/store/stores.ts';
import { freshDatabase } from '../support/database.ts';
import { HOURS, NOW, occurrence } from './samples.ts';
import { seedOrganisation } from './seed-organisation.ts';
import type { SeededOrganisation } from './seed-organisation.ts';

const database = await freshDatabase();
const KEY = `1@${NOW}` as const;

describe('what features remember', () => {
  let dataSource: DataSource;
  let store: PostgresStore;
  let seeded: SeededOrganisation;

  beforeAll(async () => {
    dataSource = await createDataSource({ url: database.url, poolSize: 4 }).initialize();
    store = new PostgresStore(dataSource, async () => {});
  });

  beforeEach(async () => {
    seeded = await seedOrganisation(store);
  });

  afterAll(() => dataSource.destroy());

  const within = <T>(work: (stores: Stores) => Promise<T>) => store.transaction(seeded.organisation, work);

  describe('people', () => {
    const bo = {
      name: 'Bo',
      email: 'Bo@Example.com',
      roles: ['manager', 'rep'],
      zone: 'Europe/Berlin',
      hours: HOURS,
      preferredHours: null,
    } as const;

    it('have one address each, in whatever case', async () => {
      const { id, known, again } = await within(async ({ people }) => ({
        id: await people.add(bo),
        again: await people.add({ ...bo, email: 'bo@example.com' }),
        known: await people.byEmail('BO@example.COM'),
      }));
      expect(again).toBe('known');
      expect(known).toMatchObject({ ...bo, id, active: true, leave: [] });
      expect(await store.credentials.personsByEmail('bo@EXAMPLE.com')).toContainEqual({
        organisation: seeded.organisation,
        person: id,
      });
    });

    it('change, go on leave and come back', async () => {
      const { rep } = seeded;
      const leave = await within(async ({ people }) => {
        await people.change(rep, { zone: 'Asia/Kolkata', preferredHours: HOURS });
        await people.addLeave(rep, 20_010, 20_010);
        return people.addLeave(rep, 20_000, 20_004);
      });
      expect(await within(({ people }) => people.load(rep))).toMatchObject({
        zone: 'Asia/Kolkata',
        preferredHours: HOURS,
        leave: [
          { id: leave, from: 20_000, until: 20_004 },
          { from: 20_010, until: 20_010 },
        ],
      });
      const looked = await within(({ series }) => series.load(seeded.series, NOW));
      expect(looked!.facts.people.rep).toMatchObject({
        preferredHours: HOURS,
        leave: [
          { from: 20_000, until: 20_004 },
          { from: 20_010, until: 20_010 },
        ],
      });
      expect(await within(({ people }) => people.withdrawLeave(seeded.manager, leave))).toBe(false);
      expect(await within(({ people }) => people.withdrawLeave(rep, leave))).toBe(true);
      expect((await within(({ people }) => people.load(rep)))!.leave).toHaveLength(1);
    });

    it('are unknown under an id that nobody has', async () => {
      const unknown = await within(async ({ people, pairs, series }) => [
        await people.load('nobody'),
        await people.load(randomUUID()),
        await pairs.load('no pair'),
        await series.find('no series'),
        await people.change('nobody', { name: 'Ana' }),
      ]);
      expect(unknown).toEqual([null, null, null, null, false]);
    });
  });

  describe('a bearer token', () => {
    const hash = () => randomUUID().replaceAll('-', '').repeat(2);

    it('names its owner until it expires or is revoked, or the person leaves', async () => {
      const { manager, organisation } = seeded;
      const [first, second] = [hash(), hash()];
      const token = await within(async ({ access }) => {
        await access.issue(manager, second, NOW, NOW + 10);
        return access.issue(manager, first, NOW, NOW + 10);
      });
      expect(await store.credentials.bearerOf(first, NOW + 9)).toMatchObject({
        organisation,
        person: manager,
      });
      expect(await store.credentials.bearerOf(first, NOW + 10)).toBeNull();
      expect(await store.credentials.bearerOf(hash(), NOW)).toBeNull();
      expect(await within(({ access }) => access.revoke(token))).toBe(true);
      expect(await store.credentials.bearerOf(first, NOW)).toBeNull();
      expect(await store.credentials.bearerOf(second, NOW)).not.toBeNull();
      await within(({ people }) => people.change(manager, { active: false }));
      expect(await store.credentials.bearerOf(second, NOW)).toBeNull();
    });
  });

  describe('an idempotency key', () => {
    it('gives the same answer to the same request, and none to another', async () => {
      const { manager } = seeded;
      const claim = (request: string) =>
        within(({ idempotency }) => idempotency.claim(manager, 'key-1', request, NOW));
      await within(async ({ idempotency }) => {
        expect(await idempotency.claim(manager, 'key-1', 'request', NOW)).toEqual({ kind: 'new' });
        await idempotency.answer(manager, 'key-1', 201, { id: 7, list: [1] });
      });
      expect(await claim('request')).toEqual({ kind: 'answered', status: 201, body: { id: 7, list: [1] } });
      expect(await claim('another')).toEqual({ kind: 'another request' });
    });

    it('is free again after a failure, and one of two twins does the work', async () => {
      const { manager } = seeded;
      const failing = within(async ({ idempotency }) => {
        await idempotency.claim(manager, 'key-2', 'request', NOW);
        throw new Error('the power went');
      });
      await expect(failing).rejects.toThrow();
      const twin = () =>
        within(async ({ idempotency }) => {
          const claimed = await idempotency.claim(manager, 'key-2', 'request', NOW);
          if (claimed.kind === 'new') await idempotency.answer(manager, 'key-2', 200, 'done');
          return claimed.kind;
        });
      expect((await Promise.all([twin(), twin()])).sort()).toEqual(['answered', 'new']);
    });
  });

  describe('a resource of the built-in calendar', () => {
    const resource = { href: 'a.ics', ics: 'BEGIN:VCALENDAR', etag: 'e1' };

    it('is written only over the version that was read', async () => {
      const { account } = seeded;
      const put = (etag: string, expected: string | null) =>
        within(({ builtin }) => builtin.put(account, { ...resource, etag }, expected));
      expect(await put('e1', 'none stands')).toBe(false);
      expect(await put('e1', null)).toBe(true);
      expect(await put('e2', null)).toBe(false);
      expect(await put('e2', 'e0')).toBe(false);
      expect(await put('e2', 'e1')).toBe(true);
      expect(await within(({ builtin }) => builtin.load(account, 'a.ics'))).toMatchObject({
        etag: 'e2',
        deleted: false,
      });
    });

    it('is told as changed once, also when it is gone, and can come back', async () => {
      const { account } = seeded;
      await within(({ builtin }) => builtin.put(account, resource, null));
      const seen = await within(({ builtin }) => builtin.lastChange(account));
      expect(await within(({ builtin }) => builtin.changesSince(account, seen))).toEqual([]);
      expect(await within(({ builtin }) => builtin.remove(account, 'a.ics', 'e0'))).toBe(false);
      expect(await within(({ builtin }) => builtin.remove(account, 'a.ics', 'e1'))).toBe(true);
      expect(await within(({ builtin }) => builtin.remove(account, 'a.ics'))).toBe(false);
      const changed = await within(({ builtin }) => builtin.changesSince(account, seen));
      expect(changed).toMatchObject([{ href: 'a.ics', deleted: true }]);
      expect(await within(({ builtin }) => builtin.list(account))).toEqual([]);
      expect(await within(({ builtin }) => builtin.put(account, resource, null))).toBe(true);
      expect(await within(({ builtin }) => builtin.list(account))).toHaveLength(1);
    });
  });

  describe('mail', () => {
    it('waits until it is sent, or until somebody gives up', async () => {
      const invitation = { ics: 'BEGIN:VCALENDAR', method: 'REQUEST' } as const;
      const mail = {
        to: 'bo@example.com',
        replyTo: 'ana@example.com',
        subject: 'Moved',
        text: 'It moved.',
        invitation,
      };
      const id = await within(({ mail: all }) => all.add(mail, NOW));
      expect(await store.organisationOfMail(id)).toBe(seeded.organisation);
      await within(({ mail: all }) => all.markFailed(id, 'the server did not answer', false));
      expect(await within(({ mail: all }) => all.load(id))).toEqual({
        ...mail,
        id,
        state: 'waiting',
        tries: 1,
      });
      await within(({ mail: all }) => all.markSent(id));
      expect(await within(({ mail: all }) => all.load(id))).toMatchObject({ state: 'sent', tries: 2 });
    });
  });

  describe('an occurrence', () => {
    const owe = (...occurrences: ReturnType<typeof occurrence>[]) =>
      within(async ({ series }) => {
        const { facts, revision } = (await series.load(seeded.series, NOW))!;
        await series.save(revision, facts, { ...facts, occurrences, observedAt: NOW }, NOW);
      });

    it('is excused by two people, never by one alone', async () => {
      await owe(occurrence(0));
      const { series, rep, manager } = seeded;
      const sick = { excuse: 'sick', by: rep } as const;
      const answer = (by: string, says: 'agreed' | 'refused') =>
        within(({ peopleSay }) => peopleSay.answerExcuse(series, KEY, says, by, NOW + 1));
      const ask = () => within(({ peopleSay }) => peopleSay.askExcuse(series, KEY, sick, NOW));
      expect(await answer(manager, 'agreed')).toBe(false);
      expect(await ask()).toBe(true);
      expect(await ask()).toBe(false);
      expect(await answer(rep, 'agreed')).toBe(false);
      expect(await answer(manager, 'refused')).toBe(true);
      expect(await ask()).toBe(true);
      expect(await answer(manager, 'agreed')).toBe(true);
      expect(await within(({ peopleSay }) => peopleSay.excuse(series, KEY))).toMatchObject({
        ...sick,
        answer: 'agreed',
        answeredBy: manager,
      });
    });

    it('keeps every move with its reason and who asked for it', async () => {
      await owe(occurrence(0, { because: 'it is owed' }));
      const first = occurrence(0).slot;
      const second = { start: NOW + 90, end: NOW + 120 };
      const third = { start: NOW + 300, end: NOW + 330 };
      const act = { evidence: 'deleted', at: NOW, by: 'rep' } as const;
      const moved = { state: 'moved', slot: second, because: 'it was deleted', cancelActs: [act] } as const;
      await owe(occurrence(0, moved));
      await owe(occurrence(0, { ...moved, slot: third, because: 'the rep is busy' }));
      expect(await within(({ occurrences }) => occurrences.moves(seeded.series, KEY))).toEqual([
        { from: first, to: second, at: NOW, by: 'rep', because: 'it was deleted' },
        { from: second, to: third, at: NOW, by: null, because: 'the rep is busy' },
      ]);
    });

    it('is listed by its week, its series, its people and its state', async () => {
      await owe(occurrence(0), occurrence(1, { state: 'held_attested' }), occurrence(5));
      const week = occurrence(1).week;
      const list = async (only: object) =>
        (await within(({ occurrences }) => occurrences.list({ window: week, ...only }))).map(
          ({ occurrence: o }) => o.originalStart,
        );
      const both = { window: { start: NOW - 9000, end: week.end } };
      expect(await list({})).toEqual([occurrence(1).originalStart]);
      expect(await list(both)).toHaveLength(2);
      expect(await list({ ...both, states: ['scheduled'] })).toEqual([NOW]);
      expect(await list({ ...both, person: seeded.rep, series: seeded.series })).toHaveLength(2);
      expect(await list({ ...both, person: randomUUID() })).toEqual([]);
      const keys = await within(async ({ occurrences }) => [
        (await occurrences.load(seeded.series, KEY))?.originalStart,
        await occurrences.load(seeded.series, '2@1'),
        await occurrences.load(seeded.series, 'nonsense' as never),
        await occurrences.load(seeded.series, '1@99999999999'),
      ]);
      expect(keys).toEqual([NOW, null, null, null]);
    });
  });
});
