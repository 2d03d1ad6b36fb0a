import * as z from 'zod';
import { CLIENT_ACTS } from '../calendars/calendar-client.ts';
import { anyInstant, id } from '../platform/values.api.ts';

const KEY = /^(recovery:)?\d{1,9}@-?\d{1,10}$/;

/** What one of the two people does to the event, as in any calendar client. */
export const clientActBody = z
  .strictObject({
    series: id,
    originalStart: z
      .string()
      .regex(KEY, 'must be the key of an occurrence such as 1@29732040, or recovery:1@29732040')
      .meta({ examples: ['1@29732040'] }),
    act: z.enum(CLIENT_ACTS, { error: `must be one of ${CLIENT_ACTS.join(', ')}` }),
    to: anyInstant.optional().describe('Where a dragged meeting starts now.'),
  })
  .refine(({ act, to }) => (act === 'drag') === (to !== undefined), {
    path: ['to'],
    error: 'goes with drag, and drag needs it',
  });
export type ClientActBody = z.output<typeof clientActBody>;

export const clientActAnswer = z.object({ sentence: z.string() });
export type ClientActAnswer = z.output<typeof clientActAnswer>;
