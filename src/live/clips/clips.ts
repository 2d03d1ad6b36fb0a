import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../config.ts';
import { DAY } from '../../domain/minute.ts';
import type { AttachedClip, TranscriptLine } from '../../domain/session/session.ts';
import type { Caller } from '../../platform/access/caller.ts';
import { Clock } from '../../platform/clock.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { Seal } from '../../platform/seal.ts';
import { PostgresStore } from '../../store/postgres-store.ts';
import type { Stores } from '../../store/stores.ts';
import type { RememberedClip } from '../../store/clips.ts';
import type { InSession } from '../live-session.ts';
import { Sessions } from '../sessions.ts';
import type { ClipOf } from './clip-addresses.ts';
import { cutRecording } from './cut-recording.ts';
import type { Cut, Slice, Window } from './cut-recording.ts';
import { withUpload } from './upload.ts';

/** Bytes of a sealed part: a range is read without the rest of the clip. */
const PART_BYTES = 262_144;

/** How much longer an excerpt lasts than the start of its last line, in milliseconds. */
const LAST_LINE_MS = 4000;

/** The artifact of a session: a slice cut from a recording, or the lines of a transcript alone. */
@Injectable()
export class Clips {
  constructor(
    private readonly store: PostgresStore,
    private readonly sessions: Sessions,
    private readonly seal: Seal,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Cuts the window out of the recording and puts it into the session in place of what was there.
   * @param recording the body of a request; a stream unless something else was sent
   */
  async bring(caller: Caller, session: string, recording: unknown, window: Window): Promise<InSession> {
    await this.sessions.read(caller, session);
    if (!(recording instanceof Readable))
      throw new Problem('wrong-media-type', 'Send the recording itself, with its own `Content-Type`.');
    const { dataDir, clips } = this.config;
    const slice = await withUpload(recording, { dataDir, megabytes: clips.megabytes }, async (path) =>
      this.#good(await cutRecording(path, window, clips.seconds * 1000)),
    );
    return this.#inSession(caller, session, async (stores, { live, side }) => {
      const keepUntil = this.clock.now() + this.config.clips.days * DAY;
      const clip: AttachedClip = {
        id: randomUUID(),
        duration: slice.duration,
        media: { type: slice.type, bytes: slice.bytes.length, keepUntil: keepUntil * 60_000 },
        by: side,
      };
      const changed = await this.sessions.change(stores, { live, side }, (by, at) => ({
        kind: 'ClipBrought',
        by,
        at,
        clip,
        transcript: [],
      }));
      await this.#keep(stores, session, { ...clip, keepUntil }, slice);
      return changed;
    });
  }

  /** Lines of the clip that is there; without one they are the artifact. */
  async write(caller: Caller, session: string, lines: readonly TranscriptLine[]): Promise<InSession> {
    const sorted = lines.toSorted((a, b) => a.at - b.at);
    const duration = sorted.at(-1)!.at + LAST_LINE_MS;
    return this.#inSession(caller, session, (stores, { live, side }) => {
      const known = live.session.clip;
      if (known?.media)
        return this.sessions.change(stores, { live, side }, (by, at) => ({
          kind: 'TranscriptWritten',
          by,
          at,
          lines: sorted,
        }));
      if (duration > this.config.clips.seconds * 1000 + LAST_LINE_MS) throw this.#tooLong();
      const clip: AttachedClip = { id: randomUUID(), duration, media: null, by: side };
      return this.sessions.change(stores, { live, side }, (by, at) => ({
        kind: 'ClipBrought',
        by,
        at,
        clip,
        transcript: sorted,
      }));
    });
  }

  /** @returns null where there is no such clip in that session any more */
  find({ organisation, session, clip }: ClipOf): Promise<RememberedClip | null> {
    return this.store.transaction(organisation, async ({ clips }) => {
      const known = await clips.load(clip);
      return known?.session === session ? known : null;
    });
  }

  /** Bytes of a clip, both ends included. */
  async bytes({ organisation, clip }: ClipOf, first: number, last: number): Promise<Buffer> {
    const [from, until] = [Math.floor(first / PART_BYTES), Math.floor(last / PART_BYTES)];
    const parts = await this.store.transaction(organisation, ({ clips }) => clips.parts(clip, from, until));
    const opened = parts.map((sealed, i) => this.seal.openBytes(sealed, contextOf(clip, from + i)));
    const begin = first - from * PART_BYTES;
    return Buffer.concat(opened).subarray(begin, begin + last - first + 1);
  }

  #inSession(
    caller: Caller,
    session: string,
    work: (stores: Stores, found: InSession) => Promise<InSession['live']>,
  ): Promise<InSession> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const found = await this.sessions.find(stores, caller, session, 'lock');
      return { live: await work(stores, found), side: found.side };
    });
  }

  async #keep(
    { clips }: Stores,
    session: string,
    { id, by, keepUntil }: Pick<RememberedClip, 'id' | 'by' | 'keepUntil'>,
    slice: Slice,
  ): Promise<void> {
    const createdAt = this.clock.now();
    const { type, duration, bytes } = slice;
    await clips.add({ id, session, by, type, bytes: bytes.length, duration, createdAt, keepUntil });
    for (let at = 0, number = 0; at < bytes.length; at += PART_BYTES, number++) {
      const part = bytes.subarray(at, at + PART_BYTES);
      await clips.addPart(id, number, this.seal.closeBytes(part, contextOf(id, number)));
    }
    await clips.forgetOthers(session, id);
  }

  #good(cut: Cut): Slice {
    if (typeof cut !== 'string') return cut;
    if (cut === 'not a recording') throw new Problem('not-a-recording');
    if (cut === 'longer than allowed') throw this.#tooLong();
    const says = 'lies outside the recording';
    throw new Problem('not-possible', `The window ${says}.`, { errors: [{ field: 'start', says }] });
  }

  /** F018 */
  #tooLong(): Problem {
    const says = `must be at most ${this.config.clips.seconds} s after the start`;
    return new Problem('not-possible', `A clip is one moment: its end ${says}.`, {
      errors: [{ field: 'end', says }],
    });
  }
}

/** Part of the seal: a part that is moved to another place or clip does not open. */
function contextOf(clip: string, number: number): string {
  return `clip_part/${clip}/${number}`;
}
