import * as z from 'zod';
import { id, instant, line } from '../platform/values.api.ts';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be a web address such as https://calendar.example.com' })
  .max(2000)
  .refine((url) => new URL(url).username === '', 'must not hold a user name or a password');

const password = z.string().min(1).max(1000);

/** Any address of a CalDAV server, and what its owner signs in with. */
export const calendarLogin = z.strictObject({ url: webAddress, user: line(320), password });
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
    calendar: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('Another calendar of the same account, while no series stands in this one.'),
    password: password.optional().describe('Connects the same calendar again.'),
    primary: z.literal(true, { error: 'can only be set: choose another account instead' }).optional(),
  })
  .refine(
    ({ calendar, password, primary }) => (calendar ?? password ?? primary) !== undefined,
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
    fix: z
      .object({ says: z.string(), url: z.url() })
      .nullable()
      .describe('Where it is done, outside of here.'),
    connectedBy: z.enum(['owner', 'domain']).describe('Its owner, or an admin for the whole domain.'),
    calendar: z
      .object({ url: z.string().nullable(), user: z.string(), name: z.string() })
      .nullable()
      .describe('For its owner alone; null for the built-in calendar.'),
    primary: z.boolean().describe("Whether the owner's new series go there."),
    series: z.int().describe('How many series stand in it.'),
    verifiedAt: instant.nullable().describe('When it was last read without an error.'),
    writtenAt: instant.nullable(),
    push: z
      .object({
        heardAt: instant.nullable().describe('When the provider last told of a change.'),
        until: instant.nullable().describe('Until when it tells; null where it does not.'),
        because: z.string().nullable().describe('Why it does not.'),
      })
      .nullable()
      .describe('Null for calendars that never tell by themselves.'),
    calls: z
      .object({ made: z.int(), throttled: z.int().describe('How often we were asked to wait.') })
      .nullable()
      .describe('What was asked of the provider in the last hour.'),
  })
  .meta({ id: 'CalendarAccount' });
export type AccountView = z.output<typeof accountView>;

export const accountList = z.object({ items: z.array(accountView) });

export const signInQuery = z.strictObject({
  account: id.optional().describe('The account to connect again.'),
  returnTo: z.string().max(200).optional().describe('The page to come back to, such as /calendar.'),
});
export type SignInQuery = z.output<typeof signInQuery>;

export const signInStart = z.object({
  url: z.url().describe('Open it in the browser that asked; it is good for ten minutes, once.'),
});
export type SignInStart = z.output<typeof signInStart>;

export const providers = z.object({
  items: z.array(
    z.object({
      provider: z.enum(['google', 'microsoft']),
      signIn: z.boolean().describe('Whether people can sign in there.'),
      domain: z.boolean().describe('Whether an admin can connect everybody of the domain.'),
      because: z.string().nullable().describe('Why it is off, in words.'),
    }),
  ),
});
export type Providers = z.output<typeof providers>;

export const domainConnect = z.strictObject({
  provider: z.enum(['google', 'microsoft']),
  persons: z.array(id).min(1).max(50).describe('People whose addresses are mailboxes of the domain.'),
});
export type DomainConnectBody = z.output<typeof domainConnect>;

export const domainConnected = z.object({
  items: z.array(
    z.object({
      person: z.object({ id, name: z.string() }),
      account: id.nullable(),
      because: z.string().nullable().describe('Why it could not be connected.'),
    }),
  ),
});
export type DomainConnected = z.output<typeof domainConnected>;

export const vendorCalendars = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), writable: z.boolean(), chosen: z.boolean() })),
});
export type VendorCalendarsView = z.output<typeof vendorCalendars>;
