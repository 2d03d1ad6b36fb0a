import type { DAVResponse } from 'tsdav';
import { CalendarError } from '../calendar-error.ts';
import type { ResourceChanges } from '../icalendar/resources.ts';
import { PROPERTY_NAMESPACES, throwRefused, whole } from './collection.ts';
import type { Collection } from './collection.ts';

/** Where the collection stood: by its sync token (RFC 6578), else by its ctag and every etag in it. */
type Cursor =
  | { readonly token: string }
  | { readonly ctag: string | null; readonly etags: Readonly<Record<string, string>> };

/** More pages than any calendar has: a server that never ends is taken for one without sync. */
const MOST_PAGES = 200;

export async function changesOf(collection: Collection, cursor: string | null): Promise<ResourceChanges> {
  const since = parseCursor(cursor);
  if (since && 'token' in since) {
    return (await syncedSince(collection, since.token)) ?? everything(collection);
  }
  if (since) return comparedWith(collection, since);
  return everything(collection);
}

/** Where the collection stands now. Asked before anything is read, so that nothing falls between. */
async function everything(collection: Collection): Promise<ResourceChanges> {
  const { token, ctag } = await marks(collection);
  const cursor: Cursor = token ? { token } : { ctag, etags: await etagsOf(collection) };
  return { kind: 'everything', cursor: JSON.stringify(cursor) };
}

/** Null where the server does not know the token any more. */
async function syncedSince(collection: Collection, token: string): Promise<ResourceChanges | null> {
  const changed = new Set<string>();
  const removed = new Set<string>();
  let at = token;
  for (let page = 0; page < MOST_PAGES; page++) {
    const responses = await syncPage(collection, at);
    const next = responses && tokenOf(responses);
    if (!responses || !next) return null;
    for (const response of responses) {
      const name = collection.nameOf(response.href);
      if (name === null) continue;
      const [into, outOf] = response.status === 404 ? [removed, changed] : [changed, removed];
      into.add(name);
      outOf.delete(name);
    }
    const more = responses.some(({ status }) => status === 507);
    if (!more) return since([...changed], [...removed], { token: next });
    at = next;
  }
  return null;
}

// A rejected token is a 403 by the book; servers also answer 400, 409, 410, 412 and even 500.
async function syncPage(collection: Collection, token: string): Promise<readonly DAVResponse[] | null> {
  const body = {
    'd:sync-collection': {
      ...PROPERTY_NAMESPACES,
      'd:sync-token': token,
      'd:sync-level': 1,
      'd:prop': { 'd:getetag': {} },
    },
  };
  try {
    const responses = await collection.ask(body);
    if (whole(responses)?.status === 404) throwRefused(responses);
    return whole(responses) ? null : responses;
  } catch (error) {
    const status =
      error instanceof CalendarError ? (error.cause as { status?: number } | undefined)?.status : null;
    if (status === 500) return null;
    throw error;
  }
}

async function comparedWith(
  collection: Collection,
  before: { readonly ctag: string | null; readonly etags: Readonly<Record<string, string>> },
): Promise<ResourceChanges> {
  const { ctag } = await marks(collection);
  if (ctag !== null && ctag === before.ctag) return since([], [], before);
  const etags = await etagsOf(collection);
  const changed = Object.keys(etags).filter((name) => etags[name] !== before.etags[name]);
  const removed = Object.keys(before.etags).filter((name) => !(name in etags));
  return since(changed, removed, { ctag, etags });
}

function since(changed: readonly string[], removed: readonly string[], cursor: Cursor): ResourceChanges {
  return { kind: 'since', changed, removed, cursor: JSON.stringify(cursor) };
}

async function marks(collection: Collection): Promise<{ token: string | null; ctag: string | null }> {
  const { syncToken, getctag } = await collection.properties({ 'd:sync-token': {}, 'cs:getctag': {} });
  return { token: markOf(syncToken), ctag: markOf(getctag) };
}

async function etagsOf(collection: Collection): Promise<Record<string, string>> {
  const etags: Record<string, string> = {};
  for (const { href, props } of await collection.list({ 'd:getetag': {} })) {
    const name = collection.nameOf(href);
    if (name !== null) etags[name] = String((props as { getetag?: unknown } | undefined)?.getetag);
  }
  return etags;
}

function tokenOf(responses: readonly DAVResponse[]): string | null {
  const raw = responses[0]?.raw as { multistatus?: { syncToken?: unknown } } | undefined;
  return markOf(raw?.multistatus?.syncToken);
}

function markOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function parseCursor(cursor: string | null): Cursor | null {
  if (cursor === null) return null;
  try {
    return JSON.parse(cursor) as Cursor;
  } catch {
    return null;
  }
}
