import type { Effect } from '../../zoom-app/meeting/effects.ts';
import type { Fact } from '../../zoom-app/meeting/facts.ts';
import { FIRST } from '../../zoom-app/meeting/model.ts';
import type { Model } from '../../zoom-app/meeting/model.ts';
import { saveState, shownText, unsentWords } from '../../zoom-app/meeting/typing.ts';
import { update } from '../../zoom-app/meeting/update.ts';
import { aSession, asRep } from './a-session.ts';

/** A panel in a session; what it wants done is kept. */
class APanel {
  model: Model = { ...FIRST, seed: 'x', entry: { is: 'in', key: { session: 's1', token: 't' } } };
  effects: Effect[] = [];

  tell(...facts: Fact[]): this {
    for (const fact of facts) {
      const [next, effects] = update(this.model, fact);
      this.model = next;
      this.effects.push(...effects);
    }
    return this;
  }

  /** The commands that left, with the revision each names. */
  get commands() {
    return this.effects.flatMap((effect) => (effect.do === 'command' ? [effect] : []));
  }
}

const rep = asRep(aSession({ timer: { is: 'running', since: 0 }, current: 4 }));
const came = (view = rep): Fact => ({ kind: 'SessionCame', view, at: 0 });
const refused = (current: typeof rep | null, type = 'session-moved-on', status = 409): Fact => ({
  kind: 'Refused',
  failure: { type: `/problems/${type}`, title: '', status, detail: 'It has moved on.' },
  current,
  at: 0,
});

