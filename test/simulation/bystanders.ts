import type { CalendarAccount } from '../../src/store/store.ts';
import type { FakeCalendar } from '../support/fake-calendar.ts';
import type { MemoryStore } from '../support/memory-store.ts';
import { newFacts } from '../support/world.ts';

const NAMES = Array.from({ length: 12 }, (_, i) => `other-${i}`);

/** The manager's other series: nobody looks at them, they only stand there, as the guard against empty answers needs. */
export class Bystanders {
  settleIn(memory: MemoryStore, calendar: FakeCalendar, account: CalendarAccount): void {
    for (const series of NAMES) {
      const facts = newFacts({ series, firstDay: '2026-11-27', minuteOfDay: 16 * 60 });
      const { rule, minutes } = facts.series;
      const placed = { copy: 1, number: 1, rule, endsBefore: null };
      memory.seed({ facts: { ...facts, placed }, account, nextLook: Number.MAX_SAFE_INTEGER });
      const copy = { series, copy: 1, rule, minutes, endsBefore: null, description: 'theirs', plain: true };
      calendar.book.add({ ...copy, exceptions: new Map(), deleted: new Set() });
    }
  }

  changed(calendar: FakeCalendar): boolean {
    return NAMES.some((series) => calendar.book.newest(series)?.description !== 'theirs');
  }
}
