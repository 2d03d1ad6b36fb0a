import { randomUUID } from 'node:crypto';
import type { Act, Facts } from '../../src/domain/facts.ts';
import { DAY } from '../../src/domain/minute.ts';
import type { Attestation, OccurrenceKey } from '../../src/domain/occurrence.ts';
import type { WaitingJob } from '../../src/jobs/jobs.ts';
import type { LedgerRow } from '../../src/store/ledger-chain.ts';
import { GENESIS, hashOf } from '../../src/store/ledger-chain.ts';
import { PAST_DAYS } from '../../src/store/store.ts';
import type { RememberedSeries, Store } from '../../src/store/store.ts';
import { NOW, entry, occurrence, recovery } from './samples.ts';

/** A store and what surrounds it: people who act, a queue, somebody who reads the ledger. */
export interface StoreUnderTest {
  readonly store: Store;
  /** A new organisation with one series, its manager's calendar and one more calendar of the rep. */
  seed(): Promise<Seeded>;
  act(seeded: Seeded, act: Act): Promise<void>;
  attest(seeded: Seeded, on: OccurrenceKey, attestation: Attestation): Promise<void>;
  /** Jobs of committed transactions since the last call. */
  takeJobs(): Promise<readonly WaitingJob[]>;
  ledgerOf(organisation: string): Promise<readonly LedgerRow[]>;
}

export interface Seeded {
  readonly organisation: string;
  readonly series: string;
  readonly account: string;
  readonly repAccount: string;
}

