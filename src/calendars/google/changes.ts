import { CalendarError } from '../calendar-error.ts';
import type { Changes } from '../calendar.ts';
import type { GoogleClient } from './google-client.ts';
import { seriesOf, whose } from './identity.ts';
import { isStatus } from './refusal.ts';

// One row for each series: expanded, a deleted series would be dozens of cancelled meetings. The parameters have to
// be the same in every question of one sync, so they stand in one place.
const QUESTION = {
  singleEvents: false,
  showDeleted: true,
  fields: 'items(id,recurringEventId),nextPageToken,nextSyncToken',
} as const;

/** What changed since a sync token. A token that Google forgot (410) means everything, never nothing. */
export async function changesOf(client: GoogleClient, cursor: string | null): Promise<Changes> {
  if (cursor === null) return everything(client);
  try {
    const { events, token } = await client.sync({ ...QUESTION, syncToken: cursor });
    const ours = events.map(({ id, recurringEventId }) => whose(recurringEventId ?? id!));
    const series = new Set(ours.filter((identity) => identity !== null).map(seriesOf));
    return { kind: 'since', series: [...series], busyChanged: events.length > 0, cursor: known(token) };
  } catch (error) {
    if (isStatus(error, 410)) return everything(client);
    throw error;
  }
}

async function everything(client: GoogleClient): Promise<Changes> {
  return { kind: 'everything', cursor: known((await client.sync(QUESTION)).token) };
}

function known(token: string | null): string {
  if (token !== null) return token;
  throw new CalendarError('Unreachable', 'Google Calendar did not say where the next question goes on.');
}
