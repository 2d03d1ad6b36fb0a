import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DAY } from '../domain/minute.ts';
import { FORMATS } from '../domain/agenda/formats.ts';
import { isOpen, keyOf } from '../domain/occurrence.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { Side } from '../domain/person.ts';
import { closeByTime, closesAt, outcomeOf, reopen } from '../domain/session/closing.ts';
import { isRefused } from '../domain/session/happened.ts';
import type { Happened, Refusal, Taken } from '../domain/session/happened.ts';
import type { Series } from '../domain/series.ts';
import { beginSession } from '../domain/session/session.ts';
import type { Session } from '../domain/session/session.ts';
import { take } from '../domain/session/take.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { gaveUpWaiting } from '../store/lock-wait.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { RememberedSession, Writing } from '../store/sessions.ts';
import type { Stores } from '../store/stores.ts';
import { ledgerRows } from './ledger-rows.ts';
import { KnownSessions } from './known-sessions.ts';
import { seat, seatOf, writingOf } from './live-session.ts';
import type { InSession, LiveSession } from './live-session.ts';
import { SessionWords } from './session-words.ts';

/** What somebody does, once it is known who and when. */
export type Deed = (by: Side, at: number) => Happened;

/** What somebody wants done. */
export interface Wish<T> {
  readonly caller: Caller;
  readonly id: string;
  /** The revision they saw; null where no other can be in the way. */
  readonly expected: number | null;
  readonly deed: Deed;
  /** What they are told, and told again when they ask again under the same key. */
  readonly answer: (said: InSession) => T;
}

/** What came of it, and what the one who did it is told. */
export interface Said<T> {
  readonly live: LiveSession;
  readonly answer: T;
}

