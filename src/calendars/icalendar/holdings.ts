import { CalendarError } from '../calendar-error.ts';
import type { Written } from '../calendar.ts';
import { parseDocument, Unreadable, writeDocument } from './document.ts';
import type { EventDocument } from './document.ts';
import { nameOf } from './identity.ts';
import type { Resource, Resources } from './resources.ts';

/** One event of ours as it stands in the collection. */
export interface Held {
  readonly resource: Resource;
  readonly document: EventDocument;
  readonly version: string;
}

/** Finds, makes and edits our own events in a collection, each under its UID and on its version. */
export class Holdings {
  private readonly resources: Resources;

  constructor(resources: Resources) {
    this.resources = resources;
  }

  /**
   * The event with this UID, under its own name or where a client moved it. Searching is left for when the name is
   * free: most servers parse the whole calendar to find a UID.
   * @returns null only where its absence is proven
   * @throws Unreadable where it does not say what it holds
   */
  async find(uid: string): Promise<Held | null> {
    const resource = (await this.resources.get(nameOf(uid))) ?? (await this.search(uid));
    if (!resource) {
      await this.resources.probe();
      return null;
    }
    const document = parseDocument(resource.ics);
    if (document.uid !== uid) throw new Unreadable('another event stands under its name');
    return { resource, document, version: versionOf(resource) };
  }

  /**
   * The only resource with this UID. Asked before something is taken for gone: the other copy may still have it.
   * @throws Unreadable where there are two
   */
  async search(uid: string): Promise<Resource | null> {
    const found = await this.resources.withUid(uid);
    if (found.length > 1) throw new Unreadable('the same event stands in the calendar twice');
    return found[0] ?? null;
  }

  /** Makes a new event; where one with its UID is there already, brings that one to the same state. */
  async create(document: EventDocument, repair: (document: EventDocument) => boolean): Promise<Written> {
    const name = nameOf(document.uid);
    try {
      return await this.put(name, document, null);
    } catch (error) {
      if (!(error instanceof CalendarError) || !ADOPTABLE.includes(error.trouble)) throw error;
      const held = await this.findToWrite(document.uid);
      if (!held) throw error;
      return this.write(held, null, repair);
    }
  }

  /** Edits an event in place. Nothing is written where it already stands as wanted. @throws CalendarError Conflict */
  async edit(
    uid: string,
    version: string,
    change: (document: EventDocument) => boolean | Promise<boolean>,
  ): Promise<Written> {
    const held = await this.findToWrite(uid);
    if (!held) throw new CalendarError('Conflict', 'The event is not in the calendar any more.');
    return this.write(held, version, change);
  }

  async remove(uid: string): Promise<void> {
    const held = await this.findToWrite(uid);
    if (held) await this.resources.delete(held.resource.name, held.resource.etag);
  }

  private async write(
    held: Held,
    version: string | null,
    change: (document: EventDocument) => boolean | Promise<boolean>,
  ): Promise<Written> {
    if (!(await orConflict(async () => change(held.document)))) return { version: held.version };
    if (version !== null && !holds(version, held.resource)) {
      throw new CalendarError('Conflict', 'Somebody changed the event in the calendar meanwhile.');
    }
    return this.put(held.resource.name, held.document, held.resource.etag);
  }

  private async put(name: string, document: EventDocument, etag: string | null): Promise<Written> {
    const written = await this.resources.put(name, writeDocument(document), etag);
    if (written !== null) return { version: versionOf({ name, etag: written, scheduleTag: null }) };
    // A server that rewrites what it stores keeps the etag to itself until asked.
    const stored = await this.resources.get(name);
    if (!stored) throw new CalendarError('Conflict', 'The event was taken away just after it was written.');
    return { version: versionOf(stored) };
  }

  private findToWrite(uid: string): Promise<Held | null> {
    return orConflict(() => this.find(uid));
  }
}

// To a writer, what cannot be read is what must not be overwritten.
async function orConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new CalendarError('Conflict', `The event cannot be edited: ${error.message}.`, { cause: error });
  }
}

const ADOPTABLE = ['Conflict', 'Gone'];

function versionOf({ name, etag, scheduleTag }: Omit<Resource, 'ics'>): string {
  return JSON.stringify([name, etag, scheduleTag]);
}

/** An answer of an attendee changes the etag but not the schedule tag, and is no reason to read again. */
function holds(version: string, resource: Resource): boolean {
  const [name, etag, scheduleTag] = JSON.parse(version) as [string, string, string | null];
  if (name !== resource.name) return false;
  return etag === resource.etag || (scheduleTag !== null && scheduleTag === resource.scheduleTag);
}