describe('what is written', () => {
  const typed = (text: string): Fact => ({ kind: 'Typed', field: 'commitment', text });

  test('is saved at the pause after the last key, once', () => {
    const panel = new APanel().tell(came(), typed('I'), typed('I count'));
    panel.tell({ kind: 'TypingPaused', field: 'commitment', turn: 1 });
    expect(panel.commands).toEqual([]);
    panel.tell(
      { kind: 'TypingPaused', field: 'commitment', turn: 2 },
      { kind: 'FieldLeft', field: 'commitment' },
    );
    expect(panel.commands.map(({ body }) => body)).toEqual([{ command: { do: 'commit', text: 'I count' } }]);
  });

  test('leaves with the page, without waiting for a pause', () => {
    const panel = new APanel().tell(came(), typed('I count'), { kind: 'PageLeft' });
    expect(panel.commands).toHaveLength(1);
  });

  test('stays in the field while another revision comes, and says that it is not saved yet', () => {
    const { model } = new APanel().tell(came(), typed('I count'), came({ ...rep, revision: 2 }));
    expect([shownText(model, 'commitment'), saveState(model, 'commitment')]).toEqual(['I count', 'saving']);
  });

  test('stays in the field that was left, until the service has answered', () => {
    const panel = new APanel().tell(came(), typed('I count'), { kind: 'FieldLeft', field: 'commitment' });
    panel.tell(came({ ...rep, revision: 2 }));
    expect(shownText(panel.model, 'commitment')).toBe('I count');
    const view = { ...rep, revision: 3, commitment: { ...rep.commitment, text: 'I count', edit: 1 } };
    panel.tell({ kind: 'Answered', view, at: 0 });
    expect([shownText(panel.model, 'commitment'), panel.model.drafts]).toEqual(['I count', {}]);
  });

  test('goes again under the same id where nobody was reached', () => {
    const panel = new APanel().tell(came(), typed('I count'), { kind: 'PageLeft' });
    panel.tell({ kind: 'Unreached' }, { kind: 'ResendDue' });
    expect(panel.commands.map(({ id }) => id)).toEqual(['x-1', 'x-1']);
  });

  const entered = (view: typeof rep): Fact => ({
    kind: 'EntryAnswered',
    entered: { is: 'in', session: view.session, you: 'rep', token: 'new', until: 0, view },
  });
  const left: Fact = { kind: 'FieldLeft', field: 'commitment' };

  test('stays in the field when something broke at the service, and goes again under the same id', () => {
    const panel = new APanel().tell(came(), typed('I count'), left, refused(null, 'broken', 500));
    panel.tell(came({ ...rep, revision: 2 }));
    expect(shownText(panel.model, 'commitment')).toBe('I count');
    panel.tell({ kind: 'ResendDue' });
    expect(panel.commands.map(({ id }) => id)).toEqual(['x-1', 'x-1']);
  });

  test('waits for a token that is good again, and goes under the same id', () => {
    const panel = new APanel();
    panel.model = { ...panel.model, line: 'live', zoom: { ...panel.model.zoom, is: 'configured' } };
    panel.tell(came(), typed('I count'), left, refused(null, 'no-token', 401));
    expect(panel.effects).toContainEqual({ do: 'configure' });
    panel.tell(entered(rep), came());
    expect(panel.commands.map(({ id, key }) => [id, key.token])).toEqual([
      ['x-1', 't'],
      ['x-1', 'new'],
    ]);
    expect(shownText(panel.model, 'commitment')).toBe('I count');
  });

  test('is still shown where a browser needs a new link', () => {
    const panel = new APanel().tell(came(), typed('I count'), left, refused(null, 'no-token', 401));
    expect(panel.model.entry.is).toBe('failed');
    expect(unsentWords(panel.model)).toEqual(['I count']);
  });

  test('for one meeting is no word for another that a new token opens', () => {
    const panel = new APanel();
    panel.model = { ...panel.model, zoom: { ...panel.model.zoom, is: 'configured' } };
    panel.tell(came(), typed('I count'), left, refused(null, 'no-token', 401));
    panel.tell(entered({ ...rep, session: 's2' }));
    expect([panel.commands.length, panel.model.waiting, panel.model.drafts]).toEqual([1, [], {}]);
  });

  test('and would not be taken stays in the field, says so, and is sent again when the field is left', () => {
    const panel = new APanel().tell(came(), typed('I count'), left, refused(null, 'bad-request', 400));
    panel.tell(came({ ...rep, revision: 2 }));
    const { model } = panel;
    expect([shownText(model, 'commitment'), saveState(model, 'commitment')]).toEqual(['I count', 'refused']);
    expect(panel.tell(left).commands.map(({ id }) => id)).toEqual(['x-1', 'x-2']);
    expect(saveState(panel.model, 'commitment')).toBe('saving');
  });

  test('leaves with the page from every field, past what is still on its way, each under its id', () => {
    const notes = (text: string): Fact => ({ kind: 'Typed', field: 'notes', text });
    const panel = new APanel().tell(came(), { kind: 'Asked', command: { do: 'pause' } });
    panel.tell(notes('A'), { kind: 'FieldLeft', field: 'notes' }, notes('A, B'), typed('I count'));
    panel.tell({ kind: 'PageLeft' });
    expect(panel.commands.map(({ id, body }) => [id, body.command])).toEqual([
      ['x-1', { do: 'pause' }],
      ['x-3', { do: 'prepare', notes: 'A, B' }],
      ['x-4', { do: 'commit', text: 'I count' }],
    ]);
    panel.tell({ kind: 'Answered', view: rep, at: 0 }, { kind: 'Answered', view: rep, at: 0 });
    expect(panel.commands.slice(3).map(({ id }) => id)).toEqual(['x-2', 'x-3']);
  });
});

