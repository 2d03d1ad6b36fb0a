import { Graph } from '../../src/calendars/microsoft/graph.ts';
import { Holdings } from '../../src/calendars/microsoft/holdings.ts';
import { MicrosoftCalendar } from '../../src/calendars/microsoft/microsoft-calendar.ts';
import { FixedAccess, FreeCalls } from '../support/free-calls.ts';
import { GraphFake } from '../support/microsoft/graph-fake.ts';
import { OutlookPerson } from '../support/microsoft/outlook-person.ts';
import { Wire } from '../support/microsoft/over-the-wire.ts';
import { NOW } from './a-series.ts';
import { calendarContract } from './calendar-contract.ts';

calendarContract('Microsoft Graph in memory', { keepsFiles: false, storesAnything: false }, async () => {
  const fake = new GraphFake(() => NOW * 60_000);
  const mailbox = fake.addMailbox('ana@example.com');
  const wire = new Wire(fake);
  const access = new FixedAccess(fake.entra.issue('ana@example.com'));
  const graph = new Graph({ access, calls: new FreeCalls(), fetch: wire.fetch });
  const place = { mailbox: 'me', calendar: 'primary' };
  const holdings = new Holdings(graph, place, new Map());
  return {
    calendar: new MicrosoftCalendar(graph, holdings, { zone: 'Europe/Berlin' }, () => NOW),
    person: new OutlookPerson(mailbox),
    files: null,
    writes: () => fake.writes,
    failNextWrite: (fault) => {
      wire.fault = fault;
    },
    forgetCursors: () => {
      fake.deltaOf('ana@example.com').life++;
    },
  };
});
