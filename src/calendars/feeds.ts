/** The meetings of one person as one iCalendar object that their own calendar application subscribes to. */
export abstract class Feeds {
  /** @returns the iCalendar object (RFC 5545, METHOD:PUBLISH); null for a person who left or never was */
  abstract of(organisation: string, person: string): Promise<string | null>;
}
