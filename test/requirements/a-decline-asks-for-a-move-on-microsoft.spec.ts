import { BO, MEETING, MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { slot } from '../support/world.ts';

const TUESDAY = '2026-12-01T10:00';
const START = slot('2026-12-01T09:00Z').start;

/** Promise 4 on a calendar at Microsoft. */
describe('a decline asks for a move on Microsoft', () => {
  let pair: MicrosoftPair;
  const answer = async () => {
    const { placed, series } = pair.facts;
    const request = {
      series: { series: series.id, copy: 1, rule: placed!.rule },
      starts: [START],
      separate: [],
    };
    const seen = await pair.microsoft.calendar.read(request);
    const event = seen.kind === 'complete' ? seen.occurrences.get(START) : undefined;
    return event?.kind === 'stands' ? event.repAnswers : null;
  };
  /** Bo works in the same tenant, and is out of office that morning. */
  const outOfOffice = () => {
    const bo = pair.microsoft.fake.addMailbox(BO);
    const item = pair.microsoft.person.find(MEETING);
    const away = { start: (START - 60) * 60_000, end: (START + 300) * 60_000, recurrence: null };
    bo.add({
      ...item,
      ...away,
      showAs: 'oof',
      owner: BO,
      organiser: BO,
      attendees: [],
      exceptions: new Map(),
      cancelled: new Set(),
    });
  };
  beforeEach(async () => {
    pair = await MicrosoftPair.settled();
  });

  it('of the rep in one week, and counts no cancel', async () => {
    await pair.microsoft.person.answer(MEETING, TUESDAY, BO, 'DECLINED');
    expect(await answer()).toBe('declined');
    await pair.settle();
    expect(pair.cancelActs).toEqual([]);
    expect(pair.standing('2026-11-30')).toHaveLength(1);
    expect(pair.standing('2026-11-30')).not.toEqual([slot('2026-12-01T09:00Z')]);
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('of a rep who is out of office is a machine’s, and blames nobody', async () => {
    outOfOffice();
    await pair.microsoft.person.answer(MEETING, TUESDAY, BO, 'DECLINED');
    expect(await answer()).toBe('declined automatically');
    await pair.settle();
    expect(pair.cancelActs).toEqual([]);
  });

  it('of a room or another guest is none of the rep’s', async () => {
    pair.microsoft.person.touch(MEETING, TUESDAY, (event) => {
      event.attendees.push({
        emailAddress: { address: 'room@acme.test' },
        type: 'resource',
        status: { response: 'declined' },
      });
    });
    expect(await answer()).toBe('none');
  });

  it('is asked about once for each decline, and not at all without one', async () => {
    await answer();
    const asked = () => pair.microsoft.fake.log.filter((line) => line.includes('getSchedule')).length;
    expect(asked()).toBe(0);
    await pair.microsoft.person.answer(MEETING, TUESDAY, BO, 'DECLINED');
    await answer();
    expect(asked()).toBe(1);
  });
});
