import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be a web address that begins with https://' })
  .refine((url) => new URL(url).username === '', 'must not hold a user name or a password');

/** What a person gives us to find their calendars. The password is plain here and sealed wherever it is kept. */
export const CaldavLogin = z.object({
  url: webAddress,
  user: z.string().min(1),
  password: z.string().min(1),
});
export type CaldavLogin = z.infer<typeof CaldavLogin>;

/** The same with the one calendar that was chosen. */
export const CaldavSettings = CaldavLogin.extend({ calendarUrl: webAddress });
export type CaldavSettings = z.infer<typeof CaldavSettings>;
