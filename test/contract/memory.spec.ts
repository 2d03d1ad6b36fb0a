import { IcalendarCalendar } from '../../src/calendars/icalendar/icalendar-calendar.ts';
import { CalendarClient } from '../support/calendar-client.ts';
import { MemoryResources } from '../support/memory-resources.ts';
import { NOW } from './a-series.ts';
import { calendarContract } from './calendar-contract.ts';

calendarContract('iCalendar resources in memory', { storesAnything: true }, async () => {
  const resources = new MemoryResources();
  const owner = { zone: 'Europe/Berlin', emails: ['ana@example.com'] };
  return {
    calendar: new IcalendarCalendar(resources, owner, () => NOW),
    person: new CalendarClient(resources.raw),
    writes: () => resources.writes,
    failNextWrite: (fault) => {
      resources.fault = fault;
    },
    forgetCursors: async () => resources.forgetCursors(),
  };
});
