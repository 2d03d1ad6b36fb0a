import ICAL from 'ical.js';
import { isRepInvited, putRepBack, writeContent } from '../../src/calendars/icalendar/content.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import { BO, GooglePair, MEETING } from '../support/google/google-pair.ts';
import { MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { LINK, World } from '../support/world.ts';

const EXTRA = {
  emailAddress: { name: 'Guest', address: 'guest@acme.test' },
  type: 'required' as const,
  status: { response: 'accepted' as const },
};

describe('a rep who was taken off the guests is put back once, and then people are asked', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.settle();
  });
  const asked = () => world.open().filter((o) => o.asks !== null);

  test('off the whole series: back at once, with a reason, and nobody cancelled anything', async () => {
    world.organiser.takeRepOff();
    await world.settle();
    expect(world.calendar.book.newest('ana-bo')!.uninvited).toBe(false);
    expect(world.reasons('invite again')).toEqual([
      'The rep was taken off the guests of the series. We put them back, once; other guests stay.',
    ]);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
    expect(asked()).toEqual([]);
  });

  test('off the series again: the next meeting asks, and the guests stay as a person left them', async () => {
    world.organiser.takeRepOff();
    await world.settle();
    world.organiser.takeRepOff();
    await world.settle();
    await world.settle();
    expect(world.calendar.book.newest('ana-bo')!.uninvited).toBe(true);
    expect(asked().map(keyOf)).toEqual([keyOf(world.meeting('2026-11-24'))]);
    expect(world.reasons('ask')).toHaveLength(1);
    const { writes } = world;
    world.say('manager', { kind: 'answer', on: keyOf(world.meeting('2026-11-24')) });
    await world.settle();
    expect(world.writes).toBe(writes);
    expect(asked()).toEqual([]);
  });

  test('off one meeting: back in that one, and asked about when it happens again', async () => {
    const start = world.start('2026-12-01');
    world.organiser.takeRepOff(start);
    await world.settle();
    expect(world.organiser.event(start)!.uninvited).toBe(false);
    world.organiser.takeRepOff(start);
    await world.settle();
    await world.settle();
    expect(world.organiser.event(start)!.uninvited).toBe(true);
    expect(asked().map(keyOf)).toEqual([keyOf(world.meeting('2026-12-01'))]);
    expect(world.reasons('invite again')).toHaveLength(1);
  });

  describe('at Google', () => {
    const TUESDAY = '2026-12-01T10:00';
    const extra = { email: 'guest@acme.test', responseStatus: 'accepted' };
    let pair: GooglePair;
    beforeEach(async () => {
      pair = await GooglePair.settled();
    });
    const emails = (at: string | null) =>
      pair.google.person.event(MEETING, at).attendees!.map(({ email }) => email);

    test.each([
      ['the series', null],
      ['one meeting', TUESDAY],
    ] as const)('the rep is a guest of %s again, beside the guest whom somebody added', async (_, at) => {
      pair.google.person.edit(MEETING, at, { attendees: [extra] });
      await pair.settle();
      expect(emails(at)).toEqual([extra.email, BO]);
      pair.google.person.edit(MEETING, at, { attendees: [extra] });
      await pair.settle();
      await pair.settle();
      expect(emails(at)).toEqual([extra.email]);
      expect(pair.reasons('ask')).toHaveLength(1);
    });
  });

  describe('at Microsoft', () => {
    let pair: MicrosoftPair;
    beforeEach(async () => {
      pair = await MicrosoftPair.settled();
    });
    const takeOff = (at: string | null) =>
      pair.microsoft.person.touch(MEETING, at, (event) => {
        event.attendees = [EXTRA];
      });
    const emails = (at: string | null) => {
      let found: unknown[] = [];
      pair.microsoft.person.touch(MEETING, at, ({ attendees }) => {
        found = attendees.map(({ emailAddress }) => emailAddress!.address);
      });
      return found;
    };

    test.each([
      ['the series', null],
      ['one meeting', '2026-12-01T10:00'],
    ] as const)('the rep is a guest of %s again, beside the guest whom somebody added', async (_, at) => {
      takeOff(at);
      await pair.settle();
      expect(emails(at)).toEqual([EXTRA.emailAddress.address, BO]);
      takeOff(at);
      await pair.settle();
      await pair.settle();
      expect(emails(at)).toEqual([EXTRA.emailAddress.address]);
      expect(pair.reasons('ask')).toHaveLength(1);
    });
  });

  test('in an iCalendar document the rep comes back beside the others, and only when asked for', () => {
    const invitation = {
      organiser: { name: 'ana', email: 'ana@acme.test' },
      attendee: { name: 'bo', email: BO },
    };
    const content = { title: MEETING, block: { text: '', html: '' }, url: LINK, invitation };
    const event = new ICAL.Component('vevent');
    writeContent(event, content, 'ana-bo/1');
    expect(isRepInvited(event, event)).toBe(true);
    event.removeAllProperties('attendee');
    event.addPropertyWithValue('attendee', 'mailto:guest@acme.test');
    expect(isRepInvited(event, event)).toBe(false);
    expect(putRepBack(event, event, content)).toBe(false);
    expect(putRepBack(event, event, { ...content, putsRepBack: true })).toBe(true);
    const guests = event.getAllProperties('attendee').map((guest) => guest.getFirstValue());
    expect(guests).toEqual(['mailto:guest@acme.test', `mailto:${BO}`]);
  });
});
