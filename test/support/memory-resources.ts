import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { Resources } from '../../src/calendars/icalendar/resources.ts';
import type { Resource, ResourceChanges } from '../../src/calendars/icalendar/resources.ts';
import type { RawCollection } from './calendar-client.ts';
import type { Fault } from './fault.ts';

interface Stored {
  readonly ics: string;
  readonly etag: string;
}

/** A collection in memory that keeps to its conditions, counts its calls and fails on demand. */
export class MemoryResources extends Resources {
  writes = 0;
  reads = 0;
  /** What the next write does in place of an answer. */
  fault: Fault | null = null;
  private readonly stored = new Map<string, Stored>();
  private readonly log: string[] = [];
  private epoch = 1;

  override async get(name: string): Promise<Resource | null> {
    this.reads += 1;
    return this.resource(name);
  }

  override async getMany(names: readonly string[]): Promise<readonly Resource[]> {
    this.reads += 1;
    return names.map((name) => this.resource(name)).filter((resource) => resource !== null);
  }

  override async withUid(uid: string): Promise<readonly Resource[]> {
    this.reads += 1;
    return this.all().filter(({ ics }) => unfold(ics).includes(`\nUID:${uid}\r`));
  }

  override async inWindow(): Promise<readonly Resource[]> {
    this.reads += 1;
    return this.all();
  }

  override async put(name: string, ics: string, etag: string | null): Promise<string | null> {
    return this.write(() => {
      if ((this.stored.get(name)?.etag ?? null) !== etag) throw new CalendarError('Conflict', 'Changed.');
      return this.store(name, ics);
    });
  }

  override async delete(name: string, etag: string): Promise<void> {
    this.write(() => {
      const held = this.stored.get(name);
      if (held && held.etag !== etag) throw new CalendarError('Conflict', 'Changed.');
      this.drop(name);
      return '';
    });
  }

  override async changes(cursor: string | null): Promise<ResourceChanges> {
    this.reads += 1;
    const now = `${this.epoch}:${this.log.length}`;
    const [epoch, at] = (cursor ?? '').split(':').map(Number);
    if (epoch !== this.epoch || at === undefined) return { kind: 'everything', cursor: now };
    const names = [...new Set(this.log.slice(at))];
    const changed = names.filter((name) => this.stored.has(name));
    return { kind: 'since', changed, removed: names.filter((name) => !this.stored.has(name)), cursor: now };
  }

  override async probe(): Promise<void> {
    this.reads += 1;
  }

  /** From now on no earlier cursor is known. */
  forgetCursors(): void {
    this.epoch += 1;
  }

  /** The same collection as a person's client sees it. */
  get raw(): RawCollection {
    return {
      list: async () => this.all(),
      put: async (name, ics) => void this.store(name, ics),
      delete: async (name) => this.drop(name),
    };
  }

  private write(work: () => string): string {
    const { fault } = this;
    this.fault = null;
    this.writes += 1;
    if (fault === 'before') throw new CalendarError('Unreachable', 'The calendar does not answer.');
    const result = work();
    if (fault === 'after commit') throw new CalendarError('Unreachable', 'The calendar does not answer.');
    return result;
  }

  private store(name: string, ics: string): string {
    const etag = `"${this.log.push(name)}"`;
    this.stored.set(name, { ics, etag });
    return etag;
  }

  private drop(name: string): void {
    if (this.stored.delete(name)) this.log.push(name);
  }

  private resource(name: string): Resource | null {
    const held = this.stored.get(name);
    return held ? { name, ...held, scheduleTag: null } : null;
  }

  private all(): Resource[] {
    return [...this.stored.keys()].map((name) => this.resource(name)!);
  }
}

function unfold(ics: string): string {
  return ics.replace(/\r?\n[ \t]/g, '');
}
