import * as z from 'zod';
import { day, id, line, timeOfDay, zone } from '../platform/values.api.ts';

const role = z.enum(['admin', 'manager', 'rep', 'auditor']);

const roles = z
  .array(role)
  .min(1, 'must name at least one role')
  .refine((given) => new Set(given).size === given.length, 'must name each role once');

const open = z.strictObject({
  from: timeOfDay,
  until: z.union([timeOfDay, z.literal('24:00')], { error: 'must be a time of day such as 17:30, or 24:00' }),
});

/** Open hours by weekday, Monday is 1, on the person's own wall clock. No entry: closed. */
const weekHours = z
  .partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(open).max(8))
  .meta({ id: 'WeekHours', examples: [{ 1: [{ from: '09:00', until: '17:00' }] }] });
export type WeekHoursView = Readonly<Partial<Record<string, readonly { from: string; until: string }[]>>>;

const name = line(200);
const email = z.email().max(320);

export const newPerson = z.strictObject({
  name,
  email,
  roles,
  zone: zone.optional().describe("The organisation's where it is left out."),
  hours: weekHours.optional().describe('09:00 to 17:00 on the working days where they are left out.'),
  preferredHours: weekHours
    .nullable()
    .default(null)
    .describe('What ordinary moves keep to; null: all of `hours`.'),
  senior: z.boolean().default(false).describe('F084: a senior rep may skip a week.'),
});
export type NewPerson = z.output<typeof newPerson>;

export const personPatch = z.strictObject({
  name: name.optional(),
  email: email.optional(),
  roles: roles.optional(),
  zone: zone.optional(),
  hours: weekHours.optional(),
  preferredHours: weekHours.nullable().optional(),
  senior: z.boolean().optional(),
  active: z.boolean().optional().describe('Somebody who left keeps their history and can no longer sign in.'),
});
export type PersonPatch = z.output<typeof personPatch>;

export const leaveView = z.object({ id, from: day, until: day });

/** Approved leave: whole days of the person's zone, both ends included. */
export const newLeave = z
  .strictObject({ from: day, until: day })
  .refine(({ from, until }) => from <= until, { path: ['until'], error: 'must not be before `from`' });
export type NewLeave = z.output<typeof newLeave>;

export const personView = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    roles: z.array(role),
    zone: z.string(),
    hours: weekHours,
    preferredHours: weekHours.nullable(),
    active: z.boolean(),
    senior: z.boolean(),
    leave: z.array(leaveView).nullable().describe('Null for whom it is none of their business.'),
  })
  .meta({ id: 'Person' });
export type PersonView = z.output<typeof personView>;

export const personList = z.object({ items: z.array(personView) });

export const me = z.object({
  person: personView,
  organisation: z.object({ id, name: z.string(), zone: z.string() }),
});
export type Me = z.output<typeof me>;
