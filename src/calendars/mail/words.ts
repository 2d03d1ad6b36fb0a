import type { Facts } from '../../domain/facts.ts';
import type { Notice, Standing } from '../../domain/notices.ts';
import type { Side } from '../../domain/person.ts';
import { clock, weekdayName, when } from '../../domain/words.ts';

/** The subject line, with the time on the series' own clock: it is read in a list, by both people. */
export function subjectOf(notice: Notice, title: string, { rule }: Standing): string {
  const at = (minute: number) => when(rule.zone, minute);
  const weekly = `${weekdayName(rule.weekday)}s ${clock(rule.minuteOfDay)}`;
  switch (notice.about) {
    case 'series':
      return `${notice.is === 'new' ? 'Invitation' : 'Updated'}: ${title}, ${weekly}`;
    case 'withdrawn series':
      return `${notice.replaced ? 'Replaced' : 'Cancelled'}: ${title}`;
    case 'occurrence':
      return `Moved: ${title}, ${at(notice.slot.start)}`;
    case 'withdrawn occurrence':
      return `Cancelled: ${title}, ${at(notice.start)}`;
    case 'separate':
      return `Recovery meeting: ${title}, ${at(notice.slot.start)}`;
    case 'withdrawn separate':
      return `Cancelled: recovery meeting of ${title}, ${at(notice.slot.start)}`;
    default: {
      const forgotten: never = notice;
      return forgotten;
    }
  }
}

/**
 * The text for clients that show no invitation: what happened and why, when it is on the reader's own clock, and
 * where to answer. The agenda is in the invitation itself.
 */
export function textOf(
  notice: Notice,
  { facts, standing, to, because, link }: Telling & { readonly because: string | null },
): string {
  const other = facts.people[to === 'rep' ? 'manager' : 'rep'];
  return [
    opening(notice, standing),
    ...(because ? [because] : []),
    [`When: ${timeOf(notice, standing, facts.people[to].zone)}`, `With: ${other.name}`].join('\n'),
    `Agenda, and the place to say "cannot make it": ${link}`,
    '',
  ].join('\n\n');
}

export interface Telling {
  readonly facts: Facts;
  readonly standing: Standing;
  readonly to: Side;
  readonly link: string;
}

function opening(notice: Notice, { endsBefore }: Standing): string {
  switch (notice.about) {
    case 'series':
      if (endsBefore !== null) return 'Your 1-on-1 ends; what was, stays in the calendar.';
      return notice.is === 'new' ? 'Your 1-on-1, with its agenda.' : 'Your 1-on-1 has changed.';
    case 'withdrawn series':
      return notice.replaced
        ? 'This series is replaced by another invitation, which comes by itself.'
        : 'This series does not take place.';
    case 'occurrence':
      return 'This meeting has moved.';
    case 'withdrawn occurrence':
      return 'This meeting does not take place.';
    case 'separate':
      return 'A recovery meeting is booked.';
    case 'withdrawn separate':
      return 'This recovery meeting does not take place.';
    default: {
      const forgotten: never = notice;
      return forgotten;
    }
  }
}

function timeOf(notice: Notice, { rule, endsBefore }: Standing, zone: string): string {
  if ('slot' in notice) return `${when(zone, notice.slot.start)} (${zone})`;
  if ('start' in notice) return `${when(zone, notice.start)} (${zone})`;
  const every = rule.everyWeeks === 1 ? 'every week' : `every ${rule.everyWeeks} weeks`;
  const until = endsBefore === null ? '' : `, until ${when(rule.zone, endsBefore)}`;
  return `${weekdayName(rule.weekday)}s, ${clock(rule.minuteOfDay)} (${rule.zone}), ${every}${until}`;
}
