import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import type { LiveSession } from './live-session.ts';

/** More than run at a time in one process; beyond it, the one that was changed longest ago is read anew. */
const MOST = 5000;

/** Words lie open in memory no longer than somebody is at work on them. */
const KEPT_MS = 3_600_000;

/**
 * Sessions as this process last saw them. Nothing is decided by them alone: whatever is made of one is saved only
 * where the database still holds the same revision, place and people.
 */
@Injectable()
export class KnownSessions {
  /** The one that was changed longest ago comes first. */
  readonly #known = new Map<string, { readonly live: LiveSession; readonly at: number }>();
  readonly #saving = new Map<string, Promise<unknown>>();

  constructor(private readonly clock: Clock) {}

  /** @returns null unless this very revision is known; any, where none is named */
  at(id: string, revision: number | null): LiveSession | null {
    const live = this.#known.get(id)?.live ?? null;
    return revision === null || live?.revision === revision ? live : null;
  }

  /** An older word that was overtaken on its way changes nothing; of what is closed nobody does anything more. */
  keep(live: LiveSession): void {
    if ((this.#known.get(live.id)?.live.revision ?? 0) > live.revision) return;
    this.#known.delete(live.id);
    const now = this.clock.milliseconds();
    if (live.session.timer.is !== 'closed') this.#known.set(live.id, { live, at: now });
    for (const [id, { at }] of this.#known) {
      if (this.#known.size <= MOST && at > now - KEPT_MS) break;
      this.#known.delete(id);
    }
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Notes that this process is at work on a session's next revision. */
  async saving<T>(id: string, work: () => Promise<T>): Promise<T> {
    const saving = work();
    this.#saving.set(id, saving);
    try {
      return await saving;
    } finally {
      if (this.#saving.get(id) === saving) this.#saving.delete(id);
    }
  }

  isSaving(id: string): boolean {
    return this.#saving.has(id);
  }

  /** Comes back when nothing of it is being saved here, well or not. */
  async saved(id: string): Promise<void> {
    await this.#saving.get(id)?.catch(() => {});
  }
}
