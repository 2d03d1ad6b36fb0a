import { keyOf } from '../../src/domain/occurrence.ts';
import { MEETING, MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { slot } from '../support/world.ts';

const TEAMS =
  '<div id="mtg"><hr><b>Microsoft Teams</b> <a href="https://teams.example/l/1">Join the meeting</a></div>';
const GUEST = { emailAddress: { address: 'guest@acme.test', name: 'Guest' }, type: 'optional' as const };

/** Promise 9 on a calendar at Microsoft. */
describe('people own their words and guests on Microsoft', () => {
  let pair: MicrosoftPair;
  const series = () => pair.microsoft.person.find(MEETING);
  const edit = (change: (html: string) => string) =>
    pair.microsoft.person.touch(MEETING, null, (event) => {
      event.html = change(event.html);
    });
  beforeEach(async () => {
    pair = await MicrosoftPair.settled();
  });

  it('an agenda that Outlook wrapped anew is the same agenda: nothing is written', async () => {
    const before = pair.microsoft.fake.writes;
    edit((html) =>
      html
        .replaceAll('Perennial agenda', 'Perennial\r\n agenda')
        .replaceAll('Write above', '<span class="SpellE">Write</span>&nbsp;above')
        .replaceAll("'", '&#8217;')
        .replaceAll('<li>', '<li class="MsoListParagraph">\r\n'),
    );
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
    expect(pair.microsoft.fake.writes).toBe(before);
  });

  it('an agenda that somebody deleted comes back, beside the words that they wrote', async () => {
    edit(() => '<html><head></head><body>\r\nBring the Miller file.\r\n</body></html>\r\n');
    await pair.settle();
    expect(series().html).toContain('Bring the Miller file.');
    expect(series().html).toContain('Perennial agenda');
  });

  it('twenty moves keep the join details, the words and the guests, and nothing grows', async () => {
    edit((html) => html.replace('</body>', `Mine: 100 %.${TEAMS}</body>`));
    pair.microsoft.person.touch(MEETING, null, (event) => {
      event.attendees.push(GUEST);
      event.location = 'Room 3';
    });
    const lengths = new Set<number>();
    for (let move = 0; move < 20; move++) {
      const key = keyOf(pair.meeting('2026-12-01'));
      pair.clock.advance(1);
      pair.say({
        kind: 'move',
        on: key,
        to: slot(`2026-12-02T${String(9 + (move % 6)).padStart(2, '0')}:00Z`),
      });
      await pair.settle();
      const exception = [...series().exceptions.values()][0]!;
      expect(exception.html).toContain(`Mine: 100 %.${TEAMS}`);
      expect(exception.html.match(/end of the Perennial agenda/g)).toHaveLength(1);
      expect(exception.attendees).toHaveLength(2);
      expect(exception.location).toBe('Room 3');
      if (move > 5) lengths.add(exception.html.length);
    }
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(40);
  });

  it('what stands in for a deleted meeting has the words, guests and place of its series', async () => {
    edit((html) => html.replace('</body>', `Mine.${TEAMS}</body>`));
    pair.microsoft.person.touch(MEETING, null, (event) => {
      event.attendees.push(GUEST);
      event.location = 'Room 3';
      event.subject = 'Our own name';
    });
    await pair.microsoft.person.deleteOccurrence('Our own name', '2026-12-01T10:00');
    await pair.settle();
    expect(pair.alone()).toMatchObject([{ subject: 'Our own name', location: 'Room 3' }]);
    expect(pair.alone()[0]!.html).toContain(`Mine.${TEAMS}`);
    expect(pair.alone()[0]!.attendees.map(({ emailAddress }) => emailAddress!.address)).toEqual([
      'bo@acme.test',
      'guest@acme.test',
    ]);
  });

  it('somebody’s answer changes every change key, and is no conflict', async () => {
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-01T10:00');
    await pair.microsoft.person.answer(MEETING, '2026-12-08T10:00', 'bo@acme.test', 'ACCEPTED');
    await pair.settle();
    expect(pair.standing('2026-11-30')).toHaveLength(1);
  });
});
