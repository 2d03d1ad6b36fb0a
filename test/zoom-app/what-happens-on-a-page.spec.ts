import { timelineOf, waitingFor } from '../../zoom-app/desk/timeline.ts';
import { shortDayText } from '../../zoom-app/look/times.ts';
import { addresses } from '../../zoom-app/program/addresses.ts';
import { formOf } from '../../zoom-app/program/model.ts';
import { MAYA, meeting, NOW, PageUnderTest, SERIES } from './a-model.ts';

const WEEKS = ['2026-11-16', '2026-11-23', '2026-11-30'].map((monday) => meeting(monday));
const [, THIS, NEXT] = WEEKS as [object, ReturnType<typeof meeting>, ReturnType<typeof meeting>];
const ACT = { method: 'POST', path: '/api/act', body: { category: 'sick' } } as const;
const PROBLEM = {
  type: '/problems/conflict',
  title: 'Conflict',
  status: 409,
  detail: 'It has begun already.',
};

function desk(): PageUnderTest {
  const page = new PageUnderTest();
  page.answers(addresses.me, { person: MAYA, organisation: { id: 'o', name: 'O', zone: 'Europe/Berlin' } });
  page.answers(addresses.seriesList, { items: [SERIES] });
  page.answers(addresses.occurrences(SERIES.id), { items: WEEKS, next: null });
  page.answers(addresses.ledger(SERIES.id), { items: [], next: null });
  return page;
}

describe('reading', () => {
  test('nothing is asked before somebody is signed in', () => {
    expect(new PageUnderTest('/', null).asked).toEqual([]);
  });

  test('a page asks for who reads it first, then for what that reader’s page needs', () => {
    const page = new PageUnderTest('/audit?from=2026-10-05&until=2026-11-01');
    expect(page.asked).toEqual(['/api/me']);
    const person = { ...MAYA, roles: ['admin' as const] };
    page.answers(addresses.me, { person, organisation: { id: 'o', name: 'O', zone: 'UTC' } });
    expect(page.asked).toEqual([
      '/api/audit/grid?from=2026-10-05&until=2026-11-01',
      '/api/audit/ledger/verification',
    ]);
  });

  test('the program of a page comes beside what the page reads, once', () => {
    const page = new PageUnderTest('/audit');
    expect(page.effects).toContainEqual({ do: 'fetch program', page: 'audit' });
    expect(page.happens({ kind: 'ProgramCame', page: 'audit' })).toEqual([]);
    page.happens({ kind: 'AddressChanged', address: '/people' });
    page.happens({ kind: 'ProgramMissed', page: 'people' });
    expect(page.model.programs).toEqual({ audit: 'there', people: 'missed' });
    expect(page.happens({ kind: 'LoadAgainAsked' })).toEqual([{ do: 'load again' }]);
    const fetched = page.effects.filter((effect) => effect.do === 'fetch program');
    expect(fetched.map(({ page: name }) => name)).toEqual(['audit', 'people']);
  });

  test('the program of a page that was missed is fetched again when somebody goes anywhere and back', () => {
    const page = new PageUnderTest('/audit');
    page.happens({ kind: 'ProgramMissed', page: 'audit' });
    expect(page.happens({ kind: 'TimePassed', at: NOW })).toEqual([]);
    page.happens({ kind: 'AddressChanged', address: '/' });
    const effects = page.happens({ kind: 'AddressChanged', address: '/audit' });
    expect(effects).toContainEqual({ do: 'fetch program', page: 'audit' });
    expect(page.model.programs).toEqual({ audit: 'coming' });
  });

  test('what is old is asked for again, what is under way is not', () => {
    const page = desk();
    const before = page.effects.length;
    page.happens({ kind: 'TimePassed', at: NOW + 5000 });
    expect(page.effects).toHaveLength(before);
    page.happens({ kind: 'TimePassed', at: NOW + 60_000 });
    expect(page.asked).toContain(addresses.occurrences(SERIES.id).path);
    const asked = page.effects.length;
    page.happens({ kind: 'TimePassed', at: NOW + 61_000 });
    expect(page.effects).toHaveLength(asked);
  });

  test('a service that is away is said so, and what is known stays', () => {
    const page = desk();
    const address = addresses.occurrences(SERIES.id);
    page.happens({ kind: 'Failed', address, failure: { kind: 'unreached' } });
    expect(page.model.unreached).toBe(true);
    expect(timelineOf(page.model, SERIES.id)?.current?.occurrence).toEqual(THIS);
    page.answers(address, { items: [], next: null });
    expect(page.model.unreached).toBe(false);
  });

  test('a token that is no longer good leads back to the sign-in page and is forgotten', () => {
    const page = desk();
    const failure = { kind: 'refused', problem: { ...PROBLEM, status: 401 } } as const;
    const effects = page.happens({ kind: 'Failed', address: addresses.me, failure });
    expect(page.model).toMatchObject({ token: null, readings: {}, forms: {} });
    expect(effects).toEqual([{ do: 'keep token', token: null }]);
  });
});

