import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config.ts';
import type { Side } from '../domain/person.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { SessionNewsWire } from '../store/session-news.ts';
import type { SessionNews } from '../store/session-news.ts';
import { KnownSessions } from './known-sessions.ts';
import { sideOf } from './live-session.ts';
import type { LiveSession } from './live-session.ts';
import { SessionViews } from './session-views.ts';
import { Sessions } from './sessions.ts';

/** Who looks at a screen, and until when they may without showing their token again; milliseconds. */
export interface Reader {
  readonly person: string;
  readonly side: Side;
  readonly until: number;
}

/** Something that shows a session and can be written to. */
export interface Screen {
  readonly reader: Reader;
  /** The last revision it was sent. */
  revision: number;
  write(frame: string): void;
  end(): void;
}

interface Watched {
  readonly organisation: string;
  readonly session: string;
  readonly screens: Set<Screen>;
  /** How many screens are being opened. */
  opening: number;
  /** In which of the turns its screens get their heartbeat. */
  readonly turn: number;
  /** The newest revision that anybody spoke of. */
  newest: number;
  reading: boolean;
}

/** Proxies drop a connection that is silent for long. Sessions take turns, or thousands of writes would hold up news. */
const HEARTBEAT_MS = 15_000;
const TURNS = 60;

/** Until a session that could not be read is read again. */
const AGAIN_MS = 500;

/** Every open stream of this process. A change is read once for all screens of its session, the newest revision wins. */
@Injectable()
export class Screens implements OnApplicationBootstrap, OnModuleDestroy {
  /** By organisation and session: whoever asks for a session of another organisation waits beside nobody. */
  readonly #watched = new Map<string, Watched>();
  readonly #wire: SessionNewsWire;
  #heartbeat: NodeJS.Timeout | null = null;
  #turn = 0;

  constructor(
    private readonly sessions: Sessions,
    private readonly known: KnownSessions,
    private readonly views: SessionViews,
    private readonly clock: Clock,
    @Inject(Log) private readonly log: Log,
    @Inject(Config) { databaseUrl }: Config,
  ) {
    this.#wire = new SessionNewsWire(databaseUrl, {
      heard: (news) => void this.#heard(news),
      missedSome: () => this.#lookAtAll(),
      failed: (err) => this.log.warn({ err }, 'news of sessions broke off'),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#wire.start();
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS / TURNS).unref();
  }

  /** Streams never end by themselves, and the server waits for them. */
  async onModuleDestroy(): Promise<void> {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    for (const { screens } of this.#watched.values()) for (const screen of screens) screen.end();
    this.#watched.clear();
    await this.#wire.stop();
  }

  /** Stands around the reading of a session for a new screen and its `add`: what is told meanwhile is not missed. */
  async opening(organisation: string, session: string, open: () => Promise<void>): Promise<void> {
    const watched = this.#watch({ organisation, session });
    watched.opening++;
    try {
      await open();
    } finally {
      watched.opening--;
      this.#tidy(watched);
    }
  }

  /** @param onGone is told what to do when the screen is gone */
  add(
    { organisation, id: session }: Pick<LiveSession, 'id' | 'organisation'>,
    screen: Screen,
    onGone: (forget: () => void) => void,
  ): void {
    const watched = this.#watch({ organisation, session });
    watched.screens.add(screen);
    onGone(() => {
      watched.screens.delete(screen);
      this.#tidy(watched);
    });
    if (watched.newest > screen.revision) void this.#look(watched);
  }

  /** Shows a revision that this very process made, without asking the database for it. */
  show(live: LiveSession): void {
    const watched = this.#watched.get(nameOf({ organisation: live.organisation, session: live.id }));
    if (!watched) return;
    watched.newest = Math.max(watched.newest, live.revision);
    const frames: Partial<Record<Side, string>> = {};
    for (const screen of watched.screens) {
      if (screen.revision >= live.revision) continue;
      const { person, side } = screen.reader;
      if (sideOf(person, live) !== side) {
        screen.end();
        continue;
      }
      screen.revision = live.revision;
      screen.write((frames[side] ??= this.frame(live, side)));
    }
  }

  /** One server-sent event. */
  frame(live: LiveSession, side: Side): string {
    const view = JSON.stringify(this.views.of({ live, side }));
    return `event: session\nid: ${live.revision}\ndata: ${view}\n\n`;
  }

  #watch(of: SessionOf): Watched {
    const known = this.#watched.get(nameOf(of));
    if (known) return known;
    const turn = Math.floor(Math.random() * TURNS);
    const watched: Watched = { ...of, screens: new Set(), opening: 0, turn, newest: 0, reading: false };
    this.#watched.set(nameOf(of), watched);
    return watched;
  }

  #tidy(watched: Watched): void {
    const unused = watched.screens.size === 0 && watched.opening === 0;
    if (!unused || this.#watched.get(nameOf(watched)) !== watched) return;
    this.#watched.delete(nameOf(watched));
    this.known.forget(watched.session);
  }

  /** Our own news may come before the answer to the save; who saved shows it without reading it again. */
  async #heard({ organisation, session, revision }: SessionNews): Promise<void> {
    const watched = this.#watched.get(nameOf({ organisation, session }));
    if (!watched) return;
    watched.newest = Math.max(watched.newest, revision);
    if (isShown(watched, revision)) return;
    if (this.known.isSaving(session)) {
      await this.known.saved(session);
      await setImmediate();
      if (isShown(watched, revision)) return;
    }
    await this.#look(watched);
  }

  /** Reads until it has the newest: what arrives while one read is under way needs no second one beside it. */
  async #look(watched: Watched): Promise<void> {
    const { organisation, session } = watched;
    if (watched.reading) return;
    watched.reading = true;
    try {
      for (let shown = -1; shown < watched.newest;) {
        const live = await this.sessions.watched(organisation, session);
        if (!live || live.revision <= shown) break;
        this.show(live);
        shown = live.revision;
      }
    } catch (err) {
      this.log.warn({ err, session }, 'a session could not be read for its screens');
      this.#again(watched);
    } finally {
      watched.reading = false;
    }
  }

  /** News is told once: who could not read it then would wait for the next. */
  #again(watched: Watched): void {
    setTimeout(() => {
      if (this.#watched.get(nameOf(watched)) === watched) void this.#look(watched);
    }, AGAIN_MS).unref();
  }

  #lookAtAll(): void {
    for (const watched of this.#watched.values()) void this.#look(watched);
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % TURNS;
    const now = this.clock.milliseconds();
    for (const { screens, turn } of this.#watched.values()) {
      if (turn !== this.#turn) continue;
      for (const screen of screens) {
        if (screen.reader.until <= now) screen.end();
        else screen.write(': here\n\n');
      }
    }
  }
}

type SessionOf = Pick<Watched, 'organisation' | 'session'>;

function nameOf({ organisation, session }: SessionOf): string {
  return `${organisation} ${session}`;
}

function isShown({ screens }: Watched, revision: number): boolean {
  return [...screens].every((screen) => screen.revision >= revision);
}
