import type { AccountLoad, Act, Facts } from '../domain/facts.ts';
import { DAY, HOUR } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Side } from '../domain/person.ts';
import type { Recovery } from '../domain/recovery.ts';
import { busyOfSide } from './busy.ts';
import type { KnownBusy } from './busy.ts';
import { selectOccurrences, selectRecoveries } from './select-occurrences.ts';
import type { Scope } from './scope.ts';
import { ACCOUNT_COLUMNS, PERSON_COLUMNS, toAccount, toPerson, toSeries, toWeek } from './series-rows.ts';
import type { AccountRow, OrganisationRow, PersonRow, SeriesRow } from './series-rows.ts';
import { PAST_DAYS } from './store.ts';
import type { RememberedSeries } from './store.ts';

/** Everything remembered of a series: one statement per kind of row, whatever their number. */
export async function loadSeries(
  scope: Scope,
  series: string,
  now: Minute,
): Promise<RememberedSeries | null> {
  const head = await loadHead(scope, series);
  if (!head) return null;
  const { row, people } = head;
  const since = now - PAST_DAYS * DAY;
  const accounts = await loadAccounts(scope, head);
  const own = accounts.find(({ account }) => account.id === row.account_id)!;
  const facts: Facts = {
    week: toWeek(row),
    twoOfFour: row.two_of_four,
    series: toSeries(row),
    people: { manager: toPerson(people.manager), rep: toPerson(people.rep) },
    placed: row.placed,
    occurrences: await occurrencesSince(scope, series, since),
    recoveries: await recoveriesSince(scope, series, since),
    acts: await loadActs(scope, series),
    observedAt: row.observed_at,
    account: await accountLoad(scope, row, now),
    asks: row.asks,
  };
  return { facts, revision: row.revision, account: toAccount(own.account), ...busyOf(accounts, row) };
}

interface HeadRow extends SeriesRow, OrganisationRow {
  account_id: string;
  manager_id: string;
  rep_id: string;
  released_until: Minute | null;
  put_back_at: Minute | null;
}

interface Head {
  readonly row: HeadRow;
  readonly people: Readonly<Record<Side, PersonRow>>;
}

async function loadHead(scope: Scope, series: string): Promise<Head | null> {
  const row = await scope.first<HeadRow>(
    `SELECT s.*, o.working_days, o.holidays, o.two_of_four, p.manager_id, p.rep_id, a.released_until
     FROM series s
     JOIN organisation o ON o.id = s.organisation_id
     JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
     JOIN calendar_account a ON a.organisation_id = s.organisation_id AND a.id = s.account_id
     WHERE s.organisation_id = $1 AND s.id = $2`,
    [series],
  );
  if (!row) return null;
  const people = await scope.rows<PersonRow>(
    `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.organisation_id = $1 AND p.id IN ($2, $3)`,
    [row.manager_id, row.rep_id],
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  return { row, people: { manager: byId.get(row.manager_id)!, rep: byId.get(row.rep_id)! } };
}

interface KnownAccount {
  readonly account: AccountRow;
  readonly busy: KnownBusy | null;
}

/** The series' own account and every other one that tells when the two people are busy. */
async function loadAccounts(scope: Scope, { row }: Head): Promise<KnownAccount[]> {
  const rows = await scope.rows<AccountRow & { minutes: number[] | null; as_of: Minute | null }>(
    `SELECT ${ACCOUNT_COLUMNS}, b.minutes, b.as_of
     FROM calendar_account a
     LEFT JOIN busy b ON b.organisation_id = a.organisation_id AND b.account_id = a.id
     WHERE a.organisation_id = $1
       AND (a.id = $2 OR (a.person_id IN ($3, $4) AND a.state <> 'disconnected'))
     ORDER BY a.id`,
    [row.account_id, row.manager_id, row.rep_id],
  );
  return rows.map(({ minutes, as_of, ...account }) => ({
    account,
    busy: minutes === null ? null : { minutes, asOf: as_of! },
  }));
}

/** The series' own account counts where its busy time is known: the loop reads it live. */
function busyOf(
  accounts: readonly KnownAccount[],
  row: HeadRow,
): Pick<RememberedSeries, 'busy' | 'busyAccounts'> {
  const sideOf = (account: AccountRow): Side => (account.person_id === row.manager_id ? 'manager' : 'rep');
  const others = accounts.filter(({ account }) => account.id !== row.account_id);
  const busy = (side: Side) =>
    busyOfSide(
      accounts
        .filter((known) => sideOf(known.account) === side)
        .filter((known) => known.account.id !== row.account_id || known.busy !== null)
        .map((known) => known.busy),
    );
  return {
    busy: { manager: busy('manager'), rep: busy('rep') },
    busyAccounts: others.map(({ account }) => ({ side: sideOf(account), account: toAccount(account) })),
  };
}

/** Open occurrences whatever their age. */
async function occurrencesSince(scope: Scope, series: string, since: Minute): Promise<Occurrence[]> {
  const listed = await selectOccurrences(
    scope,
    "x.series_id = $2 AND (x.original_start >= $3 OR x.state IN ('scheduled', 'moved'))",
    [series, since],
  );
  return listed.map(({ occurrence }) => occurrence);
}

async function recoveriesSince(scope: Scope, series: string, since: Minute): Promise<Recovery[]> {
  const listed = await selectRecoveries(
    scope,
    "x.series_id = $2 AND (x.original_start >= $3 OR x.state IN ('due', 'booked'))",
    [series, since],
  );
  return listed.map(({ recovery }) => recovery);
}

async function loadActs(scope: Scope, series: string): Promise<Act[]> {
  const rows = await scope.rows<{ act: Act }>(
    `SELECT body || jsonb_build_object('id', id, 'at', at, 'by', by, 'kind', kind) AS act
     FROM act WHERE organisation_id = $1 AND series_id = $2 ORDER BY at, id`,
    [series],
  );
  return rows.map((row) => row.act);
}

/** How many series are gone is known only while a calendar is being read, so it starts at none. */
async function accountLoad(scope: Scope, row: HeadRow, now: Minute): Promise<AccountLoad> {
  const load = await scope.first<{ owed: number; restored: number }>(
    `WITH mine AS (SELECT id, put_back_at FROM series WHERE organisation_id = $1 AND account_id = $2)
     SELECT (SELECT count(*) FROM mine JOIN occurrence x ON x.series_id = mine.id
             WHERE x.organisation_id = $1 AND x.state IN ('scheduled', 'moved'))::int4 AS owed,
            (SELECT count(*) FROM mine JOIN occurrence x ON x.series_id = mine.id, unnest(x.restores) AS at
             WHERE x.organisation_id = $1 AND cardinality(x.restores) > 0
               AND at > GREATEST($3, mine.put_back_at))::int4 AS restored`,
    [row.account_id, now - HOUR],
  );
  return {
    owed: load?.owed ?? 0,
    restoredLately: load?.restored ?? 0,
    seriesPlaced: 0,
    seriesGone: 0,
    released: row.put_back_at === null && row.released_until !== null && row.released_until >= now,
  };
}