describe('signing out', () => {
  const forgotten = [{ do: 'keep token', token: null }];

  test('takes the token back, and tells the other tabs who it was', () => {
    const page = desk();
    expect(page.happens({ kind: 'SignedOut' })).toEqual([...forgotten, { do: 'tell tabs', person: MAYA.id }]);
    expect(page.model).toMatchObject({ token: null, readings: {} });
  });

  test('in another tab ends it here, without telling again', () => {
    const page = desk();
    expect(page.happens({ kind: 'SignedOutElsewhere', person: MAYA.id })).toEqual(forgotten);
    expect(page.model.token).toBeNull();
  });

  test('of somebody else changes nothing, nor does it where nobody is signed in', () => {
    const page = desk();
    expect(page.happens({ kind: 'SignedOutElsewhere', person: 'rui' })).toEqual([]);
    expect(page.model.token).toBe('a-token');
    const nobody = new PageUnderTest('/', null);
    expect(nobody.happens({ kind: 'SignedOutElsewhere', person: MAYA.id })).toEqual([]);
  });
});

test('the desk opens with the next to meet, and stays there when another meeting becomes the next', () => {
  const page = desk();
  expect(page.model.atHome).toBe(SERIES.id);
  const other = { ...SERIES, id: 'series-2' };
  page.answers(addresses.seriesList, { items: [SERIES, other] });
  const sooner = { ...THIS, slot: { start: '2026-11-24T08:00:00Z', end: '2026-11-24T08:30:00Z' } };
  page.answers(addresses.occurrences(other.id), { items: [sooner], next: null });
  expect(page.model.atHome).toBe(SERIES.id);
});

test('whom a meeting waits for is asked which one it is', () => {
  const page = desk();
  const reader = { side: 'manager', zone: 'Europe/Berlin' } as const;
  expect(waitingFor(page.model, SERIES, reader)).toBeNull();
  const last = { ...WEEKS[0]!, canAttest: true };
  page.answers(addresses.occurrences(SERIES.id), { items: [last, THIS], next: null });
  expect(waitingFor(page.model, SERIES, reader)).toBe(
    `Was it held on ${shortDayText(last.slot.start, reader.zone)}?`,
  );
  const said = {
    ...last,
    attestations: [{ by: 'manager' as const, says: 'held' as const, absent: null }],
  };
  page.answers(addresses.occurrences(SERIES.id), { items: [said, THIS], next: null });
  expect(waitingFor(page.model, SERIES, reader)).toBeNull();
});

describe('an act that is held back', () => {
  const shows = {
    kind: 'moved',
    series: SERIES.id,
    key: THIS.key,
    start: '2026-11-25T09:00:00.000Z',
  } as const;
  const submit = (page: PageUnderTest) =>
    page.happens({ kind: 'Submitted', form: 'move', request: ACT, held: true, shows });

  test('shows at once and is sent when its five seconds are over', () => {
    const page = desk();
    const [wait] = submit(page);
    expect(wait).toMatchObject({ do: 'wait', milliseconds: 5000 });
    expect(timelineOf(page.model, SERIES.id)?.current).toMatchObject({
      pending: 'held',
      occurrence: { state: 'moved', slot: { start: shows.start, end: '2026-11-25T09:30:00.000Z' } },
    });
    expect(page.happens({ kind: 'HoldEnded', form: 'move', turn: 1 })).toContainEqual({
      do: 'send',
      form: 'move',
      request: ACT,
    });
  });

  test('can be taken back: nothing is sent, and what was typed stays', () => {
    const page = desk();
    page.happens({ kind: 'FieldChanged', form: 'move', field: 'words', value: 'dentist' });
    submit(page);
    page.happens({ kind: 'TakenBack', form: 'move' });
    expect(page.happens({ kind: 'HoldEnded', form: 'move', turn: 1 })).toEqual([]);
    expect(timelineOf(page.model, SERIES.id)?.current?.occurrence).toEqual(THIS);
    expect(formOf(page.model, 'move').values).toEqual({ words: 'dentist' });
  });

  test('is not cut short by the timer of an earlier one', () => {
    const page = desk();
    submit(page);
    page.happens({ kind: 'TakenBack', form: 'move' });
    submit(page);
    expect(page.happens({ kind: 'HoldEnded', form: 'move', turn: 1 })).toEqual([]);
    expect(page.happens({ kind: 'HoldEnded', form: 'move', turn: 2 })).toContainEqual({
      do: 'send',
      form: 'move',
      request: ACT,
    });
  });

  test('is sent when the page closes before', () => {
    const page = desk();
    submit(page);
    expect(page.happens({ kind: 'PageLeft' })).toEqual([{ do: 'send and leave', request: ACT }]);
    expect(page.happens({ kind: 'HoldEnded', form: 'move', turn: 1 })).toEqual([]);
  });

  test('goes on when somebody follows a link', () => {
    const page = desk();
    submit(page);
    page.happens({ kind: 'AddressChanged', address: '/calendar' });
    expect(page.happens({ kind: 'HoldEnded', form: 'move', turn: 1 })).toContainEqual({
      do: 'send',
      form: 'move',
      request: ACT,
    });
  });
});