/** Opens, reads and changes sessions: one transaction each, the ledger's rows and the news to other screens included. */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: PostgresStore,
    private readonly words: SessionWords,
    private readonly known: KnownSessions,
    private readonly clock: Clock,
  ) {}

  /**
   * The one session of an occurrence, begun where there is none yet.
   * @throws Problem for everybody but the pair, and for a meeting that is over
   */
  async open(stores: Stores, caller: Caller, series: string, key: OccurrenceKey): Promise<InSession> {
    const known = await stores.sessions.ofOccurrence(series, key);
    if (known) return this.#reopened(stores, { live: this.#live(known), side: seat(caller, known) });
    const listed = await stores.series.find(series);
    const occurrence = listed && (await stores.occurrences.load(series, key));
    if (!listed || !occurrence || ![listed.manager, listed.rep].includes(caller.person))
      throw new Problem('unknown-occurrence');
    if (!isOpen(occurrence))
      throw new Problem('conflict', 'This meeting is over; its session cannot be begun.');
    const session = await this.#begin(stores, listed.series, keyOf(occurrence));
    const id = randomUUID();
    const words = this.words.close(id, session.words);
    await stores.sessions.add(id, series, key, { ...writingOf(session, occurrence.slot.end), words });
    const remembered = (await stores.sessions.ofOccurrence(series, key))!;
    return { live: this.#live(remembered), side: seat(caller, remembered) };
  }

  /** @throws Problem for everybody but the pair */
  async read(caller: Caller, id: string): Promise<InSession> {
    return this.#seated(caller, await this.store.readSession(caller.organisation, id));
  }

  /** @throws Problem for everybody but the pair */
  async find(stores: Stores, caller: Caller, id: string, how: 'read' | 'lock' = 'read'): Promise<InSession> {
    return this.#seated(caller, await stores.sessions.load(id, how));
  }

  /** The first sight of a screen of theirs; the next ones are the same person, and a closed session stays as it is. */
  async arrive(caller: Caller, id: string): Promise<InSession> {
    const found = await this.read(caller, id);
    this.known.keep(found.live);
    const { timer, arrived } = found.live.session;
    if (timer.is === 'closed' || arrived[found.side] !== null) return found;
    const deed: Deed = (by, at) => ({ kind: 'PersonArrived', by, at });
    return (await this.say({ caller, id, expected: null, deed, answer: (said) => said })).answer;
  }

  /** For every screen at once; null for a session that is gone. Whoever watches was let in before. */
  async watched(organisation: string, id: string): Promise<LiveSession | null> {
    const remembered = await this.store.readSession(organisation, id);
    const live = remembered && this.#live(remembered);
    if (live) this.known.keep(live);
    return live;
  }

  /**
   * Does what somebody asks for.
   * @throws MovedOn where the session has another revision by now
   * @throws Problem where it is not theirs to do, too early, or impossible
   */
  async say<T>(wish: Wish<T>): Promise<Said<T>> {
    const said = await this.known
      .saving(wish.id, async () => (await this.#sayAtOnce(wish)) ?? (await this.#sayLocked(wish)))
      .catch((error: unknown) => {
        throw gaveUpWaiting(error)
          ? new Problem('still-running', TAKEN, { headers: { 'Retry-After': '1' } })
          : error;
      });
    this.known.keep(said.live);
    return said;
  }

  #sayLocked<T>({ caller, id, expected, deed, answer }: Wish<T>): Promise<Said<T>> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const found = await this.find(stores, caller, id, 'lock');
      if (expected !== null && expected !== found.live.revision) throw new MovedOn(found);
      const live = await this.change(stores, found, deed);
      const told = answer({ live, side: found.side });
      await this.store.keepAnswer(stores, told);
      return { live, answer: told };
    });
  }

  /**
   * Most acts in one statement: from the session as it is known here, where the ledger has no part.
   * @returns null, with nothing done, wherever that is not certain
   */
  async #sayAtOnce<T>({ caller, id, expected, deed, answer }: Wish<T>): Promise<Said<T> | null> {
    const live = this.known.at(id, expected);
    const side = live && seatOf(caller, live);
    if (!live || !side) return null;
    const session = take(live.session, deed(side, this.clock.milliseconds()));
    if (isRefused(session) || session === live.session) return null;
    if (ledgerRows(live, session, this.#told(live, side)).length > 0) return null;
    const next = { ...live, revision: live.revision + 1, session };
    const told = answer({ live: next, side });
    const saved = await this.store.saveSession(live, this.#writing(live, session), told);
    if (saved === null) this.known.forget(id);
    return saved === null ? null : { live: next, answer: told };
  }

  /** The same for a session that is locked already. */
  async change(stores: Stores, { live, side }: InSession, deed: Deed): Promise<LiveSession> {
    const happened = deed(side, this.clock.milliseconds());
    const taken = granted(take(live.session, happened));
    if (taken === live.session) return live;
    await stores.ledger.append(ledgerRows(live, taken, this.#told(live, side)));
    return this.#keep(stores, live, taken);
  }

  /** Closes a session whose time is over, or notes when to look again. */
  async closeInTime(organisation: string, id: string): Promise<void> {
    await this.store.transaction(organisation, async (stores) => {
      const remembered = await stores.sessions.load(id, 'lock');
      if (!remembered) return;
      const live = this.#live(remembered);
      const taken = closeByTime(live.session, live.slot.end, this.clock.milliseconds());
      const again = closesAt(live.session, live.slot.end);
      if (isRefused(taken)) {
        if (again !== null) await stores.sessions.postpone(id, again);
        return;
      }
      await stores.ledger.append(ledgerRows(live, taken, { actor: 'perennial', now: this.clock.now() }));
      await this.#keep(stores, live, taken);
    });
  }

  /** One that cannot be closed is tried again tomorrow, so that it keeps nobody else waiting. */
  async closeLater(organisation: string, id: string): Promise<void> {
    const tomorrow = this.clock.milliseconds() + DAY * 60_000;
    await this.store.transaction(organisation, ({ sessions }) => sessions.postpone(id, tomorrow));
  }

  /** One that closed unused is open again when its meeting was moved. */
  async #reopened(stores: Stores, { live, side }: InSession): Promise<InSession> {
    const at = this.clock.milliseconds();
    if (outcomeOf(live.session) !== 'never_started' || live.slot.end * 60_000 < at) return { live, side };
    return { live: await this.#keep(stores, live, reopen(live.session, at)), side };
  }

  async #begin(stores: Stores, { id, format }: Series, key: OccurrenceKey): Promise<Session> {
    const before = await stores.sessions.lastCommitted(id, key);
    return beginSession({
      format: FORMATS[format],
      number: await stores.sessions.countBefore(id, key),
      last: before && { on: before.key, text: this.words.open(before).words.pair.commitment },
      at: this.clock.milliseconds(),
    });
  }

  async #keep(stores: Stores, live: LiveSession, session: Session): Promise<LiveSession> {
    const revision = await stores.sessions.save(live.id, live.revision, this.#writing(live, session));
    if (revision === null) throw new Problem('session-moved-on');
    return { ...live, revision, session };
  }

  #writing({ id, slot, session: before }: LiveSession, session: Session): Writing {
    const words = session.words === before.words ? null : this.words.close(id, session.words);
    return { ...writingOf(session, slot.end), words };
  }

  #told({ people }: LiveSession, side: Side) {
    return { actor: people[side].id, now: this.clock.now() };
  }

  #seated(caller: Caller, remembered: RememberedSession | null): InSession {
    const side = seat(caller, remembered);
    return { live: this.#live(remembered!), side };
  }

  #live(remembered: RememberedSession): LiveSession {
    const { facts: _, words: __, ...rest } = remembered;
    return { ...rest, session: this.words.open(remembered) };
  }
}

const TAKEN = 'This session is being written by somebody else for long. Ask again in a moment.';

/** Somebody was quicker; the controller answers with the session as it is now. */
export class MovedOn extends Error {
  override readonly name = 'MovedOn';

  constructor(readonly found: InSession) {
    super('The session has moved on');
  }
}

const KINDS = { 'not yours': 'not-allowed', 'not now': 'conflict', 'not possible': 'not-possible' } as const;

function granted(taken: Taken): Session {
  if (isRefused(taken)) throw problemOf(taken);
  return taken;
}

function problemOf({ refused, because }: Refusal): Problem {
  return new Problem(KINDS[refused], because);
}
