import { IcalendarCalendar } from '../../src/calendars/icalendar/icalendar-calendar.ts';
import { atClient } from '../support/calendar-client.ts';
import { MemoryResources } from '../support/memory-resources.ts';
import { NOW } from './a-series.ts';
import { calendarContract } from './calendar-contract.ts';

calendarContract('iCalendar resources in memory', { keepsFiles: true, storesAnything: true }, async () => {
  const resources = new MemoryResources();
  const owner = { zone: 'Europe/Berlin', emails: ['ana@example.com'] };
  return {
    calendar: new IcalendarCalendar(resources, owner, () => NOW),
    ...atClient(resources.raw),
    writes: () => resources.writes,
    failNextWrite: (fault) => {
      resources.fault = fault;
    },
    forgetCursors: async () => resources.forgetCursors(),
  };
});
