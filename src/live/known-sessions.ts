import { Injectable } from '@nestjs/common';
import type { LiveSession } from './live-session.ts';

/** More than run at a time in one process; beyond it, the one that was changed longest ago is read anew. */
const MOST = 5000;

/**
 * Sessions as this process last saw them. Nothing is decided by them alone: whatever is made of one is saved only
 * where the database still holds the same revision, place and people.
 */
@Injectable()
export class KnownSessions {
  readonly #known = new Map<string, LiveSession>();
  readonly #saving = new Map<string, Promise<unknown>>();

  /** @returns null unless this very revision is known; any, where none is named */
  at(id: string, revision: number | null): LiveSession | null {
    const live = this.#known.get(id) ?? null;
    return revision === null || live?.revision === revision ? live : null;
  }

  /** An older word that was overtaken on its way changes nothing. */
  keep(live: LiveSession): void {
    if ((this.#known.get(live.id)?.revision ?? 0) > live.revision) return;
    this.#known.delete(live.id);
    this.#known.set(live.id, live);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!);
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
