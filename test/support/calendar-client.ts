import ICAL from 'ical.js';

/** A calendar's raw resources, as any client of the person's can reach them. */
export interface RawCollection {
  list(): Promise<readonly { readonly name: string; readonly ics: string }[]>;
  put(name: string, ics: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Wall times as a person sees them: `2026-11-24T10:00`. */
export type Wall = string;

/**
 * A person at a calendar client. Knows events by their title and occurrences by the wall time that the calendar
 * shows, and edits the resources directly, without any of the product's code.
 */
export class CalendarClient {
  private readonly raw: RawCollection;

  constructor(raw: RawCollection) {
    this.raw = raw;
  }

  async titles(): Promise<string[]> {
    const resources = await this.raw.list();
    return resources.map(({ ics }) => String(mainOf(parse(ics)).getFirstPropertyValue('summary'))).sort();
  }

  async ics(title: string): Promise<string> {
    return (await this.find(title)).ics;
  }

  async invitation(title: string): Promise<{
    organiser: string;
    guests: { email: string; hasAnswered: boolean }[];
    html: string;
  }> {
    const main = mainOf(parse(await this.ics(title)));
    return {
      organiser: emailOf(main.getFirstProperty('organizer')!),
      guests: main.getAllProperties('attendee').map((guest) => ({
        email: emailOf(guest),
        hasAnswered: guest.getFirstParameter('partstat') !== 'NEEDS-ACTION',
      })),
      html: String(main.getFirstPropertyValue('x-alt-desc')).replace(/\\([;,\\])/g, '$1'),
    };
  }

  async add(name: string, ics: string): Promise<void> {
    await this.raw.put(name, ics);
  }

  async deleteEvent(title: string): Promise<void> {
    await this.raw.delete((await this.find(title)).name);
  }

  /** Puts any text where the event was. */
  async overwrite(title: string, ics: string): Promise<void> {
    await this.raw.put((await this.find(title)).name, ics);
  }

  /** Some clients take an event away and keep it under a name of their own. */
  async rename(title: string, name: string): Promise<void> {
    const found = await this.find(title);
    await this.raw.delete(found.name);
    await this.raw.put(name, found.ics);
  }

  async duplicate(title: string, name: string): Promise<void> {
    await this.raw.put(name, (await this.find(title)).ics);
  }

  async deleteOccurrence(title: string, at: Wall): Promise<void> {
    await this.edit(title, (root) => {
      const override = overrideAt(root, at);
      if (override) root.removeSubcomponent(override);
      mainOf(root).addProperty(like(mainOf(root), 'exdate', at));
    });
  }

  async deleteThisAndFollowing(title: string, at: Wall): Promise<void> {
    await this.edit(title, (root) => {
      const main = mainOf(root);
      const rule = main.getFirstPropertyValue('rrule') as ICAL.Recur;
      const zone = main.getFirstProperty('dtstart')!.getFirstParameter('tzid');
      const instant = Temporal.PlainDateTime.from(at)
        .toZonedDateTime(zone)
        .toInstant()
        .subtract({ seconds: 1 });
      rule.until = ICAL.Time.fromDateTimeString(instant.toString({ smallestUnit: 'second' }));
      main.getFirstProperty('rrule')!.setValue(rule);
    });
  }

  /** Changes "this and following": the series ends and goes on as a copy of its own, as clients do it. */
  async splitAt(title: string, at: Wall, to: Wall, rrule: string): Promise<void> {
    const root = parse(await this.ics(title));
    const main = mainOf(root);
    setTime(main, main, to, 30);
    main.getFirstProperty('rrule')!.setValue(ICAL.Recur.fromString(rrule));
    main.updatePropertyWithValue('uid', 'split-by-a-client');
    await this.deleteThisAndFollowing(title, at);
    await this.add('split-by-a-client.ics', `${root.toString()}\r\n`);
  }

  async drag(title: string, at: Wall, to: Wall, minutes = 30): Promise<void> {
    await this.override(title, at, (override, main) => {
      setTime(override, main, to, minutes);
    });
  }

  /** Drags every meeting of the series: its first one now stands here, with this rule. */
  async dragSeries(title: string, first: Wall, rrule: string, minutes = 30): Promise<void> {
    await this.edit(title, (root) => {
      const main = mainOf(root);
      setTime(main, main, first, minutes);
      main.getFirstProperty('rrule')!.setValue(ICAL.Recur.fromString(rrule));
    });
  }

  async answer(title: string, at: Wall, email: string, partstat: string): Promise<void> {
    await this.override(title, at, (override) => {
      const attendee = override
        .getAllProperties('attendee')
        .find((one) => String(one.getFirstValue()).toLowerCase() === `mailto:${email}`);
      attendee!.setParameter('partstat', partstat);
    });
  }

  async stretch(title: string, at: Wall | null, minutes: number): Promise<void> {
    await this.touch(title, at, (event, main) => {
      const start = (event.getFirstPropertyValue('dtstart') as ICAL.Time).toString().slice(0, 16);
      setTime(event, main, start, minutes);
    });
  }

  async editNotes(title: string, at: Wall | null, change: (notes: string) => string): Promise<void> {
    await this.touch(title, at, (event) => {
      const notes = String(event.getFirstPropertyValue('description') ?? '');
      event.updatePropertyWithValue('description', change(notes));
    });
  }

  async notes(title: string, at: Wall | null): Promise<string> {
    const root = parse((await this.find(title)).ics);
    const event = (at && overrideAt(root, at)) || mainOf(root);
    return String(event.getFirstPropertyValue('description') ?? '');
  }

  /** Any other edit of the event and, where `at` is given, of one occurrence. */
  async touch(
    title: string,
    at: Wall | null,
    change: (event: ICAL.Component, main: ICAL.Component) => void,
  ): Promise<void> {
    if (at === null) await this.edit(title, (root) => change(mainOf(root), mainOf(root)));
    else await this.override(title, at, change);
  }

  private async override(
    title: string,
    at: Wall,
    change: (override: ICAL.Component, main: ICAL.Component) => void,
  ): Promise<void> {
    await this.edit(title, (root) => {
      const main = mainOf(root);
      const override = overrideAt(root, at) ?? addOverride(root, at);
      change(override, main);
    });
  }

  private async edit(title: string, change: (root: ICAL.Component) => void): Promise<void> {
    const found = await this.find(title);
    const root = parse(found.ics);
    change(root);
    await this.raw.put(found.name, `${root.toString()}\r\n`);
  }

  private async find(title: string): Promise<{ name: string; ics: string }> {
    const resources = await this.raw.list();
    const found = resources.find(({ ics }) => ics.includes(`SUMMARY:${title}\r`));
    if (!found) throw new Error(`no event called ${title}`);
    return found;
  }
}

/** The person of a world whose calendar is a collection of files. */
export function atClient(raw: RawCollection): { person: CalendarClient; files: CalendarClient } {
  const client = new CalendarClient(raw);
  return { person: client, files: client };
}

function emailOf(property: ICAL.Property): string {
  return String(property.getFirstValue()).replace(/^mailto:/, '');
}

function parse(ics: string): ICAL.Component {
  return ICAL.Component.fromString(ics);
}

function mainOf(root: ICAL.Component): ICAL.Component {
  return root.getAllSubcomponents('vevent').find((event) => !event.hasProperty('recurrence-id'))!;
}

function overrideAt(root: ICAL.Component, at: Wall): ICAL.Component | null {
  const found = root
    .getAllSubcomponents('vevent')
    .find((event) => event.getFirstPropertyValue('recurrence-id')?.toString().startsWith(at));
  return found ?? null;
}

function addOverride(root: ICAL.Component, at: Wall): ICAL.Component {
  const main = mainOf(root);
  const minutes = (main.getFirstPropertyValue('dtend') as ICAL.Time).subtractDateTz(
    main.getFirstPropertyValue('dtstart') as ICAL.Time,
  );
  const override = parse(main.toString());
  for (const name of ['rrule', 'exdate']) override.removeAllProperties(name);
  override.addProperty(like(main, 'recurrence-id', at));
  setTime(override, main, at, minutes.toSeconds() / 60);
  root.addSubcomponent(override);
  return override;
}

function setTime(event: ICAL.Component, main: ICAL.Component, at: Wall, minutes: number): void {
  const start = like(main, 'dtstart', at);
  const end = like(main, 'dtend', Temporal.PlainDateTime.from(at).add({ minutes }).toString());
  for (const name of ['dtstart', 'dtend', 'duration']) event.removeAllProperties(name);
  event.addProperty(start);
  event.addProperty(end);
}

function like(main: ICAL.Component, name: string, at: Wall): ICAL.Property {
  const property = new ICAL.Property(name);
  const tzid = main.getFirstProperty('dtstart')!.getFirstParameter('tzid');
  if (tzid) property.setParameter('tzid', tzid);
  property.setValue(ICAL.Time.fromDateTimeString(`${at.slice(0, 16)}:00`));
  return property;
}
