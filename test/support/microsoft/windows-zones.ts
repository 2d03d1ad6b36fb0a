/**
 * Zones that Outlook knows, written down by hand: Windows names with a place whose clock they show, and the few IANA
 * names that Graph takes as they are. Everything else is refused, as Graph does with Europe/Madrid.
 */
const WINDOWS: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'GMT Standard Time': 'Europe/London',
  'Eastern Standard Time': 'America/New_York',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Lord Howe Standard Time': 'Australia/Lord_Howe',
  'India Standard Time': 'Asia/Kolkata',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'New Zealand Standard Time': 'Pacific/Auckland',
};
const ADDITIONAL = ['Europe/London', 'Europe/Berlin', 'Europe/Budapest', 'Europe/Paris', 'Europe/Warsaw'];

/** The place whose clock a name shows; null where Graph does not support it. */
export function placeOf(name: string): string | null {
  return WINDOWS[name] ?? (ADDITIONAL.includes(name) ? name : null);
}