/** What every store has to keep, in memory and on PostgreSQL alike. */
export function storeContract(make: () => Promise<StoreUnderTest>): void {
  let world: StoreUnderTest;
  let seeded: Seeded;

  beforeAll(async () => {
    world = await make();
  });

  beforeEach(async () => {
    seeded = await world.seed();
    await world.takeJobs();
  });

  const load = async (): Promise<RememberedSeries> =>
    (await world.store.transaction(seeded.organisation, ({ series }) => series.load(seeded.series, NOW)))!;

  const save = async (change: (facts: Facts) => Facts, from?: RememberedSeries, nextLook = NOW + 60) => {
    const remembered = from ?? (await load());
    const { facts, revision } = remembered;
    return world.store.transaction(seeded.organisation, ({ series }) =>
      series.save(revision, facts, change(facts), nextLook),
    );
  };

  const owing =
    (...occurrences: Facts['occurrences']) =>
    (facts: Facts): Facts => ({ ...facts, occurrences: [...facts.occurrences, ...occurrences] });

  const changing =
    (key: OccurrenceKey, change: Partial<Facts['occurrences'][number]>) =>
    (facts: Facts): Facts => ({
      ...facts,
      occurrences: facts.occurrences.map((o) =>
        `${o.generation}@${o.originalStart}` === key ? { ...o, ...change } : o,
      ),
    });

  describe('a series', () => {
    it('is unknown under an id that nobody gave', async () => {
      const unknown = await world.store.transaction(seeded.organisation, async ({ series }) => [
        await series.load(randomUUID(), NOW),
        await series.load('no id at all', NOW),
      ]);
      expect(unknown).toEqual([null, null]);
      expect(await world.store.homeOfSeries('no id at all')).toBeNull();
      const { organisation, account } = seeded;
      expect(await world.store.homeOfSeries(seeded.series)).toEqual({
        organisation,
        account,
        leaving: false,
      });
      expect(await world.store.organisationOfAccount(seeded.account)).toBe(seeded.organisation);
    });

    it('comes back exactly as it was saved', async () => {
      const moved = occurrence(1, {
        state: 'moved',
        slot: { start: NOW + 200, end: NOW + 230 },
        placed: { slot: { start: NOW + 100, end: NOW + 130 }, how: 'in-series', number: 3 },
        cancelActs: [
          { evidence: 'zz', at: NOW, by: 'rep' },
          { evidence: 'aa', at: NOW, by: 'unknown' },
        ],
        answered: ['decline, of "monday"', ''],
        refused: [
          { start: NOW + 100, end: NOW + 130 },
          { start: NOW + 140, end: NOW + 170 },
        ],
        restores: [NOW - 30, NOW - 5],
        attestations: [
          { by: 'manager', says: 'held', absent: null },
          { by: 'rep', says: 'not_held', absent: 'both' },
        ],
        because: 'it was deleted from the calendar',
        asks: 'Shall it stand?',
      });
      const excused = occurrence(2, { state: 'excused', excuse: 'leave' });
      const due = recovery(1, 2, { attestations: [{ by: 'rep', says: 'held', absent: null }] });
      const change = (facts: Facts): Facts => ({
        ...facts,
        series: {
          ...facts.series,
          generation: 4,
          copy: 2,
          rule: { ...facts.series.rule, weekday: 4, minuteOfDay: 600 },
        },
        placed: { copy: 2, number: 7, rule: facts.series.rule, endsBefore: NOW + 9000 },
        occurrences: [moved, excused],
        recoveries: [due],
        observedAt: NOW,
        asks: 'Put everything back?',
      });
      const before = await load();
      expect(await save(change, before)).toBe(true);
      const after = await load();
      expect(after.facts).toEqual({ ...change(before.facts), account: after.facts.account });
      expect(after.revision).not.toBe(before.revision);
    });

    it('forgets neither open occurrences of any age nor the past of the counters, and leaves the rest', async () => {
      const weeks = Math.ceil(PAST_DAYS / 7) + 2;
      const oldOpen = occurrence(-weeks);
      const oldClosed = occurrence(-weeks - 1, { state: 'held_attested' });
      const closed = occurrence(-3, { state: 'held_attested' });
      await save(owing(oldClosed, oldOpen, closed));
      expect((await load()).facts.occurrences).toEqual([oldOpen, closed]);
    });

    it('changes in place and counts recoveries once', async () => {
      await save((facts) => ({
        ...owing(occurrence(1), occurrence(2))(facts),
        recoveries: [recovery(1, 2)],
      }));
      const booked = recovery(1, 2, {
        state: 'booked',
        is: { kind: 'separate', slot: { start: NOW + 500, end: NOW + 530 } },
      });
      await save((facts) => ({ ...facts, recoveries: [booked] }));
      expect((await load()).facts.recoveries).toEqual([booked]);
    });
  });

  describe('a save', () => {
    it('is refused, and writes nothing, when somebody else saved since', async () => {
      const stale = await load();
      await save(owing(occurrence(1)));
      expect(await save(owing(occurrence(2)), stale)).toBe(false);
      expect((await load()).facts.occurrences).toEqual([occurrence(1)]);
    });

    it('goes to one of two that save at once', async () => {
      const from = await load();
      const outcomes = await Promise.allSettled([
        save(owing(occurrence(1)), from),
        save(owing(occurrence(2)), from),
      ]);
      expect(outcomes.filter((o) => o.status === 'fulfilled' && o.value)).toHaveLength(1);
      expect((await load()).facts.occurrences).toHaveLength(1);
    });

    it('takes nothing with it when the transaction fails', async () => {
      const { facts, revision } = await load();
      const failing = world.store.transaction(
        seeded.organisation,
        async ({ series, ledger, jobs, accounts }) => {
          await series.save(revision, facts, owing(occurrence(1))(facts), NOW + 60);
          await ledger.append([entry(seeded.series, 'first')]);
          await jobs.enqueue({ name: 'reconcile-series', seriesId: seeded.series });
          await accounts.setState(seeded.account, 'paused', 'it did not answer');
          throw new Error('the power went');
        },
      );
      await expect(failing).rejects.toThrow('the power went');
      const after = await load();
      expect(after.revision).toBe(revision);
      expect(after.facts.occurrences).toEqual([]);
      expect(after.account.state).toBe('connected');
      expect(await world.ledgerOf(seeded.organisation)).toEqual([]);
      expect(await world.takeJobs()).toEqual([]);
    });

    it('sees its own transaction', async () => {
      const { facts, revision } = await load();
      const seen = await world.store.transaction(seeded.organisation, async ({ series }) => {
        await series.save(revision, facts, owing(occurrence(1))(facts), NOW + 60);
        return series.load(seeded.series, NOW);
      });
      expect(seen!.facts.occurrences).toEqual([occurrence(1)]);
    });

    it('refuses to open a final occurrence again, except an excused one', async () => {
      await save(
        owing(
          occurrence(1, { state: 'cancelled_rep' }),
          occurrence(2, { state: 'excused', excuse: 'leave' }),
        ),
      );
      await expect(save(changing(key(1), { state: 'scheduled' }))).rejects.toThrow('stays ended');
      await save(changing(key(2), { state: 'scheduled', excuse: null }));
      expect((await load()).facts.occurrences.map((o) => o.state)).toEqual(['cancelled_rep', 'scheduled']);
    });

    it('counts one human act once, whoever reports it', async () => {
      const act = { evidence: 'deleted:v7', at: NOW, by: 'manager' } as const;
      await save(owing(occurrence(1, { cancelActs: [act] })));
      const blind = await load();
      const without = {
        ...blind,
        facts: { ...blind.facts, occurrences: [{ ...blind.facts.occurrences[0]!, cancelActs: [] }] },
      };
      await save(changing(key(1), { cancelActs: [{ ...act, at: NOW + 1 }] }), without);
      expect((await load()).facts.occurrences[0]!.cancelActs.map((a) => a.evidence)).toEqual(['deleted:v7']);
    });
  });

  describe('what people do meanwhile', () => {
    const cannot = (id: string, at: number): Act => ({
      id,
      at,
      by: 'rep',
      kind: 'cannot-make-it',
      on: key(1),
      category: 'customer',
    });

    it('stays for the next look: only answered acts go', async () => {
      const [first, second] = [cannot(randomUUID(), NOW - 2), cannot(randomUUID(), NOW - 1)];
      await save(owing(occurrence(1)));
      await world.act(seeded, first);
      const looking = await load();
      expect(looking.facts.acts).toEqual([first]);
      await world.act(seeded, second);
      await save((facts) => ({ ...facts, acts: [] }), looking);
      expect((await load()).facts.acts).toEqual([second]);
    });

    it('is not overwritten: an attestation that arrives during a look is kept', async () => {
      await save(owing(occurrence(1)));
      const looking = await load();
      const held = { by: 'rep', says: 'held', absent: null } as const;
      await world.attest(seeded, key(1), held);
      await save(changing(key(1), { because: 'the week ended' }), looking);
      expect((await load()).facts.occurrences[0]).toMatchObject({
        attestations: [held],
        because: 'the week ended',
      });
      await world.attest(seeded, key(1), { ...held, says: 'not_held', absent: 'manager' });
      expect((await load()).facts.occurrences[0]!.attestations).toEqual([
        { by: 'rep', says: 'not_held', absent: 'manager' },
      ]);
    });
  });

  describe('jobs and sweeps', () => {
    it('wake a thing once, at the sooner of two times', async () => {
      const job = { name: 'reconcile-series', seriesId: seeded.series } as const;
      const poll = { name: 'poll-account', accountId: seeded.account } as const;
      await world.store.transaction(seeded.organisation, async ({ jobs }) => {
        await jobs.enqueue(job, { after: NOW + 10 });
        await jobs.enqueue(job);
        await jobs.enqueue(poll, { after: NOW + 5 });
        await jobs.enqueue(poll, { after: NOW + 7 });
      });
      const waiting = [...(await world.takeJobs())].sort((a, b) => (a.job.name < b.job.name ? -1 : 1));
      expect(waiting).toEqual([
        { job: poll, after: NOW + 5 },
        { job, after: null },
      ]);
    });

    it('find series that are due, oldest first, and leave the others', async () => {
      const mine = async (now: number) =>
        (await world.store.dueSeries(now, 1000)).filter((due) => due.organisation === seeded.organisation);
      await save((facts) => facts, undefined, NOW + 60);
      expect(await mine(NOW + 59)).toEqual([]);
      expect(await mine(NOW + 60)).toEqual([{ organisation: seeded.organisation, series: seeded.series }]);
      expect(await world.store.dueSeries(NOW + 60, 0)).toEqual([]);
    });

    it('find accounts that are due, disconnected ones too: they are tried now and then', async () => {
      const mine = async (now: number) =>
        (await world.store.dueAccounts(now, 1000))
          .filter((due) => due.organisation === seeded.organisation)
          .map((due) => due.account);
      await world.store.transaction(seeded.organisation, async ({ accounts }) => {
        await accounts.saveCursor(seeded.account, 'sync:9', NOW + 20);
        await accounts.postponePoll(seeded.repAccount, NOW + 10);
      });
      expect(await mine(NOW + 9)).toEqual([]);
      expect(await mine(NOW + 20)).toEqual([seeded.repAccount, seeded.account]);
      await world.store.transaction(seeded.organisation, ({ accounts }) =>
        accounts.setState(seeded.repAccount, 'disconnected', 'the password was changed'),
      );
      expect(await mine(NOW + 10)).toEqual([seeded.repAccount]);
    });
  });

  describe('an account', () => {
    it('remembers its state, its cursor and when it was read and written', async () => {
      await world.store.transaction(seeded.organisation, async ({ accounts }) => {
        await accounts.setState(seeded.account, 'paused', 'the server did not answer');
        await accounts.saveCursor(seeded.account, 'sync:2', NOW + 5);
        await accounts.markVerified(seeded.account, NOW);
        await accounts.markWritten(seeded.account, NOW - 1);
      });
      expect((await load()).account).toMatchObject({
        id: seeded.account,
        state: 'paused',
        because: 'the server did not answer',
        cursor: 'sync:2',
        verifiedAt: NOW,
        writtenAt: NOW - 1,
      });
    });

    it('counts what it owes and what was put back in the last hour, and can be released', async () => {
      await save(
        owing(
          occurrence(1, { restores: [NOW - 60, NOW - 59] }),
          occurrence(2),
          occurrence(-1, { state: 'held_attested', restores: [NOW] }),
        ),
      );
      expect((await load()).facts.account).toMatchObject({ owed: 2, restoredLately: 2, released: false });
      await world.store.transaction(seeded.organisation, ({ accounts }) =>
        accounts.release(seeded.account, NOW),
      );
      expect((await load()).facts.account.released).toBe(true);
    });

    it('is released for each of its series until that is back whole, and for none of the next hour’s acts', async () => {
      const release = () =>
        world.store.transaction(seeded.organisation, ({ accounts }) =>
          accounts.release(seeded.account, NOW + 60),
        );
      const backWhole = () =>
        world.store.transaction(seeded.organisation, ({ series }) => series.endRelease(seeded.series, NOW));
      await save(owing(occurrence(1, { restores: [NOW - 5, NOW] }), occurrence(2, { restores: [NOW + 1] })));
      await release();
      expect((await load()).facts.account).toMatchObject({ restoredLately: 3, released: true });
      await backWhole();
      expect((await load()).facts.account).toMatchObject({ restoredLately: 1, released: false });
      await release();
      expect((await load()).facts.account).toMatchObject({ released: true });
    });

    it('lists its series and their placed copies', async () => {
      const on = () =>
        world.store.transaction(seeded.organisation, async ({ series }) => ({
          all: await series.onAccount(seeded.account),
          placed: await series.placedOnAccount(seeded.account),
        }));
      expect(await on()).toEqual({ all: [seeded.series], placed: [] });
      await save((facts) => ({
        ...facts,
        placed: { copy: 3, number: 1, rule: facts.series.rule, endsBefore: null },
      }));
      expect(await on()).toEqual({ all: [seeded.series], placed: [{ series: seeded.series, copy: 3 }] });
    });

    it('tells busy time as old as its oldest source, and unknown while one was never read', async () => {
      expect((await load()).busy.rep).toEqual({ busy: new Int32Array(), asOf: null });
      const window = { start: NOW, end: NOW + 5 * DAY };
      await world.store.transaction(seeded.organisation, async ({ accounts }) => {
        await accounts.saveBusy(
          seeded.repAccount,
          window,
          Int32Array.of(NOW + 10, NOW + 40, NOW + 90, NOW + 95),
          NOW,
        );
        await accounts.saveBusy(seeded.account, window, Int32Array.of(NOW, NOW + 5), NOW - 3);
      });
      const { busy, busyAccounts } = await load();
      expect(busy.rep).toEqual({ busy: Int32Array.of(NOW + 10, NOW + 40, NOW + 90, NOW + 95), asOf: NOW });
      expect(busy.manager).toEqual({ busy: Int32Array.of(NOW, NOW + 5), asOf: NOW - 3 });
      expect(busyAccounts.map(({ side, account }) => [side, account.id])).toEqual([
        ['rep', seeded.repAccount],
      ]);
    });

    it('has one writer at a time, and is free again even after a failure', async () => {
      const { store } = world;
      const second = await store.asOnlyWriter(seeded.account, () =>
        store.asOnlyWriter(seeded.account, async () => 'in'),
      );
      expect(second).toBe('taken');
      expect(
        await store.asOnlyWriter(seeded.account, () =>
          store.asOnlyWriter(seeded.repAccount, async () => 'in'),
        ),
      ).toBe('in');
      const failing = store.asOnlyWriter(seeded.account, async () => {
        throw new Error('it broke');
      });
      await expect(failing).rejects.toThrow('it broke');
      expect(await store.asOnlyWriter(seeded.account, async () => 'free')).toBe('free');
    });
  });

  describe('the ledger', () => {
    const append = (...words: string[]) =>
      world.store.transaction(seeded.organisation, ({ ledger }) =>
        ledger.append(words.map((word) => entry(seeded.series, word))),
      );

    it('is one chain over all transactions, in order', async () => {
      await append('one', 'two');
      await append('three');
      const rows = await world.ledgerOf(seeded.organisation);
      expect(rows.map((row) => [row.seq, row.because])).toEqual([
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
      ]);
      expect(rows.map((row) => row.previousHash)).toEqual([GENESIS, rows[0]!.hash, rows[1]!.hash]);
      expect(rows.map((row) => row.hash)).toEqual(rows.map(hashOf));
    });

    it('has no gap and no fork when many append at once', async () => {
      await Promise.all(Array.from({ length: 8 }, (_, i) => append(`entry ${i}`)));
      const rows = await world.ledgerOf(seeded.organisation);
      expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(rows.slice(1).every((row, i) => row.previousHash === rows[i]!.hash)).toBe(true);
    });
  });

  describe('another organisation', () => {
    it('sees nothing of it and changes nothing in it', async () => {
      await save(owing(occurrence(1)));
      const mine = await load();
      const other = await world.seed();
      await world.store.transaction(other.organisation, async ({ series, accounts }) => {
        expect(await series.load(seeded.series, NOW)).toBeNull();
        expect(await accounts.load(seeded.account)).toBeNull();
        expect(await series.onAccount(seeded.account)).toEqual([]);
        expect(await series.placedOnAccount(seeded.account)).toEqual([]);
        expect(await series.save(mine.revision, mine.facts, mine.facts, NOW)).toBe(false);
        await accounts.setState(seeded.account, 'disconnected', 'not mine');
        await accounts.saveCursor(seeded.account, 'not mine', NOW);
      });
      expect(await load()).toEqual(mine);
    });
  });
}

function key(weeks: number): OccurrenceKey {
  return `1@${occurrence(weeks).originalStart}`;
}
