import { DEFAULT_FORMAT, FORMATS } from '../domain/agenda/formats.ts';
import { DAY, dayFromIso, dayOf, weekdayOf } from '../domain/minute.ts';
import type { EpochDay, Minute, Weekday } from '../domain/minute.ts';
import type { FormatName } from '../domain/series.ts';
import { FREEZE } from '../domain/situation.ts';
import { slotAt } from '../domain/slot.ts';
import { startOf } from '../domain/weekly.ts';
import type { WeeklyRule } from '../domain/weekly.ts';
import { clock, weekdayName } from '../domain/words.ts';
import { toWall } from '../domain/zone.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Organisation } from '../store/organisations.ts';
import type { Pair } from '../store/pairs.ts';
import type { RememberedPerson } from '../store/people.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import type { Said } from './desk.ts';
import { mustFitWeek, readAnchor } from './read-anchor.ts';
import { refused, who } from './refusals.ts';
import type { NewSeries } from './series.api.ts';
import { actsAs, maySee } from './viewer.ts';

const LATEST_START = 365;

/** A new series and what the ledger says of it. */
export interface MadeSeries {
  readonly series: string;
  readonly as: 'manager' | 'admin';
  readonly said: Said;
}

/**
 * Makes a pair's series; a pair has one at a time.
 * @throws Problem naming the field that stands in the way
 */
export async function makeSeries(
  stores: Stores,
  caller: Caller,
  wanted: NewSeries,
  now: Minute,
): Promise<MadeSeries> {
  const pair = await pairFor(stores, caller, wanted.pair);
  const as = actsAs(caller, pair);
  if (as !== 'manager' && as !== 'admin') {
    throw new Problem('not-allowed', 'A series is made by the manager of the pair or an admin.');
  }
  mustChooseFormat(caller, wanted);
  await mustBeFree(stores, pair);
  const manager = await stores.people.load(pair.manager);
  const rep = await stores.people.load(pair.rep);
  const rule = ruleOf(wanted, await stores.organisation.read(), manager!.zone, now);
  const title = wanted.title ?? `1-on-1: ${manager!.name} and ${rep!.name}`;
  const account = await accountFor(stores, manager!, wanted.account);
  const series = await stores.series.add(
    { pair: pair.id, account, title, format: wanted.format, rule, minutes: FORMATS[wanted.format].minutes },
    now,
  );
  return { series, as, said: madeBy(as, rule, wanted.format) };
}

/** F081: rarer than weekly is possible, and told. */
export function warningFor(everyWeeks: number): string | null {
  if (everyWeeks === 1) return null;
  return `Meeting every ${everyWeeks} weeks gives half the effect of a weekly 1-on-1, or less. Weekly is the floor.`;
}

async function pairFor({ pairs }: Stores, caller: Caller, id: string): Promise<Pair> {
  const pair = await pairs.load(id);
  if (!pair || !maySee(caller, pair)) throw new Problem('unknown-pair');
  return pair;
}

/** F082: thirty minutes are right; whoever wants more needs an admin, who may be the pair's manager as well. */
function mustChooseFormat({ roles }: Caller, { format }: NewSeries): void {
  if (format === DEFAULT_FORMAT || roles.includes('admin')) return;
  throw refused('not-allowed', 'format', `must be ${DEFAULT_FORMAT}; another one is chosen by an admin`);
}

/** The lock makes two requests at once come one after the other. */
async function mustBeFree({ occurrencePages, series }: Stores, pair: Pair): Promise<void> {
  if (!(await occurrencePages.lockPair(pair.id))) throw new Problem('pair-ended');
  const known = await series.list({ pair: pair.id });
  if (known.some((each) => each.series.endedAt === null)) throw new Problem('series-exists');
}

/** The manager's own zone is where the anchor's wall clock hangs, unless another one is named. */
function ruleOf(wanted: NewSeries, week: Organisation, managerZone: string, now: Minute): WeeklyRule {
  const { anchor, everyWeeks, firstDay, format } = wanted;
  const zone = anchor.zone ?? managerZone;
  const at = { ...readAnchor(anchor, zone, week), everyWeeks };
  const rule = { ...at, firstDay: firstDay ? dayNamed(firstDay, at.weekday) : nextDay(at, now) };
  const start = startOf(rule, 0);
  if (start <= now || start > now + LATEST_START * DAY) {
    throw refused('not-possible', 'firstDay', 'must lie between now and a year from now');
  }
  mustFitWeek(slotAt(start, FORMATS[format].minutes), zone, week);
  return rule;
}

function dayNamed(iso: string, weekday: Weekday): EpochDay {
  const day = dayFromIso(iso);
  if (weekdayOf(day) === weekday) return day;
  throw refused('not-possible', 'firstDay', `must be a ${weekdayName(weekday)}, as the anchor is`);
}

/** The next such weekday on which the meeting starts late enough to be prepared for. */
function nextDay(at: Omit<WeeklyRule, 'firstDay'>, now: Minute): EpochDay {
  const today = dayOf(toWall(at.zone, now));
  const first = today + ((at.weekday - weekdayOf(today) + 7) % 7);
  return startOf({ ...at, firstDay: first }, 0) >= now + FREEZE ? first : first + 7;
}

/** @throws Problem where this is no calendar of the manager's in which a series could live */
export async function calendarOf(
  { accounts }: Stores,
  manager: string,
  wanted: string,
): Promise<CalendarAccount> {
  const account = await accounts.load(wanted);
  if (account?.person !== manager)
    throw refused('not-possible', 'account', 'must be a calendar of the manager');
  if (account.state === 'disconnected')
    throw refused('not-possible', 'account', 'has to be connected again first');
  return account;
}

/** The manager organises. Whoever connected nothing has the built-in calendar. */
async function accountFor(
  stores: Stores,
  manager: RememberedPerson,
  wanted: string | undefined,
): Promise<string> {
  const { accounts } = stores;
  if (wanted !== undefined) return (await calendarOf(stores, manager.id, wanted)).id;
  const primary = await accounts.primaryOf(manager.id);
  if (primary) return primary.id;
  return accounts.connect({
    person: manager.id,
    provider: 'builtin',
    settings: {},
    secret: null,
    nextPoll: null,
  });
}

function madeBy(as: 'manager' | 'admin', rule: WeeklyRule, format: FormatName): Said {
  const day = weekdayName(rule.weekday);
  const rhythm = rule.everyWeeks === 1 ? `every ${day}` : `every ${rule.everyWeeks} weeks on ${day}`;
  return {
    act: null,
    entry: {
      kind: 'make series',
      facts: {
        by: as,
        weekday: rule.weekday,
        minuteOfDay: rule.minuteOfDay,
        zone: rule.zone,
        everyWeeks: rule.everyWeeks,
        format,
      },
      because: `${who(as)} made the series: ${rhythm} at ${clock(rule.minuteOfDay)}, ${FORMATS[format].minutes} minutes.`,
    },
  };
}
