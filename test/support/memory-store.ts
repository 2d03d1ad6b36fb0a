import type { Act, Facts } from '../../src/domain/facts.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { Attestation, OccurrenceKey } from '../../src/domain/occurrence.ts';
import { keyOfJob } from '../../src/jobs/jobs.ts';
import type { Job, WaitingJob } from '../../src/jobs/jobs.ts';
import { GENESIS, continueChain } from '../../src/store/ledger-chain.ts';
import type { LedgerRow } from '../../src/store/ledger-chain.ts';
import { Store } from '../../src/store/store.ts';
import type { CalendarAccount, LedgerEntry, LoopStores, SeriesHome } from '../../src/store/store.ts';
import { MemoryAccounts } from './memory-accounts.ts';
import { MemorySeries } from './memory-series.ts';
import { attestationKey, copyOf, emptyWorld, frozen, sealedCopy } from './memory-world.ts';
import type { MemoryMove, World } from './memory-world.ts';

export interface MemorySeed {
  readonly facts: Facts;
  readonly account: CalendarAccount;
  /** Other calendars of the two people. */
  readonly others?: readonly CalendarAccount[];
  readonly nextLook?: Minute;
  readonly nextPoll?: Minute | null;
}

/**
 * The store in memory, for simulations. A transaction works on its own view and is applied at once when it ends;
 * one that never ends (its worker was killed) leaves nothing behind and holds nobody up. Values are copied on
 * their way in and handed out frozen. Where two transactions save the same series, the later one is refused.
 */
export class MemoryStore extends Store {
  #world = emptyWorld();
  readonly #writers = new Map<string, symbol>();

  /** Puts a series with its calendar in; the same series again replaces it, revision and all. */
  seed({ facts, account, others = [], nextLook = 0, nextPoll = 0 }: MemorySeed): void {
    const { organisation, id } = facts.series;
    for (const known of [account, ...others]) {
      this.#world.accounts.set(
        known.id,
        frozen({ organisation, account: known, nextPoll, busy: null, releasedUntil: null }),
      );
    }
    const { acts, ...remembered } = sealedCopy(facts);
    this.#world.series.set(
      id,
      frozen({
        organisation,
        account: account.id,
        revision: 0,
        nextLook,
        putBackAt: null,
        facts: { ...remembered, acts: [] },
      }),
    );
    for (const act of acts) this.act(id, act);
    for (const o of facts.occurrences) {
      for (const said of o.attestations) this.attest(id, `${o.generation}@${o.originalStart}`, said);
    }
  }

  /** Somebody does something in Perennial. */
  act(series: string, act: Act): void {
    this.#world.acts.set(act.id, sealedCopy({ series, act }));
  }

  attest(
    series: string,
    on: OccurrenceKey,
    attestation: Attestation,
    of: 'occurrence' | 'recovery' = 'occurrence',
  ): void {
    const said = { series, on, ofRecovery: of === 'recovery', attestation };
    this.#world.attestations.set(attestationKey(said), sealedCopy(said));
  }

  /** Changes what no loop ever writes: a person's hours or leave, the week, the end of a pair. */
  change(series: string, change: (facts: Facts) => Facts): void {
    const known = this.#world.series.get(series)!;
    const facts = sealedCopy(change(known.facts));
    this.#world.series.set(series, frozen({ ...known, facts, revision: known.revision + 1 }));
  }

  /** Jobs that wait, in the order they were enqueued. */
  get jobs(): readonly WaitingJob[] {
    return [...this.#world.jobs.values()];
  }

  /** Takes every waiting job that may start. */
  takeJobs(now: Minute): Job[] {
    const ready = [...this.#world.jobs].filter(([, { after }]) => after === null || after <= now);
    for (const [key] of ready) this.#world.jobs.delete(key);
    return ready.map(([, { job }]) => job);
  }

  ledgerOf(organisation: string): readonly LedgerRow[] {
    return this.#world.ledgers.get(organisation) ?? [];
  }

  get moves(): readonly MemoryMove[] {
    return this.#world.moves;
  }

  /** The killed process's connection is gone, and its locks with it. */
  writerDied(account: string): void {
    this.#writers.delete(account);
  }

  async transaction<T>(organisation: string, work: (stores: LoopStores) => Promise<T>): Promise<T> {
    const view = copyOf(this.#world);
    const changes: ((world: World) => void)[] = [];
    const apply = (change: (world: World) => void) => {
      change(view);
      changes.push(change);
    };
    const result = await work({
      series: new MemorySeries(organisation, view, apply),
      accounts: new MemoryAccounts(organisation, view, apply),
      ledger: { append: async (entries) => apply((world) => append(world, organisation, entries)) },
      mail: NOBODY_WRITES,
      formerHomes: NOBODY_MOVED,
      jobs: { enqueue: async (job, { after } = {}) => apply((world) => enqueue(world, job, after ?? null)) },
    });
    const next = copyOf(this.#world);
    for (const change of changes) change(next);
    this.#world = next;
    return result;
  }

  async homeOfSeries(series: string): Promise<SeriesHome | null> {
    const { organisation, account } = this.#world.series.get(series) ?? {};
    return organisation === undefined ? null : { organisation, account: account!, leaving: false };
  }

  async organisationOfAccount(account: string): Promise<string | null> {
    return this.#world.accounts.get(account)?.organisation ?? null;
  }

  async dueSeries(now: Minute, limit: number) {
    return [...this.#world.series]
      .filter(([, known]) => known.nextLook <= now)
      .sort(([idA, a], [idB, b]) => a.nextLook - b.nextLook || (idA < idB ? -1 : 1))
      .slice(0, limit)
      .map(([series, { organisation }]) => ({ organisation, series }));
  }

  async dueAccounts(now: Minute, limit: number) {
    return [...this.#world.accounts]
      .flatMap(([account, { organisation, nextPoll }]) =>
        nextPoll !== null && nextPoll <= now ? [{ organisation, account, nextPoll }] : [],
      )
      .sort((a, b) => a.nextPoll - b.nextPoll || (a.account < b.account ? -1 : 1))
      .slice(0, limit)
      .map(({ organisation, account }) => ({ organisation, account }));
  }

  async asOnlyWriter<T>(account: string, work: () => Promise<T>): Promise<T | 'taken'> {
    if (this.#writers.has(account)) return 'taken';
    const me = Symbol(account);
    this.#writers.set(account, me);
    try {
      return await work();
    } finally {
      if (this.#writers.get(account) === me) this.#writers.delete(account);
    }
  }
}

/** No mail server is set. */
const NOBODY_WRITES: LoopStores['mail'] = {
  add: async () => '',
  told: async () => null,
  saveTold: async () => undefined,
};

/** A series in memory stays in its calendar. */
const NOBODY_MOVED: LoopStores['formerHomes'] = {
  of: async () => [],
  forget: async () => false,
  giveUp: async () => undefined,
};

function append(world: World, organisation: string, entries: readonly LedgerEntry[]): void {
  const chain = world.ledgers.get(organisation) ?? [];
  const head = chain.at(-1) ?? { seq: 0, hash: GENESIS };
  world.ledgers.set(organisation, [...chain, ...continueChain(organisation, head, sealedCopy(entries))]);
}

/** One waiting job for each thing; the sooner of two. */
function enqueue(world: World, job: Job, after: Minute | null): void {
  const key = `${job.name} ${keyOfJob(job)}`;
  const known = world.jobs.get(key);
  if (known && (known.after === null || (after !== null && after >= known.after))) return;
  world.jobs.set(key, frozen({ job, after }));
}