describe('what is pressed', () => {
  const next: Fact = { kind: 'Asked', command: { do: 'next' } };

  test('names the revision that its sender saw', () => {
    expect(new APanel().tell(came(), next).commands[0]!.body).toMatchObject({ expected: 1 });
  });

  test('is said again where only words came between', () => {
    const panel = new APanel().tell(came(), next, refused({ ...rep, revision: 5 }));
    expect(panel.commands.map(({ id, body }) => [id, body.expected])).toEqual([
      ['x-1', 1],
      ['x-1-1', 5],
    ]);
  });

  test('is let go, without an error, where the other one has pressed the same', () => {
    const moved = { ...rep, revision: 5, timer: { is: 'paused', since: 0 } as const };
    const panel = new APanel().tell(came(), next, refused(moved));
    expect([panel.commands.length, panel.model.failure]).toEqual([1, null]);
  });

  test('tells why it cannot be, in the service’s own words', () => {
    expect(new APanel().tell(came(), next, refused(null)).model.failure).toBe('It has moved on.');
  });

  test('goes again as the same request, whatever was learnt meanwhile', () => {
    const panel = new APanel().tell(came(), next, { kind: 'Unreached' }, came({ ...rep, revision: 2 }));
    panel.tell({ kind: 'ResendDue' });
    expect(panel.commands.map(({ id, body }) => [id, body.expected])).toEqual([
      ['x-1', 1],
      ['x-1', 1],
    ]);
  });

  test('is asked for again while its first sending is still at work, without a word', () => {
    const panel = new APanel().tell(came(), next, refused(null, 'still-running'), { kind: 'ResendDue' });
    expect(panel.commands.map(({ id }) => id)).toEqual(['x-1', 'x-1']);
    expect(panel.model.failure).toBeNull();
  });

  test('whose answer is lost was done: the panel looks, and goes on', () => {
    const panel = new APanel().tell(came(), next, refused(null, 'answer-lost'));
    expect([panel.model.waiting, panel.model.failure]).toEqual([[], null]);
    expect(panel.effects.map((effect) => effect.do)).toContain('poll');
  });

  test('waits for the one before it', () => {
    const panel = new APanel().tell(came(), next, { kind: 'Asked', command: { do: 'pause' } });
    expect(panel.commands).toHaveLength(1);
    panel.tell({ kind: 'Answered', view: { ...rep, revision: 2 }, at: 0 });
    expect(panel.commands[1]!.body).toMatchObject({ expected: 2, command: { do: 'pause' } });
  });
});

test('a word that was overtaken on its way changes nothing', () => {
  const { model } = new APanel().tell(
    came({ ...rep, revision: 7 }),
    came({ ...rep, revision: 6, current: 0 }),
  );
  expect(model.view).toMatchObject({ revision: 7, current: 4 });
});

test('a token that ran out in a browser asks for a new link; inside Zoom, Zoom is asked again', () => {
  const expired: Fact = {
    kind: 'PollFailed',
    failure: { type: '/problems/no-token', title: '', status: 401, detail: '' },
  };
  expect(new APanel().tell(came(), expired).model.entry.is).toBe('failed');
  const inZoom = new APanel();
  inZoom.model = { ...inZoom.model, zoom: { ...inZoom.model.zoom, is: 'configured' } };
  expect(inZoom.tell(came(), expired).effects).toContainEqual({ do: 'configure' });
});

test('whoever came in anew listens once: what becomes of the earlier stream is no longer theirs', () => {
  const panel = new APanel().tell(came(), { kind: 'StreamOpened', token: 't' });
  panel.tell({ kind: 'StreamBroke', token: 'earlier' }, { kind: 'StreamWanted', token: 'earlier' });
  expect(panel.model.line).toBe('live');
  panel.tell({ kind: 'StreamBroke', token: 't' }, { kind: 'StreamWanted', token: 't' });
  expect(panel.effects.filter((effect) => effect.do === 'listen')).toHaveLength(1);
});

describe('a personal link', () => {
  const arrived: Fact = {
    kind: 'Opened',
    at: 0,
    link: 'secret',
    context: null,
    kept: null,
    zoom: false,
    seed: 'x',
  };
  const failed = (status: number | null): Fact => ({
    kind: 'EntryFailed',
    failure: status === null ? null : { type: '/problems/x', title: '', status, detail: '' },
  });
  const arriving = (): APanel => {
    const panel = new APanel();
    panel.model = FIRST;
    return panel.tell(arrived);
  };
  const entries = ({ effects }: APanel) => effects.filter((effect) => effect.do === 'enter').length;

  test.each([null, 500])('that was not answered (%s) is sent again, and stays for a reload', (status) => {
    const panel = arriving().tell(failed(status));
    expect([entries(panel), panel.effects.length]).toEqual([1, 1]);
    expect(entries(panel.tell({ kind: 'RetryAsked' }))).toBe(2);
    expect(panel.model.entry.is).toBe('opening');
  });

  test('that was refused is forgotten, and another one is asked for', () => {
    const panel = arriving().tell(failed(410));
    expect(panel.effects).toContainEqual({ do: 'forget link' });
    expect(entries(panel.tell({ kind: 'RetryAsked' }))).toBe(1);
    expect(panel.model.entry.is).toBe('nobody');
  });
});
