import { randomUUID } from 'node:crypto';
import type { BuiltinResource } from '../../store/builtin-resources.ts';
import type { Stores } from '../../store/stores.ts';
import { CalendarError } from '../calendar-error.ts';
import { Resources } from '../icalendar/resources.ts';
import type { Resource, ResourceChanges } from '../icalendar/resources.ts';

/** What the built-in calendar asks of the store. */
export interface BuiltinTransactions {
  transaction<T>(
    organisation: string,
    work: (stores: Pick<Stores, 'accounts' | 'builtin'>) => Promise<T>,
  ): Promise<T>;
}

/** The calendar of a person who connected none: a collection in our own database, with etags and a cursor. */
export class BuiltinResources extends Resources {
  constructor(
    private readonly store: BuiltinTransactions,
    private readonly organisation: string,
    private readonly account: string,
  ) {
    super();
  }

  override async get(name: string): Promise<Resource | null> {
    return (await this.getMany([name]))[0] ?? null;
  }

  override async getMany(names: readonly string[]): Promise<readonly Resource[]> {
    return (await this.inStore(({ builtin }) => builtin.loadMany(this.account, names))).map(toResource);
  }

  override async withUid(uid: string): Promise<readonly Resource[]> {
    return (await this.inStore(({ builtin }) => builtin.withUid(this.account, uid))).map(toResource);
  }

  override async inWindow(): Promise<readonly Resource[]> {
    return (await this.inStore(({ builtin }) => builtin.list(this.account))).map(toResource);
  }

  override async put(name: string, ics: string, etag: string | null): Promise<string> {
    const written = { href: name, ics, etag: newEtag() };
    if (await this.inStore(({ builtin }) => builtin.put(this.account, written, etag))) return written.etag;
    throw new CalendarError('Conflict', 'Somebody changed the event in the built-in calendar meanwhile.');
  }

  override async delete(name: string, etag: string): Promise<void> {
    await this.inStore(async ({ builtin }) => {
      if (await builtin.remove(this.account, name, etag)) return;
      const [standing] = await builtin.loadMany(this.account, [name]);
      if (standing) throw new CalendarError('Conflict', 'Somebody changed the event meanwhile.');
    });
  }

  // The number is read first: what changes in between is told twice rather than never.
  override changes(cursor: string | null): Promise<ResourceChanges> {
    return this.inStore(async ({ builtin }) => {
      const last = await builtin.lastChange(this.account);
      const since = cursor === null ? NaN : Number(cursor);
      if (!Number.isSafeInteger(since) || since > last) return { kind: 'everything', cursor: String(last) };
      const changes = await builtin.changesSince(this.account, since);
      const named = (deleted: boolean) => changes.filter((one) => one.deleted === deleted).map(nameOf);
      return { kind: 'since', changed: named(false), removed: named(true), cursor: String(last) };
    });
  }

  override async probe(): Promise<void> {
    const account = await this.inStore(({ accounts }) => accounts.load(this.account));
    if (!account) throw new CalendarError('Gone', 'This built-in calendar does not exist.');
  }

  private inStore<T>(work: (stores: Pick<Stores, 'accounts' | 'builtin'>) => Promise<T>): Promise<T> {
    return this.store.transaction(this.organisation, work);
  }
}

/** A new one for each write: equal etags mean that nobody wrote in between. */
export function newEtag(): string {
  return `"${randomUUID()}"`;
}

function toResource({ href, ics, etag }: BuiltinResource): Resource {
  return { name: href, ics, etag, scheduleTag: null };
}

function nameOf({ href }: BuiltinResource): string {
  return href;
}
