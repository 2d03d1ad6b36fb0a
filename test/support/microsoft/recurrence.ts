import type { DayOfWeek, PatternedRecurrence, RecurrencePattern } from '@microsoft/microsoft-graph-types';

const DAYS: readonly DayOfWeek[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];
const WEEKS = { first: 0, second: 1, third: 2, fourth: 3, last: -1 } as const;
/** How far a series without an end is followed. */
const FURTHEST = 3000;
const told = new Map<string, readonly string[]>();

/** The dates of a series, told day by day from its pattern alone: slow, plain, and nobody else's arithmetic. */
export function datesOf(recurrence: PatternedRecurrence): readonly string[] {
  const key = JSON.stringify(recurrence);
  if (!told.has(key)) told.set(key, tell(recurrence));
  return told.get(key)!;
}

function tell(recurrence: PatternedRecurrence): string[] {
  const { pattern, range } = recurrence;
  const first = Temporal.PlainDate.from(range!.startDate!);
  const until = range!.type === 'endDate' ? Temporal.PlainDate.from(range!.endDate!) : null;
  const most = range!.type === 'numbered' ? range!.numberOfOccurrences! : Infinity;
  const dates: string[] = [];
  for (let n = 0; n < FURTHEST && dates.length < most; n++) {
    const day = first.add({ days: n });
    if (until && Temporal.PlainDate.compare(day, until) > 0) break;
    if (falls(day, pattern!, first)) dates.push(day.toString());
  }
  return dates;
}

/** What Graph finds wrong with a recurrence that begins on this local date; null where it takes it. */
export function refusalOf({ pattern, range }: PatternedRecurrence, startDate: string): string | null {
  if (!pattern?.type || !range?.type) return 'pattern and range must have a type';
  if ((pattern.interval ?? 0) < 1) return 'interval must be positive';
  if (pattern.type === 'weekly' && !pattern.daysOfWeek?.length) return 'daysOfWeek is required';
  if (pattern.type === 'weekly' && !pattern.firstDayOfWeek) return 'firstDayOfWeek is required for weekly';
  if (range.startDate !== startDate) return 'range.startDate must be the date of the event’s start';
  if (range.type === 'endDate' && !(range.endDate! >= range.startDate)) return 'endDate is before startDate';
  if (range.type === 'numbered' && !((range.numberOfOccurrences ?? 0) > 0))
    return 'numberOfOccurrences must be positive';
  return null;
}

function falls(day: Temporal.PlainDate, pattern: RecurrencePattern, first: Temporal.PlainDate): boolean {
  const interval = pattern.interval!;
  switch (pattern.type) {
    case 'daily':
      return first.until(day).days % interval === 0;
    case 'weekly':
      return (
        pattern.daysOfWeek!.includes(nameOf(day)) &&
        (weekOf(first, pattern).until(weekOf(day, pattern)).days / 7) % interval === 0
      );
    case 'absoluteMonthly':
      return day.day === pattern.dayOfMonth && monthsSince(first, day) % interval === 0;
    case 'relativeMonthly':
      return (
        pattern.daysOfWeek!.includes(nameOf(day)) &&
        isNth(day, pattern.index ?? 'first') &&
        monthsSince(first, day) % interval === 0
      );
    default:
      return false;
  }
}

function nameOf(day: Temporal.PlainDate): DayOfWeek {
  return DAYS[day.dayOfWeek - 1]!;
}

function weekOf(day: Temporal.PlainDate, { firstDayOfWeek }: RecurrencePattern): Temporal.PlainDate {
  const begins = DAYS.indexOf(firstDayOfWeek ?? 'sunday') + 1;
  return day.subtract({ days: (day.dayOfWeek - begins + 7) % 7 });
}

function isNth(day: Temporal.PlainDate, index: keyof typeof WEEKS): boolean {
  return index === 'last' ? day.day + 7 > day.daysInMonth : Math.floor((day.day - 1) / 7) === WEEKS[index];
}

function monthsSince(first: Temporal.PlainDate, day: Temporal.PlainDate): number {
  return (day.year - first.year) * 12 + day.month - first.month;
}