describe('a form', () => {
  test('is sent once, however often it is submitted', () => {
    const page = desk();
    const submit = { kind: 'Submitted', form: 'f', request: ACT } as const;
    expect(page.happens(submit)).toEqual([{ do: 'send', form: 'f', request: ACT }]);
    expect(page.happens(submit)).toEqual([]);
  });

  test('keeps what was typed and the API’s sentence when it is refused', () => {
    const page = desk();
    page.happens({ kind: 'FieldChanged', form: 'f', field: 'words', value: 'dentist' });
    page.happens({ kind: 'Submitted', form: 'f', request: ACT });
    page.happens({ kind: 'NotSaved', form: 'f', failure: { kind: 'refused', problem: PROBLEM } });
    expect(formOf(page.model, 'f')).toMatchObject({
      phase: 'typing',
      open: true,
      values: { words: 'dentist' },
    });
    expect(page.model.said).toBe('It has begun already.');
  });

  test('is empty once it is saved, and the saved meeting is shown before its list is read again', () => {
    const page = desk();
    const rereads = [addresses.occurrences(SERIES.id)];
    page.happens({ kind: 'FieldChanged', form: 'f', field: 'words', value: 'dentist' });
    page.happens({ kind: 'Submitted', form: 'f', request: ACT, rereads });
    const occurrence = { ...THIS, state: 'moved', because: 'Somebody cannot make it.' };
    const effects = page.happens({ kind: 'Saved', form: 'f', answer: { occurrence, sentence: 'Saved.' } });
    expect(effects).toContainEqual({ do: 'read', address: rereads[0] });
    expect(formOf(page.model, 'f')).toMatchObject({ phase: 'saved', values: {} });
    expect(timelineOf(page.model, SERIES.id)?.current?.occurrence.state).toBe('moved');
  });
});

describe('an act in the calendar', () => {
  const shows = { kind: 'gone', series: SERIES.id, key: NEXT.key, which: 'following' } as const;
  const act = (page: PageUnderTest) => {
    page.happens({ kind: 'Submitted', form: 'c', request: ACT, shows, watch: SERIES.id });
    page.happens({ kind: 'Saved', form: 'c', answer: { sentence: 'Done.' } });
  };
  const row = {
    seq: 7,
    at: '2026-11-24T07:00:00Z',
    kind: 'move',
    occurrence: NEXT.key,
    actor: 'perennial',
    facts: {},
    because: 'It was deleted. We moved it.',
    previousHash: '',
    hash: '',
  };

  test('shows what is gone, and asks the ledger until it tells what became of it', () => {
    const page = desk();
    act(page);
    const { next, current } = timelineOf(page.model, SERIES.id)!;
    expect([current?.gone, next?.gone ?? timelineOf(page.model, SERIES.id)!.upcoming[0]?.gone]).toEqual([
      false,
      true,
    ]);
    const since = addresses.ledgerSince(SERIES.id, 0);
    expect(page.happens({ kind: 'WatchWent', form: 'c', turn: 1 })).toContainEqual({
      do: 'read',
      address: since,
    });
    page.answers(since, { items: [], next: null });
    expect(formOf(page.model, 'c').phase).toBe('watching');
    page.answers(since, { items: [row], next: null });
    expect(formOf(page.model, 'c')).toMatchObject({ phase: 'saved', watch: { told: row.because } });
    expect(page.model.said).toBe(row.because);
  });

  test('tells each thing once, also where a later reason says an earlier one again and goes on', () => {
    const page = desk();
    act(page);
    page.answers(addresses.ledgerSince(SERIES.id, 0), {
      items: [
        { ...row, because: 'A.' },
        { ...row, kind: 'owe', because: 'Every period owes one meeting.' },
        { ...row, because: 'B.' },
        { ...row, because: 'A. And more.' },
        { ...row, because: 'B.' },
      ],
      next: null,
    });
    expect(formOf(page.model, 'c').watch?.told).toBe('B. A. And more.');
  });

  test('stops asking after a minute and says so', () => {
    const page = desk();
    act(page);
    for (let tries = 0; tries <= 80; tries++) page.happens({ kind: 'WatchWent', form: 'c', turn: 1 });
    expect(formOf(page.model, 'c').watch?.told).toMatch(/has not answered yet/);
    expect(page.happens({ kind: 'WatchWent', form: 'c', turn: 1 })).toEqual([]);
  });
});
