import type { Grid, Verification } from '../../src/audit/audit.api.ts';
import type { LedgerPage } from '../../src/desk/ledger.api.ts';
import type { OccurrenceDetail, OccurrencePage, SlotSuggestions } from '../../src/desk/occurrences.api.ts';
import type { SeriesList, SeriesView } from '../../src/desk/series.api.ts';
import type { FeedView } from '../../src/accounts/feed.api.ts';
import type { AccountView, Providers, VendorCalendarsView } from '../../src/accounts/accounts.api.ts';
import type { OrganisationView } from '../../src/people/organisation.api.ts';
import type { Me, PersonView } from '../../src/people/people.api.ts';
import type { PairView } from '../../src/people/pairs.api.ts';
import type { Address } from './reading.ts';

/** Everything the pages read, by name. */
export const addresses = {
  me: at<Me>('/api/me'),
  organisation: at<OrganisationView>('/api/organisation'),
  people: at<{ items: PersonView[] }>('/api/people'),
  pairs: at<{ items: PairView[] }>('/api/pairs'),
  seriesList: at<SeriesList>('/api/series'),
  accounts: at<{ items: AccountView[] }>('/api/calendar-accounts'),
  providers: at<Providers>('/api/calendar-providers'),
  calendarsOf: (account: string) => at<VendorCalendarsView>(`/api/calendar-accounts/${account}/calendars`),
  feed: at<FeedView>('/api/feed'),
  verification: at<Verification>('/api/audit/ledger/verification'),
  series: (series: string) => at<SeriesView>(`/api/series/${series}`),
  occurrences: (series: string) => all<OccurrencePage>(`/api/occurrences?series=${series}&limit=500`),
  occurrence: (series: string, key: string) =>
    at<OccurrenceDetail>(`/api/series/${series}/occurrences/${key}`),
  ledger: (series: string) => all<LedgerPage>(`/api/series/${series}/ledger?limit=500`),
  ledgerSince: (series: string, seq: number) =>
    at<LedgerPage>(`/api/series/${series}/ledger?limit=50&cursor=${seq}`),
  slots: (series: string, key: string) =>
    at<SlotSuggestions>(`/api/series/${series}/occurrences/${key}/slots?limit=6`),
  grid: (from: string, until: string) => at<Grid>(`/api/audit/grid?from=${from}&until=${until}`),
} as const;

/** The audit's rows as a file. */
export function csvPath(from: string, until: string): string {
  return `/api/audit/cadence.csv?from=${from}&until=${until}`;
}

function at<Answer>(path: string): Address<Answer> {
  return { path };
}

function all<Answer>(path: string): Address<Answer> {
  return { path, whole: true };
}
