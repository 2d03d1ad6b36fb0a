import { CalendarError } from '../calendars/calendar-error.ts';
import type { Calendar, EventContent, SeriesRef } from '../calendars/calendar.ts';
import type { AgendaBlock } from '../domain/agenda/agenda.ts';
import type { Facts } from '../domain/facts.ts';
import type { Plan } from '../domain/plan.ts';
import type { Write } from '../domain/write.ts';

/**
 * Makes the plan's writes true, in order, each on condition that nobody changed the event since it was read. Stops
 * at the first refusal; what was confirmed before it is reported and stays.
 * @param version what the series was read at
 */
export async function applyWrites(
  calendar: Calendar,
  { after, writes, link, version }: Pick<Plan, 'after' | 'writes' | 'link' | 'version'>,
): Promise<{ confirmed: readonly Write[]; trouble: CalendarError | null }> {
  const confirmed: Write[] = [];
  let current = version;
  try {
    for (const write of writes) {
      current = (await apply(calendar, after, write, link, current)) ?? current;
      confirmed.push(write);
    }
    return { confirmed, trouble: null };
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return { confirmed, trouble: error };
  }
}

/** @returns the series' version after the write, where the write touched the series */
async function apply(
  calendar: Calendar,
  facts: Facts,
  write: Write,
  link: string,
  version: string | null,
): Promise<string | null> {
  const ref: SeriesRef = { series: facts.series.id, copy: facts.series.copy };
  switch (write.write) {
    case 'series': {
      const { rule, endsBefore, putsRepBack } = write;
      const event = {
        ...content(facts, write.block, link),
        putsRepBack,
        rule,
        minutes: facts.series.minutes,
        endsBefore,
      };
      return (await calendar.placeSeries(ref, event, write.version)).version;
    }
    case 'occurrence': {
      const { slot, putsRepBack } = write;
      const event = { ...content(facts, write.block, link), putsRepBack, slot };
      return (await calendar.placeOccurrence(ref, write.start, event, version ?? '')).version;
    }
    case 'withdraw occurrence':
      return (await calendar.withdrawOccurrence(ref, write.start, version ?? '')).version;
    case 'withdraw series':
      await calendar.withdrawSeries({ ...ref, copy: write.copy });
      return null;
    case 'separate':
      await calendar.placeSeparate(
        write.tag,
        { ...content(facts, write.block, link), slot: write.slot },
        write.version,
      );
      return null;
    case 'withdraw separate':
      await calendar.withdrawSeparate(write.tag);
      return null;
    default: {
      const forgotten: never = write;
      return forgotten;
    }
  }
}

export function content({ series, people }: Facts, block: AgendaBlock, url: string): EventContent {
  const { manager, rep } = people;
  return {
    title: series.title,
    block,
    url,
    invitation: {
      organiser: { name: manager.name, email: manager.email },
      attendee: { name: rep.name, email: rep.email },
    },
  };
}
