import { IcalendarCalendar } from '../../src/calendars/icalendar/icalendar-calendar.ts';
import { FaultyBuiltin, newAccount, openStore, rawBuiltin } from '../support/builtin-world.ts';
import { atClient } from '../support/calendar-client.ts';
import { freshDatabase } from '../support/database.ts';
import { NOW } from './a-series.ts';
import { calendarContract } from './calendar-contract.ts';

const opened = await openStore(await freshDatabase());

calendarContract('the built-in calendar', { keepsFiles: true, storesAnything: true }, async () => {
  const account = await newAccount(opened);
  const resources = new FaultyBuiltin(opened.store, account.organisation, account.account);
  const owner = { zone: 'Europe/Berlin', emails: ['ana@example.com'] };
  return {
    calendar: new IcalendarCalendar(resources, owner, () => NOW),
    ...atClient(rawBuiltin(opened, account)),
    writes: () => resources.writes,
    failNextWrite: (fault) => {
      resources.fault = fault;
    },
    forgetCursors: () => forgetCursors(account.account),
  };
});

/** As after a backup was put back: the counter stands before every cursor that was given out. */
async function forgetCursors(account: string): Promise<void> {
  const back = 'changed_seq = changed_seq - 1000 WHERE account_id = $1';
  await opened.query(`UPDATE builtin_resource SET ${back}`, [account]);
  await opened.query('UPDATE calendar_account SET changes = changes - 1000 WHERE id = $1', [account]);
}
