import type { WeekHoursView } from '../../src/people/people.api.ts';

type Open = NonNullable<WeekHoursView[string]>;

const FROM = String.raw`([01]\d|2[0-3]):[0-5]\d`;
const STRETCH = `${FROM} to (${FROM}|24:00)`;

/** What one day's hours have to look like before they are sent. */
export const OPEN_PATTERN = String.raw`\s*(${STRETCH}(, *${STRETCH})*)?\s*`;

/** `09:00 to 12:00, 13:00 to 17:00`; empty where the day is closed. */
export function openText(open: Open = []): string {
  return open.map(({ from, until }) => `${from} to ${until}`).join(', ');
}

/** The same way back, for text that fits the pattern. */
export function openOf(text: string): Open {
  return [...text.matchAll(/(\d\d:\d\d) to (\d\d:\d\d)/g)].map(([, from, until]) => ({
    from: from!,
    until: until!,
  }));
}
