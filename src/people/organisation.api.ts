import * as z from 'zod';
import { day, id, line, weekday, zone } from '../platform/values.api.ts';

const workingDays = z
  .array(weekday)
  .min(1, 'must name at least one day')
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must name each day once')
  .describe('In the order of the week; the first one follows the longest break.');

const holidays = z
  .array(day)
  .max(1000)
  .describe('Days on which nobody works; a week of nothing else is excused.');

const twoOfFour = z
  .boolean()
  .describe('Whether two cancels among the last four owed meetings make a recovery too.');

export const organisationView = z
  .object({ id, name: z.string(), zone: z.string(), workingDays, holidays, twoOfFour })
  .meta({ id: 'Organisation' });
export type OrganisationView = z.output<typeof organisationView>;

export const organisationPatch = z.strictObject({
  name: line(200).optional(),
  zone: zone.optional(),
  workingDays: workingDays.optional(),
  holidays: holidays.optional(),
  twoOfFour: twoOfFour.optional(),
});
export type OrganisationPatch = z.output<typeof organisationPatch>;
