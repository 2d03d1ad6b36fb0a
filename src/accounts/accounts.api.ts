import * as z from 'zod';
import { id, instant } from '../platform/values.api.ts';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be a web address such as https://calendar.example.com' })
  .max(2000)
  .refine((url) => new URL(url).username === '', 'must not hold a user name or a password');

const password = z.string().min(1).max(1000);

/** Any address of a CalDAV server, and what its owner signs in with. */
export const calendarLogin = z.strictObject({ url: webAddress, user: z.string().min(1).max(320), password });
export type CalendarLoginBody = z.output<typeof calendarLogin>;

export const foundCalendars = z.object({
  items: z.array(
    z.object({
      url: z.string(),
      name: z.string(),
      writable: z.boolean().describe('Only a calendar that can be written can be connected.'),
    }),
  ),
});
export type FoundCalendars = z.output<typeof foundCalendars>;

export const newAccount = calendarLogin.extend({
  calendarUrl: webAddress.describe('One of the calendars found.'),
  primary: z.boolean().default(true).describe("Whether the owner's new series go there."),
});
export type NewAccountBody = z.output<typeof newAccount>;

export const accountPatch = z
  .strictObject({
    password: password.optional().describe('Connects the same calendar again.'),
    primary: z.literal(true, { error: 'can only be set: choose another account instead' }).optional(),
  })
  .refine(
    ({ password, primary }) => password !== undefined || primary !== undefined,
    'must hold something to change',
  );
export type AccountPatch = z.output<typeof accountPatch>;

export const accountView = z
  .object({
    id,
    person: z.object({ id, name: z.string() }),
    provider: z.enum(['builtin', 'caldav', 'google', 'microsoft']),
    state: z.enum(['connected', 'paused', 'disconnected']),
    because: z.string().nullable().describe('Why it is not connected.'),
    asks: z
      .array(z.string())
      .describe('Questions about the series in it; nothing is written until they are answered.'),
    whatToDo: z.string().nullable().describe('Null where nothing needs to be done.'),
    calendar: z
      .object({ url: z.string(), user: z.string(), name: z.string() })
      .nullable()
      .describe('For its owner alone; null for the built-in calendar.'),
    primary: z.boolean().describe("Whether the owner's new series go there."),
    series: z.int().describe('How many series stand in it.'),
    verifiedAt: instant.nullable().describe('When it was last read without an error.'),
    writtenAt: instant.nullable(),
  })
  .meta({ id: 'CalendarAccount' });
export type AccountView = z.output<typeof accountView>;

export const accountList = z.object({ items: z.array(accountView) });
